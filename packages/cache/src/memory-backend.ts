import cluster from 'node:cluster';
import { randomBytes } from 'node:crypto';
import { type Backend, type BackendHost, msOf } from './backend.ts';
import { effectOf } from './log-record.ts';
import { createLogView } from './log-view.ts';
import { type Position, positionAt } from './position.ts';
import { markStale, UNTOUCHED } from './tag-states.ts';

export interface MemoryBackendOptions {
  /** How many tags' invalidations are remembered before the older half is dropped. Default 50,000. */
  readonly maxTagStates?: number;
  readonly nowMs?: () => number;
  /** Takes the warning that several processes would not hear each other. Default: `process.emitWarning`. */
  readonly warn?: (message: string) => void;
}

const ALONE =
  'The in-memory cache serves one process, but this one is a worker of a cluster: ' +
  'its workers will not hear of each other’s invalidations and will serve outdated values. Set REDIS_URL.';

/** The engine without Redis, for one process: L1 is the store, the log a counter. */
export function memoryBackend(options: MemoryBackendOptions = {}): Backend {
  const { maxTagStates = 50_000, nowMs = Date.now, warn = (text) => process.emitWarning(text) } = options;
  const view = createLogView();
  let host: BackendHost | null = null;

  function begin() {
    view.reset(randomBytes(16).toString('hex'), positionAt(nowMs()), 0n);
  }
  begin();

  const stateOf = (tag: string) => view.tags.get(tag) ?? UNTOUCHED;

  /** Above the last position even when the clock stepped back. */
  function nextPosition(): Position {
    const now = positionAt(nowMs());
    return now > view.cursor ? now : view.cursor + 1n;
  }

  return {
    view,
    shared: false,
    start(to) {
      host = to;
      if (cluster.isWorker) warn(ALONE);
    },
    synced: () => true,
    sync: async () => true,
    read: async () => ({ ok: true, frame: null }),
    write: async () => 'stored',
    async append(tags, what) {
      const due = what.mode === 'reap' ? view.marks.overdue(nowMs()) : [];
      const reaped = due.find((mark) => 'token' in what && mark.token === what.token);
      if (what.mode === 'reap' && reaped === undefined) return view.cursor;
      const position = nextPosition();
      view.adopt({
        position,
        previous: view.cursor,
        floor: view.tags.floor,
        ...effectOf(
          what,
          position,
          reaped?.tags ?? tags,
          (tag) => markStale(stateOf(tag), position, nowMs(), msOf(what)),
          nowMs() + msOf(what),
        ),
      });
      view.tags.trim(maxTagStates);
      return position;
    },
    async renew(token, leaseMs) {
      const known = view.marks.has(token);
      view.marks.extend(token, nowMs() + leaseMs);
      return known;
    },
    async startNewEpoch() {
      begin();
      host?.onEpoch(view.epoch ?? '');
    },
    acquire: async () => ({ release: async () => {} }),
    nowMs,
    close: async () => {},
  };
}
