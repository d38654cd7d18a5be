import { createHash, randomUUID } from 'node:crypto';
import type { BackendHost, LogAppend } from '../backend.ts';
import type { LogRecord } from '../log-record.ts';
import type { LogView } from '../log-view.ts';
import { formatPosition, type Position, positionMs } from '../position.ts';
import type { RedisClock } from './clock.ts';
import type { CommandOptions, RedisConnection, RedisConnections, RedisReply } from './connection.ts';
import { MARK_FIELD, type RedisKeys, TAG_FIELD } from './keys.ts';
import {
  type Head,
  type Probe,
  parseEntries,
  parseMark,
  parseProbe,
  parseScan,
  parseTagState,
  tryParseRecord,
} from './replies.ts';
import { APPEND, PROBE } from './scripts.ts';

export type AppendMode = LogAppend['mode'] | 'ensure' | 'epoch' | 'renew';

export interface LogLimits {
  readonly maxTagStates: number;
  readonly maxRecords: number;
  readonly minRecordAgeMs: number;
}

export interface LogReaderParts {
  readonly connections: RedisConnections;
  readonly keys: RedisKeys;
  readonly view: LogView;
  readonly clock: RedisClock;
  readonly limits: LogLimits;
  readonly maxUnsyncedMs: number;
}

/**
 * Keeps the view true: which server and epoch it follows, whether it has proof of having read the whole log,
 * and how it catches up. The follower drives it with blocking reads, the backend with what its reads see.
 */
export interface LogReader {
  attach(host: BackendHost): void;
  /** Both connections were seen to reach the server and epoch that the view follows, neither reconnected since, and its states are loaded. */
  verified(): boolean;
  synced(): boolean;
  /** Finds out anew which server and epoch to follow. Shared by concurrent callers. */
  verify(): Promise<void>;
  /** The log was seen up to its head, by a request sent then (`performance.now()`). */
  proveSync(sentMs: number): void;
  /**
   * Applies entries of the log in order; on a gap reads the states anew. What is no record is passed over: if it should
   * have been one, the next record shows the gap. False when there was such an entry.
   */
  follow(entries: readonly RedisReply[]): Promise<boolean>;
  /** Compares a head that was just read with the cursor, and catches up. False: another epoch, or out of reach. */
  reach(head: Head | null, sentMs: number): Promise<boolean>;
  probe(connection: RedisConnection): Promise<Probe>;
  /** Acts on a probe through the log connection. */
  heed(probe: Probe, sentMs: number): Promise<void>;
  /** Runs the append script. Rejects when it may not have run. */
  append(mode: AppendMode, ms: number, token: string, tags: readonly string[]): Promise<RedisReply>;
  /** Whether what the data connection appends now, under this epoch field, is a record of the log that the view follows. */
  follows(epochField: string): boolean;
}

const CATCH_UP_RECORDS = 1_000;
const SCAN_FIELDS = 2_000;

/** A server that restarted may have lost the end of the log: its run id is part of what is followed. */
function effectiveEpoch(probe: Probe): string {
  return createHash('sha256').update(`${probe.epochField}|${probe.runId}`).digest('hex').slice(0, 32);
}

export function createLogReader(parts: LogReaderParts): LogReader {
  const { connections, keys, view, clock, limits } = parts;
  let host: BackendHost | null = null;
  let epochField = '';
  let verifiedData = 0;
  let verifiedLog = 0;
  let syncedMs = Number.NEGATIVE_INFINITY;
  let statesLoaded = false;
  /** A read found another head key than this epoch's. */
  let headDoubted = false;
  const verify = shareRuns(verifyOnce);
  const reload = shareRuns(reloadOnce);

  const verified = () =>
    statesLoaded &&
    verifiedLog > 0 &&
    verifiedData === connections.data.generation &&
    verifiedLog === connections.log.generation;

  function append(mode: AppendMode, ms: number, token: string, tags: readonly string[]) {
    const logKeys = [keys.meta, keys.log, keys.head, keys.nothing];
    const epoch = randomUUID().replaceAll('-', '');
    const { maxTagStates, maxRecords, minRecordAgeMs } = limits;
    const args = [mode, ms, epoch, maxTagStates, maxRecords, minRecordAgeMs, token, ...tags];
    return connections.data.script(APPEND, logKeys, args, { ignoreBreaker: true });
  }

  async function probe(connection: RedisConnection): Promise<Probe> {
    const sentMs = performance.now();
    const reply = parseProbe(await connection.script(PROBE, [keys.meta], [], { ignoreBreaker: true }));
    clock.sample(reply.redisMs, sentMs, performance.now());
    return reply;
  }

  async function verifyOnce() {
    const generations = [connections.data.generation, connections.log.generation] as const;
    let [viaData, viaLog] = await Promise.all([probe(connections.data), probe(connections.log)]);
    // Evicted or overwritten while the epoch is the same: without it every read would be a miss.
    const headLost = headDoubted && viaData.epochField === epochField;
    if (viaData.epochField === '' || headLost) {
      await append('ensure', 0, '', []);
      [viaData, viaLog] = await Promise.all([probe(connections.data), probe(connections.log)]);
    }
    if (viaData.runId !== viaLog.runId || viaData.epochField !== viaLog.epochField) {
      throw Object.assign(new Error('The two connections lead to different servers.'), {
        code: 'ERR_CACHE_SPLIT',
      });
    }
    if (effectiveEpoch(viaLog) !== view.epoch) await adopt(viaLog);
    else if (!statesLoaded) await reload();
    headDoubted = false;
    [verifiedData, verifiedLog] = generations;
    host?.onWritable();
  }

  /** Another epoch: nothing known from before holds. */
  async function adopt(found: Probe) {
    statesLoaded = false;
    syncedMs = Number.NEGATIVE_INFINITY;
    epochField = found.epochField;
    const epoch = effectiveEpoch(found);
    view.reset(epoch, found.head, found.floor);
    host?.onEpoch(epoch);
    await reload();
  }

  /** Position first, then the states: what is appended meanwhile is read again from the log. */
  async function reloadOnce() {
    const startedMs = performance.now();
    statesLoaded = false;
    for (let isWhole = false; !isWhole; ) {
      const before = await probe(connections.data);
      const tokens = await joinAllStates();
      const after = await probe(connections.data);
      if (effectiveEpoch(before) !== view.epoch || effectiveEpoch(after) !== view.epoch) return;
      view.tags.raiseFloor(before.floor);
      view.marks.keepOnly(tokens, before.head);
      view.resumeAt(before.head);
      // Of a write that ended meanwhile neither the mark nor what ended it need be among the states.
      isWhole = await readUpTo(after.head, { ignoreBreaker: true });
    }
    statesLoaded = true;
    host?.onReload(performance.now() - startedMs);
  }

  /** Joins every tag's state and every write's mark; resolves to the tokens of the marks. */
  async function joinAllStates(): Promise<Set<string>> {
    const tokens = new Set<string>();
    let cursor = '0';
    do {
      const reply = await connections.data.command('HSCAN', [keys.meta, cursor, 'COUNT', SCAN_FIELDS], {
        ignoreBreaker: true,
      });
      const { next, fields } = parseScan(reply);
      for (const [name, value] of fields) {
        if (name.startsWith(TAG_FIELD)) {
          view.tags.join(name.slice(TAG_FIELD.length), parseTagState(value));
        } else if (name.startsWith(MARK_FIELD)) {
          const mark = parseMark(name.slice(MARK_FIELD.length), value);
          view.marks.begin(mark);
          tokens.add(mark.token);
        }
      }
      cursor = next;
    } while (cursor !== '0');
    return tokens;
  }

  async function follow(entries: readonly RedisReply[]): Promise<boolean> {
    const records = recordsOf(entries);
    if (!apply(records)) await reload();
    return records.length === entries.length;
  }

  /** False at a gap. */
  function apply(records: readonly LogRecord[]): boolean {
    for (const record of records) {
      const outcome = view.follow(record);
      if (outcome === 'gap') return false;
      if (outcome === 'applied') host?.onApplied(record, clock.nowMs() - positionMs(record.position));
    }
    return true;
  }

  async function catchUp(head: Position) {
    // What is not in the log any more, only the states can tell.
    if (!(await readUpTo(head))) await reload();
  }

  /** False when records up to the head are gone. */
  async function readUpTo(head: Position, options?: CommandOptions): Promise<boolean> {
    while (view.cursor < head) {
      const from = `(${formatPosition(view.cursor)}`;
      const args = [keys.log, from, '+', 'COUNT', CATCH_UP_RECORDS];
      const reply = await connections.data.command('XRANGE', args, options);
      const before = view.cursor;
      if (!apply(recordsOf(parseEntries(reply))) || view.cursor === before) return false;
    }
    return true;
  }

  function proveSync(sentMs: number) {
    if (statesLoaded && sentMs > syncedMs) syncedMs = sentMs;
  }

  async function reach(head: Head | null, sentMs: number) {
    if (head === null || head.epochField !== epochField) {
      headDoubted = true;
      verifiedData = 0;
      return false;
    }
    if (!verified()) return false;
    if (view.cursor < head.head) await catchUp(head.head);
    if (!verified()) return false;
    proveSync(sentMs);
    return true;
  }

  async function heed(found: Probe, sentMs: number) {
    if (effectiveEpoch(found) !== view.epoch) {
      verifiedLog = 0;
      return;
    }
    if (view.cursor < found.head) await catchUp(found.head);
    proveSync(sentMs);
  }

  return {
    attach(to) {
      host = to;
    },
    verified,
    synced: () => verified() && performance.now() - syncedMs <= parts.maxUnsyncedMs,
    verify,
    proveSync,
    follow,
    reach,
    probe,
    heed,
    append,
    follows: (field) =>
      field === epochField && verifiedData > 0 && verifiedData === connections.data.generation,
  };
}

const recordsOf = (entries: readonly RedisReply[]) =>
  entries.map(tryParseRecord).filter((record) => record !== null);

/** Concurrent callers share one run. */
function shareRuns(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };
}
