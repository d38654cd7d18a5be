import { setTimeout as sleep } from 'node:timers/promises';
import type { BackendHost } from '../backend.ts';
import type { LogView } from '../log-view.ts';
import { formatPosition } from '../position.ts';
import { inRootContext } from '../root-context.ts';
import type { RedisClock } from './clock.ts';
import type { RedisConnections } from './connection.ts';
import type { RedisKeys } from './keys.ts';
import type { LogReader } from './log-reader.ts';
import { parseNote, parseStreams } from './replies.ts';

export interface FollowerParts {
  readonly connections: RedisConnections;
  readonly keys: RedisKeys;
  readonly view: LogView;
  readonly clock: RedisClock;
  readonly reader: LogReader;
  readonly deadlineMs: number;
}

export interface Follower {
  start(host: BackendHost): void;
  /** Looks after the connections now instead of at the next turn of the loop. */
  wake(): void;
  close(): void;
}

/** How long one read of the log blocks: the longest that proof of being in sync may lag behind, plus one trip. */
const BLOCK_MS = 250;
const HEARTBEAT_MS = 500;
const RETRY_MS = 100;
/** Records that follow each other as closely as this are a burst: the next ones are fetched together, this much later. */
const BURST_MS = 1;
const MAX_RECORDS = 1_000;

/** The loop that follows the log: one blocking read after the other, a heartbeat between them. */
export function createFollower(parts: FollowerParts): Follower {
  const { connections, keys, view, clock, reader } = parts;
  let closed = false;
  let lastNote = '0-0';
  let heartbeatMs = Number.NEGATIVE_INFINITY;
  let lastRecordsMs = Number.NEGATIVE_INFINITY;
  let failing = false;
  let interrupt = new AbortController();
  const unsubscribers: (() => void)[] = [];

  async function run(host: BackendHost) {
    while (!closed) {
      try {
        if (!reader.verified()) await join();
        await readLog(host);
        if (performance.now() - heartbeatMs >= HEARTBEAT_MS) await beat();
        failing = false;
      } catch (error) {
        if (!failing && !closed) host.onError('follow', error);
        failing = true;
        await pause(RETRY_MS);
      }
    }
  }

  async function join() {
    await reader.verify();
    lastNote = `${Math.floor(clock.nowMs())}-0`;
    heartbeatMs = performance.now();
  }

  async function readLog(host: BackendHost) {
    const sentMs = performance.now();
    const from = [formatPosition(view.cursor), lastNote];
    const args = ['COUNT', MAX_RECORDS, 'BLOCK', BLOCK_MS, 'STREAMS', keys.log, keys.notes, ...from];
    const reply = await connections.log.command('XREAD', args, {
      timeoutMs: BLOCK_MS + parts.deadlineMs,
      ignoreBreaker: true,
    });
    const streams = parseStreams(reply);
    const entries = streams.get(keys.log) ?? [];
    const allRead = await reader.follow(entries);
    for (const note of (streams.get(keys.notes) ?? []).map(parseNote)) {
      lastNote = note.id;
      host.onOverwritten(note.entryId);
    }
    // Foreign entries come again until a record has passed them: not without a pause, and not on their word.
    if (!allRead) {
      await beat();
      throw Object.assign(new Error('The log has entries that are no records.'), { code: 'ERR_CACHE_LOG' });
    }
    // An empty answer says that nothing came until the blocking time was over.
    if (streams.size === 0) reader.proveSync(sentMs + BLOCK_MS);
    else if (entries.length < MAX_RECORDS) reader.proveSync(sentMs);
    if (entries.length > 0) await gather();
  }

  /** In a burst every process would otherwise ask once a record, and do little else. */
  async function gather() {
    const nowMs = performance.now();
    const isBurst = nowMs - lastRecordsMs <= 2 * BURST_MS;
    lastRecordsMs = nowMs;
    if (isBurst) await pause(BURST_MS);
  }

  async function beat() {
    heartbeatMs = performance.now();
    await reader.heed(await reader.probe(connections.log), heartbeatMs);
  }

  async function pause(ms: number) {
    interrupt = new AbortController();
    await sleep(ms, undefined, { signal: interrupt.signal, ref: false }).catch(() => {});
  }

  const wake = () => interrupt.abort();

  return {
    start(host) {
      inRootContext(() => {
        unsubscribers.push(connections.data.onReady(wake), connections.log.onReady(wake));
        void run(host);
      });
    },
    wake,
    close() {
      closed = true;
      wake();
      for (const unsubscribe of unsubscribers) unsubscribe();
    },
  };
}
