import { randomUUID } from 'node:crypto';
import {
  type Backend,
  type BackendHost,
  type BackendRead,
  type BackendWrite,
  type LogAppend,
  msOf,
  type Over,
} from '../backend.ts';
import { cacheError, codeOf } from '../errors.ts';
import { decodeHeader } from '../frame.ts';
import { createLogView } from '../log-view.ts';
import type { Position } from '../position.ts';
import { createBatchedReads, type ReadTogether } from './batched-reads.ts';
import { createRedisClock } from './clock.ts';
import type { RedisConnections } from './connection.ts';
import { createFollower } from './follower.ts';
import { redisKeys } from './keys.ts';
import { createLogReader } from './log-reader.ts';
import { createHeadParser, type Head, parseAppend, parseEpochField, parseRenewal } from './replies.ts';
import { RELEASE, STORE } from './scripts.ts';

export interface RedisBackendOptions {
  readonly connections: RedisConnections;
  /** Begins every key. Default `tbi:`. */
  readonly keyPrefix?: string;
  /** How long the log connection may take beyond its blocking time. Default 500 ms. */
  readonly deadlineMs?: number;
  /** A hit counts only with proof, at most this old, of having read the whole log. Default 1,000 ms. */
  readonly maxUnsyncedMs?: number;
  /** Tag states kept in Redis and in every process. Default 50,000. */
  readonly maxTagStates?: number;
  /** Records kept in the log. Default 100,000. */
  readonly maxRecords?: number;
}

const MIN_RECORD_AGE_MS = 3_600_000;
const MAX_NOTES = 1_000;

/** Entries and the log in Redis, shared by every process that uses the same prefix. */
export function redisBackend(options: RedisBackendOptions): Backend {
  const { connections, keyPrefix = 'tbi:', deadlineMs = 500, maxUnsyncedMs = 1_000 } = options;
  const { data } = connections;
  const keys = redisKeys(keyPrefix);
  const view = createLogView();
  const clock = createRedisClock();
  const reader = createLogReader({
    connections,
    keys,
    view,
    clock,
    maxUnsyncedMs,
    limits: {
      maxTagStates: options.maxTagStates ?? 50_000,
      maxRecords: options.maxRecords ?? 100_000,
      minRecordAgeMs: MIN_RECORD_AGE_MS,
    },
  });
  const follower = createFollower({ connections, keys, view, clock, reader, deadlineMs });

  const parseHead = createHeadParser();
  const readTogether = createBatchedReads(data, keys.head);

  async function read(id: string): Promise<BackendRead> {
    try {
      const { value, beside, sentMs } = await (data.cluster ? readSpread(id) : readTogether(keys.entry(id)));
      if (!(await reader.reach(parseHead(beside), sentMs))) {
        follower.wake();
        return { ok: false, reason: 'unsynced' };
      }
      return { ok: true, frame: Buffer.isBuffer(value) ? value : null };
    } catch (error) {
      return { ok: false, reason: reasonOf(error) };
    }
  }

  /** In a Cluster the entry and the head live on different servers; the head is asked for at the same time. */
  async function readSpread(id: string): Promise<ReadTogether> {
    const sentMs = performance.now();
    const entry = data.command('GET', [keys.entry(id)]);
    const [value, beside] = await Promise.all([entry, data.command('GET', [keys.head])]);
    return { value, beside, sentMs };
  }

  async function write(id: string, frame: Buffer, ttlMs: number, over: Over): Promise<BackendWrite> {
    const key = keys.entry(id);
    try {
      // A script copies a frame several times, which holds up everybody else; that nothing is there needs none.
      const done =
        over === 'likely-nothing' && (await data.command('SET', [key, frame, 'PX', ttlMs, 'NX'])) !== null;
      if (done) return 'stored';
      const replaced = await data.script(STORE, [key], [frame, ttlMs, over === 'nothing' ? '1' : '0']);
      if (replaced === null) return 'present';
      if (Buffer.isBuffer(replaced) && looksFresh(replaced)) noteOverwritten(id);
      return 'stored';
    } catch (error) {
      return reasonOf(error);
    }
  }

  function looksFresh(header: Buffer): boolean {
    // The script returns the header without the tags that follow it; two bytes more make it decodable.
    const old = decodeHeader(Buffer.concat([header, Buffer.alloc(2)]));
    return old !== null && old.createdMs + old.freshForMs > clock.nowMs();
  }

  function noteOverwritten(id: string) {
    data.command('XADD', [keys.notes, 'MAXLEN', '~', MAX_NOTES, '*', 'k', id]).catch(() => {});
  }

  async function append(tags: readonly string[], what: LogAppend): Promise<Position> {
    const sentMs = performance.now();
    const token = 'token' in what ? what.token : '';
    const reply = await reader.append(what.mode, msOf(what), token, tags);
    const { epochField, head, record, deadlineMs } = parseAppend(reply, tags, what);
    if (record === null) {
      if (what.mode === 'reap') await notReaped(what.token, deadlineMs, { epochField, head }, sentMs);
      return view.cursor;
    }
    const isFollowed = reader.follows(epochField);
    if (isFollowed) view.adopt(record);
    // What this process computes from now on must be stamped after its own record. Not reaching it costs a miss.
    const isReached = await reachOwn({ epochField, head: record.position }, sentMs);
    if (!isFollowed && !isReached) throw unfollowed();
    return record.position;
  }

  /** Right after a reconnection it has to be found out first what is followed. */
  async function reachOwn(own: Head, sentMs: number): Promise<boolean> {
    try {
      if (!reader.verified()) await reader.verify();
      return await reader.reach(own, sentMs);
    } catch {
      return false;
    }
  }

  /** Its writer has renewed the mark, or it is gone, and its end is a record up to `seen.head`. */
  async function notReaped(token: string, deadlineMs: number, seen: Head, sentMs: number) {
    if (deadlineMs > 0) view.marks.extend(token, deadlineMs);
    else if (await reader.reach(seen, sentMs)) view.marks.endUpTo(token, seen.head);
  }

  async function renew(token: string, leaseMs: number): Promise<boolean> {
    const deadlineMs = parseRenewal(await reader.append('renew', leaseMs, token, []));
    if (deadlineMs > 0) view.marks.extend(token, deadlineMs);
    return deadlineMs > 0;
  }

  async function startNewEpoch() {
    const epochField = parseEpochField(await reader.append('epoch', 0, '', []));
    await reader.verify();
    // That may have been a run which had begun before the epoch.
    if (!reader.follows(epochField)) await reader.verify();
  }

  async function acquire(id: string, ttlMs: number) {
    const token = randomUUID();
    const reply = await data.command('SET', [keys.lease(id), token, 'NX', 'PX', ttlMs]);
    if (reply === null) return null;
    return {
      async release() {
        await data.script(RELEASE, [keys.lease(id)], [token]);
      },
    };
  }

  async function sync(): Promise<boolean> {
    const sentMs = performance.now();
    try {
      if (!reader.verified()) await reader.verify();
      return await reader.reach(parseHead(await data.command('GET', [keys.head])), sentMs);
    } catch {
      return false;
    }
  }

  return {
    view,
    shared: true,
    start(host: BackendHost) {
      reader.attach(host);
      follower.start(host);
    },
    synced: reader.synced,
    sync,
    read,
    write,
    append,
    renew,
    startNewEpoch,
    acquire,
    nowMs: clock.nowMs,
    async close() {
      follower.close();
    },
  };
}

/** Nothing here shows it: it counts as not recorded, and is sent again. */
const unfollowed = () =>
  cacheError('ERR_CACHE_UNFOLLOWED', 'What was recorded is in a log that this process does not follow yet.');

function reasonOf(error: unknown): 'breaker-open' | 'deadline' {
  return codeOf(error) === 'ERR_REDIS_BREAKER_OPEN' ? 'breaker-open' : 'deadline';
}
