import type { LogAppend } from '../../src/backend.ts';
import type { LogRecord } from '../../src/log-record.ts';
import { type Position, ZERO } from '../../src/position.ts';
import type { TagState } from '../../src/tag-states.ts';
import type { Entry, Stamp } from '../../src/types.ts';
import type { WriteMark } from '../../src/write-marks.ts';
import type { Rules } from './rules.ts';

/** The tag of the one value, and a tag that is nobody's: its records only make the log move. */
export const TAG = 't';
export const OTHER_TAG = 'u';
export const TAGS = [TAG, OTHER_TAG];

/** Durations in ticks of the model's clock. */
export const MAX_UNSYNCED = 1;
export const LEASE = 1;
export const STALE_FOR = 1;
export const NEVER = -1_000;

/** What the model remembers of a record so as to judge what is served later. The protocol does not see it. */
export interface Past {
  /** Null: no process can know of it from this server's log. */
  readonly position: Position | null;
  readonly tick: number;
  /** Values of an earlier version than this are invalidated; 0: none. */
  readonly version: number;
  /** Of a write that may be committed yet. */
  readonly token?: string;
  /** Until then an older value may be served as stale. */
  readonly staleUntil: number;
}

export interface Server {
  runId: string;
  up: boolean;
  /** Empty while there is no `meta`. */
  epochField: string;
  head: Position;
  floor: Position;
  tags: Record<string, TagState>;
  marks: WriteMark[];
  log: LogRecord[];
  /** The string beside the entries. */
  headKey: { readonly epochField: string; readonly head: Position } | null;
  entry: Entry | null;
  past: Past[];
}

export interface View {
  epoch: string | null;
  cursor: Position;
  floor: Position;
  tags: Record<string, TagState>;
  marks: WriteMark[];
}

/** A connection: to which server, and whether it was seen to be the one that the view follows. */
export interface Link {
  server: number | null;
  verified: boolean;
}

export interface Reload {
  readonly before: { readonly epoch: string; readonly head: Position; readonly floor: Position };
  readonly todo: readonly ('tags' | 'marks')[];
  readonly tokens: readonly string[];
  /** The version that is demanded of the process when this is over. */
  readonly demanded: number;
  readonly verifying: boolean;
  /** The request that found the gap was sent then; null: nothing waits for proof. */
  readonly sentAt: number | null;
  /** The frame of a read that waits for the reload. */
  readonly frame?: Entry | null;
}

export interface Computation {
  readonly stamp: Stamp;
  readonly beganMs: number;
  /** What it read from the database. */
  readonly version: number;
  /** A second caller that waits for the result. */
  readonly caller: { readonly stamp: Stamp; readonly due: number } | null;
}

export interface Letter {
  readonly what: Extract<LogAppend, { mode: 'expire' | 'stale' | 'commit' }>;
  readonly tag: string;
  /** What it demands of this process; 0: nothing. */
  readonly version: number;
}

export interface Write {
  readonly token: string;
  readonly recorded: boolean;
  readonly held: boolean;
  /** Null until the database has committed. */
  readonly version: number | null;
}

export interface Process {
  alive: boolean;
  data: Link;
  log: Link;
  /** The server whose log the view was last made from. */
  followed: number;
  epochField: string;
  view: View;
  statesLoaded: boolean;
  syncedAt: number;
  beatAt: number;
  reload: Reload | null;
  l1: Entry | null;
  computation: Computation | null;
  outbox: Letter[];
  recent: Letter[];
  write: Write | null;
  lives: number;
  inherited: string[];
  /** What this process must not serve anything older than: the model's judgement, not the protocol's. */
  due: number;
  /** Of that, what its own writes demand: its successor owes it too. */
  ownDue: number;
}

export interface World {
  now: number;
  /** The version of the value that the database has committed. */
  database: number;
  servers: Server[];
  /** Where new connections lead. */
  master: number;
  snapshot: Server | null;
  processes: Process[];
  /** The spool: one line an invalidation. */
  disk: { readonly file: string; readonly tag: string }[];
  /** SET commands that timed out and have not run yet. */
  lateSets: { readonly server: number; readonly frame: Entry }[];
  /** Writes of processes that are gone, whose COMMIT the database may still execute. */
  orphans: string[];
  names: number;
  /** How often each kind of step may still happen. */
  budget: Partial<Record<Kind, number>>;
  violation: string | null;
}

/** Steps that a scenario allows, and how often. All others happen whenever they can. */
export type Kind =
  | 'invalidate'
  | 'invalidate-stale'
  | 'invalidate-other'
  | 'lost-reply'
  | 'compute'
  | 'second-caller'
  | 'late-set'
  | 'evict-entry'
  | 'evict-log'
  | 'flush'
  | 'trim'
  | 'snapshot'
  | 'restore'
  | 'failover'
  | 'cut'
  | 'cut-both'
  | 'hang'
  | 'crash'
  | 'write'
  | 'abort'
  | 'tick';

export interface Settings {
  readonly processes: number;
  readonly budget: Partial<Record<Kind, number>>;
  /** Who may do what, by process number from 0. Default: everybody. Breaks symmetries. */
  readonly by?: Partial<Record<Kind, readonly number[]>>;
  /** Tag states that Redis keeps. Default 9: all. */
  readonly maxTagStates?: number;
  /** Reading the states anew takes several steps, others may come between. Default: one. */
  readonly slowReload?: boolean;
  /** Who crashes does not start again. Default: it may. */
  readonly forGood?: boolean;
  /** After a failover the old master lives on for those that are connected to it. Default: it is gone. */
  readonly split?: boolean;
}

/** A world that a step may change, with what governs it. */
export interface Model {
  readonly world: World;
  readonly rules: Rules;
  readonly settings: Settings;
}

export function newServer(): Server {
  return {
    runId: 'r0',
    up: true,
    epochField: 'e0',
    head: ZERO,
    floor: ZERO,
    tags: {},
    marks: [],
    log: [],
    headKey: { epochField: 'e0', head: ZERO },
    entry: null,
    past: [],
  };
}

/** A process as it starts: connected to nothing, knowing nothing. */
export function newProcess(lives: number, ownDue: number): Process {
  return {
    alive: true,
    data: { server: null, verified: false },
    log: { server: null, verified: false },
    followed: 0,
    epochField: '',
    view: { epoch: null, cursor: ZERO, floor: ZERO, tags: {}, marks: [] },
    statesLoaded: false,
    syncedAt: NEVER,
    beatAt: NEVER,
    reload: null,
    l1: null,
    computation: null,
    outbox: [],
    recent: [],
    write: null,
    lives,
    inherited: [],
    due: ownDue,
    ownDue,
  };
}
