import { createRedis } from '@tbi/redis';
import { type RedisServer, settingsOf, startRedis } from '@tbi/testing';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeFrame } from '../src/frame.ts';
import { type Cache, formatPosition } from '../src/index.ts';
import { entry as anyEntry } from './arbitraries.ts';
import { json, settle } from './contract.ts';
import { createCaches } from './redis-caches.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const caches = createCaches(() => server);
afterEach(() => caches.closeAll());

const eventually = (check: () => Promise<void> | void) =>
  vi.waitFor(check, { timeout: 10_000, interval: 20 });
const put = (cache: Cache, key: string, text: string, tags: string[] = []) =>
  cache.set('page', key, Buffer.from(text), { stamp: cache.stamp(), tags, freshForMs: 60_000 });
const textAt = async (cache: Cache, key: string) => {
  const { entry } = await cache.get('page', key);
  return entry?.payload.toString() ?? null;
};

/** Bytes that somebody else may have put where our entries are: anything, and all sorts of damaged frames. */
function arbitraryBytes(epoch: string) {
  const anything = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  const ours = anyEntry.map((entry) => encodeFrame({ ...entry, stamp: { ...entry.stamp, epoch } }));
  const damaged = fc.tuple(ours, fc.nat(), fc.nat({ max: 255 })).map(([frame, at, byte]) => {
    const copy = Buffer.from(frame);
    copy[at % copy.length] = byte;
    return copy;
  });
  const cut = fc.tuple(ours, fc.nat()).map(([frame, at]) => frame.subarray(0, at % (frame.length + 1)));
  const headless = anything.map((bytes) => Buffer.concat([Buffer.from('TBI\u0001', 'latin1'), bytes]));
  const later = ours.map((frame) => Buffer.concat([Buffer.from('TBI\u0002', 'latin1'), frame.subarray(4)]));
  return fc.oneof(anything, damaged, cut, headless, later);
}

describe('what others put under our keys', () => {
  it('never makes a read fail, and stays where it is', async () => {
    const cache = await caches.open({}, { l1MaxBytes: 0 });
    const { data: writer, close } = createRedis(
      { ...settingsOf({ url: server.adminUrl }), commandTimeoutMs: 10_000 },
      { name: 'hostile', log: { info() {}, warn() {} } },
    );
    await vi.waitFor(() => writer.command('PING', []));
    const payloads = fc.sample(arbitraryBytes(cache.stamp().epoch), 10_000);
    const key = (index: number) => caches.keys().entry(`page:hostile-${index}`);
    for (let at = 0; at < payloads.length; at += 200) {
      const batch = payloads.slice(at, at + 200);
      await writer.command(
        'MSET',
        batch.flatMap((bytes, i) => [key(at + i), bytes]),
      );
      await Promise.all(batch.map((_, i) => cache.get('page', `hostile-${at + i}`)));
      const kept = await writer.command(
        'MGET',
        batch.map((_, i) => key(at + i)),
      );
      expect(kept).toEqual(batch);
    }
    await close();
  });

  it('of another type is a miss, with getOrSet computed', async () => {
    const cache = await caches.open();
    const make: Record<string, string[]> = {
      list: ['RPUSH', 'a', 'b'],
      hash: ['HSET', 'field', 'value'],
      set: ['SADD', 'a'],
      zset: ['ZADD', '1', 'a'],
    };
    for (const [type, [command = '', ...args]] of Object.entries(make)) {
      const key = caches.keys().entry(`page:${type}`);
      await server.command(command, key, ...args);
      expect(await textAt(cache, type)).toBeNull();
      expect((await put(cache, type, 'v')).stored).toBe(false);
      const computed = await cache.getOrSet('page', type, async () => 'computed', { codec: json });
      expect(computed.value).toBe('computed');
      expect(await server.command('TYPE', key)).toBe(type);
    }
  });

  it('as a valid entry that its codec cannot decode is a miss, computed and replaced', async () => {
    const [cache, other] = await caches.openTwo();
    await put(other, 'k', 'not json');
    const read = () => cache.getOrSet('page', 'k', async () => 'computed', { codec: json });
    expect(await read()).toMatchObject({ value: 'computed', tier: 'origin', reason: 'undecodable' });
    expect(await read()).toMatchObject({ value: 'computed', reason: 'fresh' });
    expect(
      await (await caches.open()).getOrSet('page', 'k', async () => 'again', { codec: json }),
    ).toMatchObject({
      value: 'computed',
    });
  });
});

describe('what others do to the log’s keys', () => {
  const HOSTILE: Record<string, (keys: ReturnType<typeof caches.keys>) => string[][]> = {
    'head is lost': ({ head }) => [['DEL', head]],
    'head is garbage': ({ head }) => [['SET', head, 'garbage']],
    'head is of another epoch': ({ head }) => [['SET', head, 'x|1-1']],
    'head is a list': ({ head }) => [
      ['DEL', head],
      ['RPUSH', head, 'a'],
    ],
    'the log is lost': ({ log }) => [['DEL', log]],
    'the log has a garbage record': ({ log }) => [['XADD', log, '*', 'garbage', 'x']],
    'the log has a record with a garbage predecessor': ({ log }) => [
      ['XADD', log, '*', 'p', 'x', 'm', 'expire', 't', 't'],
    ],
    'notes are garbage': ({ notes }) => [['XADD', notes, '*', 'x', 'y']],
    'meta is lost': ({ meta }) => [['DEL', meta]],
  };
  it.each(Object.keys(HOSTILE))(
    '%s: reads are hits or misses, and all is well again without a restart',
    async (name) => {
      const [a, b] = await caches.openTwo();
      await put(a, 'k', 'old', ['t']);
      await textAt(b, 'k');
      for (const command of HOSTILE[name]?.(caches.keys()) ?? []) await server.command(...command);
      await settle(100);
      for (const cache of [a, b]) expect(['old', null]).toContain(await textAt(cache, 'k'));
      // Also where nobody invalidates anything, which would repair much.
      await eventually(async () => {
        await put(a, 'later', '1', ['t']);
        expect([await textAt(a, 'later'), await textAt(b, 'later')]).toEqual(['1', '1']);
        expect([a.stats().synced, b.stats().synced]).toEqual([true, true]);
      });
      await a.invalidate(['t']);
      await eventually(async () => expect(await textAt(b, 'later')).toBeNull());
      await eventually(async () => {
        await put(b, 'later', '2', ['t']);
        expect(await textAt(a, 'later')).toBe('2');
      });
    },
  );

  const WRECKED: Record<string, (keys: ReturnType<typeof caches.keys>) => [key: string, command: string[]]> =
    {
      'meta is a list': ({ meta }) => [meta, ['RPUSH', meta, 'x']],
      'the log is a list': ({ log }) => [log, ['RPUSH', log, 'x']],
      'notes are a list': ({ notes }) => [notes, ['RPUSH', notes, 'x']],
      'meta is garbage': ({ meta }) => [
        meta,
        ['HSET', meta, 'epoch', 'x', 'head', 'y', 'floor', 'z', 't:t', '?'],
      ],
    };
  it.each(Object.keys(WRECKED))('%s: reads never fail, and all is well when it is removed', async (name) => {
    const cache = await caches.open();
    await put(cache, 'k', 'old', ['t']);
    const [key, command] = WRECKED[name]?.(caches.keys()) ?? ['', []];
    await server.command('DEL', key);
    await server.command(...command);
    const { pending } = await cache.invalidate(['t']);
    await settle(1_100);
    expect(await textAt(cache, 'k')).toBeNull();
    const computed = await cache.getOrSet('page', 'k2', async () => 'computed', { codec: json });
    expect(computed.value).toBe('computed');
    const late = caches.openUnready();
    expect(await textAt(late, 'k')).toBeNull();
    await server.command('DEL', key);
    await eventually(async () => {
      await put(cache, 'k', 'new', ['t']);
      expect(await textAt(late, 'k')).toBe('new');
      if (pending) expect(cache.stats().pendingInvalidations).toBe(0);
    });
  });

  it('a mark that Redis does not have any more is not believed for longer than its lease', async () => {
    const writer = await caches.open();
    await put(writer, 'k', 'v', ['t']);
    const { position } = await writer.invalidate(['unrelated']);
    const mark = `${formatPosition(position ?? 0n)}|${Math.ceil(writer.nowMs()) + 500}|["t"]`;
    await server.command('HSET', caches.keys().meta, 'w:ghost', mark);
    // This one loads the mark; that it ends is then in no record that it will read.
    const cache = await caches.open();
    expect((await cache.get('page', 'k')).reason).toBe('being-written');
    await server.command('HDEL', caches.keys().meta, 'w:ghost');
    await eventually(async () => expect(await textAt(cache, 'k')).toBe('v'));
  });
});
