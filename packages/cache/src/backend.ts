import type { LogRecord } from './log-record.ts';
import type { LogView } from './log-view.ts';
import type { Position } from './position.ts';
import type { Reason } from './reasons.ts';

export type InvalidationMode =
  | { readonly mode: 'expire' }
  | { readonly mode: 'stale'; readonly expireAfterMs: number }
  /** The database write with this token is committed: lifts its mark and expires the tags. */
  | { readonly mode: 'commit'; readonly token: string };

/** What can be appended to the log. */
export type LogAppend =
  | InvalidationMode
  /** A database write is about to commit: its tags are neither served nor stored until it ends. */
  | { readonly mode: 'begin'; readonly token: string; readonly leaseMs: number }
  /** It was rolled back: lifts the mark; nothing has changed. */
  | { readonly mode: 'abort'; readonly token: string }
  /** Its writer is gone: as `commit`, if Redis finds that the lease is over. The tags come from the mark. */
  | { readonly mode: 'reap'; readonly token: string };

/** The duration that goes with an append: until a stale tag expires, or of a write's lease. */
export function msOf(what: LogAppend): number {
  if (what.mode === 'stale') return what.expireAfterMs;
  return what.mode === 'begin' ? what.leaseMs : 0;
}

/** What the engine gives a backend to report to. */
export interface BackendHost {
  /** The process now follows another epoch: nothing kept from before may be used. */
  onEpoch(epoch: string): void;
  /** A record of another process took effect here. */
  onApplied(record: LogRecord, lagMs: number): void;
  /** Another process replaced an entry that may still look fresh here. */
  onOverwritten(id: string): void;
  /** The tag states were read anew. */
  onReload(durationMs: number): void;
  /** Redis can be written to (again). */
  onWritable(): void;
  onError(operation: string, error: unknown): void;
}

export type BackendRead =
  /** The log was read at least up to the moment of this answer; `frame` is null for an absent key. */
  { readonly ok: true; readonly frame: Buffer | null } | { readonly ok: false; readonly reason: Reason };

/** `present`: something is there and `onlyIfAbsent` was asked for, or something later is. */
export type BackendWrite = 'stored' | 'present' | Extract<Reason, 'breaker-open' | 'deadline'>;

/** The right to compute one key, for a while, alone among all processes. */
export interface ComputeLease {
  release(): Promise<void>;
}

/**
 * What an entry is written over: what is `older`, or `nothing` of this epoch. `likely-nothing` is `older` where hardly
 * anything is expected to be there, which costs Redis less if so.
 */
export type Over = 'older' | 'nothing' | 'likely-nothing';

/** Where entries and the log live. The engine decides freshness; a backend moves bytes and follows the log. */
export interface Backend {
  readonly view: LogView;
  /** Entries outlive this process and are seen by others. */
  readonly shared: boolean;
  /** Starts following the log. Called once, by the engine's first use. */
  start(host: BackendHost): void;
  /** Whether this process has proof, not older than the bound, that it has read the whole log. */
  synced(): boolean;
  /** Catches up with the log now. False when that failed. */
  sync(): Promise<boolean>;
  read(id: string): Promise<BackendRead>;
  write(id: string, frame: Buffer, ttlMs: number, over: Over): Promise<BackendWrite>;
  /** Appends one record and adopts it. Rejects when it may not have been recorded. */
  append(tags: readonly string[], what: LogAppend): Promise<Position>;
  /** Prolongs a write's lease. False when its mark is gone. Rejects when Redis cannot say. */
  renew(token: string, leaseMs: number): Promise<boolean>;
  /** Makes every entry of every process unusable. Rejects when it may not have been recorded. */
  startNewEpoch(): Promise<void>;
  /** Null when another process computes this key. Rejects when Redis cannot say. */
  acquire(id: string, ttlMs: number): Promise<ComputeLease | null>;
  /** Redis's clock, ms since 1970. */
  nowMs(): number;
  close(): Promise<void>;
}
