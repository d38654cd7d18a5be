import type { Backend, Over } from './backend.ts';
import { codeOf } from './errors.ts';
import type { CacheEvent } from './events.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import { judge, type Knowledge, type Verdict } from './freshness.ts';
import { uniqueTags } from './keys.ts';
import { isLater, type L1 } from './l1.ts';
import type { Reason, Tier } from './reasons.ts';
import type { Entry, Lookup, SetOptions, SetResult } from './types.ts';

/** Redis keeps nothing longer, also what never needs revalidation: tag states must not be needed for ever. */
export const MAX_KEEP_MS = 30 * 24 * 3_600_000;

/** What makes an entry unusable because of its tags, or of those of the read. */
export const TAG_REASONS: ReadonlySet<Reason> = new Set(['expired-tag', 'being-written']);

export interface StoreOptions {
  readonly backend: Backend;
  readonly l1: L1;
  readonly isPending: (tag: string) => boolean;
  readonly defaultTtlMs: number;
  readonly maxEntryBytes: number;
  /** A lookup or a value to be stored met a write's mark: its writer may be gone. */
  readonly onBeingWritten: () => void;
  readonly emit: (event: CacheEvent) => void;
}

/** Entries in two tiers: which copy answers a read, and what may be written. */
export interface Store {
  /** What this process's own copy answers without asking anybody. Null: Redis has to be asked. */
  getLocal(id: string, softTags: readonly string[]): Lookup | null;
  get(id: string, softTags: readonly string[]): Promise<Lookup>;
  /** The entry as it is judged and kept here, at once, and whether Redis took it, later. */
  set(
    id: string,
    payload: Buffer,
    options: SetOptions,
    over?: Over,
  ): { entry: Entry; result: Promise<SetResult> };
  readonly knowledge: Knowledge;
}

export function createStore(options: StoreOptions): Store {
  const { backend, l1, emit } = options;
  const { view } = backend;
  const knowledge: Knowledge = {
    get epoch() {
      return view.epoch;
    },
    tags: view.tags,
    marks: view.marks,
    isPending: options.isPending,
    get nowMs() {
      return backend.nowMs();
    },
  };

  function found(entry: Entry, verdict: Verdict, tier: Tier): Lookup {
    return { entry, stale: verdict.stale, tier, reason: verdict.reason, stamp: view.stamp() };
  }

  function missed(reason: Reason): Lookup {
    if (reason === 'being-written') options.onBeingWritten();
    return { entry: null, stale: false, tier: 'origin', reason, stamp: view.stamp() };
  }

  function settle(id: string, local: Entry | undefined, softTags: readonly string[]): Lookup | null {
    if (local === undefined) return null;
    const verdict = judge(local, softTags, knowledge);
    const settled = verdict.usable && (!verdict.stale || !backend.shared);
    if (settled && backend.synced()) return found(local, verdict, 'l1');
    // A tag may be the read's own, and says nothing about the next read; anything else is for ever.
    if (!verdict.usable && !TAG_REASONS.has(verdict.reason)) l1.delete(id);
    return null;
  }

  async function get(id: string, softTags: readonly string[]): Promise<Lookup> {
    const local = l1.get(id);
    const settled = settle(id, local, softTags);
    if (settled !== null) return settled;
    const read = await backend.read(id);
    if (!read.ok) return readFailed(id, softTags, read.reason);
    if (read.frame === null) return absent(local, softTags);
    return judgeFrame(id, read.frame, softTags);
  }

  /** A stale local copy is better than none, as long as this process can vouch for it. */
  function readFailed(id: string, softTags: readonly string[], reason: Reason): Lookup {
    const local = l1.get(id);
    if (local === undefined || !backend.synced()) return missed(reason);
    const verdict = judge(local, softTags, knowledge);
    return verdict.usable ? found(local, verdict, 'l1') : missed(verdict.reason);
  }

  function absent(local: Entry | undefined, softTags: readonly string[]): Lookup {
    if (local === undefined) return missed('absent');
    // Evicted from Redis, or there is none. A local copy that is usable stays so: the log decides, not a key's presence.
    const verdict = judge(local, softTags, knowledge);
    return verdict.usable ? found(local, verdict, 'l1') : missed(verdict.reason);
  }

  function judgeFrame(id: string, frame: Buffer, softTags: readonly string[]): Lookup {
    const entry = decodeFrame(frame);
    if (entry === null) return missed('undecodable');
    // A copy whose write to Redis is still under way may be the later one.
    const local = l1.get(id);
    const best = local !== undefined && isLater(local, entry) ? local : entry;
    const verdict = judge(best, softTags, knowledge);
    if (!verdict.usable) return missed(verdict.reason);
    return best === entry ? found(l1.put(id, entry), verdict, 'l2') : found(best, verdict, 'l1');
  }

  function makeEntry(payload: Buffer, set: SetOptions): Entry {
    const nowMs = backend.nowMs();
    // Nothing began in the future: the local clock was set back meanwhile.
    const toRedisMs = (localMs = Date.now()) => clamp(nowMs - (Date.now() - localMs), 0, nowMs);
    const freshForMs = clampMs(set.freshForMs ?? options.defaultTtlMs);
    return {
      stamp: set.stamp,
      beganMs: toRedisMs(set.beganAtMs),
      createdMs: toRedisMs(set.createdAtMs),
      freshForMs,
      keepForMs: Math.max(freshForMs, clampMs(set.keepForMs ?? freshForMs)),
      tags: uniqueTags(set.tags ?? []),
      payload,
    };
  }

  function set(id: string, payload: Buffer, setOptions: SetOptions, over: Over = 'older') {
    const entry = makeEntry(payload, setOptions);
    return { entry, result: storeEntry(id, entry, setOptions.onlyIfAbsent ? 'nothing' : over) };
  }

  async function storeEntry(id: string, entry: Entry, over: Over): Promise<SetResult> {
    const onlyIfAbsent = over === 'nothing';
    const verdict = judge(entry, [], knowledge);
    if (verdict.reason === 'being-written') options.onBeingWritten();
    if (!verdict.usable) return refused(verdict.reason);
    const frame = backend.shared ? tryEncode(entry) : entry.payload;
    if (frame === null || frame.length > options.maxEntryBytes) return refused('too-large');
    if (onlyIfAbsent && l1.get(id) !== undefined) return refused('present');
    if (!onlyIfAbsent) l1.put(id, entry);
    const ttlMs = entry.createdMs + entry.keepForMs - backend.nowMs();
    const written = await backend.write(id, frame, Math.max(1, Math.ceil(ttlMs)), over);
    if (written === 'present') l1.delete(id);
    if (written !== 'stored') return refused(written);
    if (onlyIfAbsent) l1.put(id, entry);
    return { stored: true };
  }

  function tryEncode(entry: Entry): Buffer | null {
    try {
      return encodeFrame(entry);
    } catch (error) {
      emit({ type: 'error', operation: 'encode', code: codeOf(error) });
      return null;
    }
  }

  return { getLocal: (id, softTags) => settle(id, l1.get(id), softTags), get, set, knowledge };
}

const refused = (reason: Exclude<SetResult, { stored: true }>['reason']): SetResult => ({
  stored: false,
  reason,
});

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
const clampMs = (ms: number) => (ms > 0 ? Math.min(ms, MAX_KEEP_MS) : 0);
