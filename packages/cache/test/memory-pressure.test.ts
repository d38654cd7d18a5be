import { type RedisServer, startRedis } from '@tbi/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Cache } from '../src/index.ts';
import { type OpenedCache, openCache } from './support/open-cache.ts';
import { expectWell, put, textAt } from './support/under-fault.ts';
import { settingsOf } from './support/workers.ts';

let server: RedisServer;
let opened: OpenedCache[];
let a: Cache;
let b: Cache;

beforeEach(async () => {
  server = await startRedis({ config: { 'maxmemory-policy': 'noeviction' } });
  opened = [openCache({ settings: settingsOf(server) }), openCache({ settings: settingsOf(server) })];
  [a, b] = opened.map((each) => each.cache) as [Cache, Cache];
  await expectWell(a, b);
});
afterEach(async () => {
  await Promise.all(opened.map((each) => each.close()));
  await server.stop();
});

/** No command that needs memory is taken any more. */
async function exhaust() {
  await server.command('CONFIG', 'SET', 'maxmemory', '1mb');
  await expect(server.command('SET', 'x', 'y')).rejects.toThrow('OOM');
}

it('a full Redis that evicts nothing still records invalidations of every kind', async () => {
  for (const key of ['expired', 'stale', 'written', 'aborted', 'orphaned']) await put(a, key, 'old', [key]);
  await exhaust();
  const reasonAtB = async (key: string) => (await b.get('page', key)).reason;
  expect((await a.invalidate(['expired'])).pending).toBe(false);
  await expect.poll(() => reasonAtB('expired')).toBe('expired-tag');
  expect((await a.invalidate(['stale'], { mode: 'stale', expireAfterMs: 1_500 })).pending).toBe(false);
  await expect.poll(() => reasonAtB('stale')).toBe('stale-tag');
  await expect.poll(() => reasonAtB('stale'), { timeout: 5_000 }).toBe('expired-tag');
  const lease = await a.beginWrite(['written']);
  await expect.poll(() => reasonAtB('written')).toBe('being-written');
  expect(await lease.renew()).toBe(true);
  expect((await lease.commit()).pending).toBe(false);
  await expect.poll(() => reasonAtB('written')).toBe('expired-tag');
  const aborted = await a.beginWrite(['aborted']);
  await expect.poll(() => reasonAtB('aborted')).toBe('being-written');
  await aborted.abort();
  await expect.poll(() => reasonAtB('aborted')).toBe('fresh');
});

it('a full Redis has the mark of a dead writer lifted too', async () => {
  const { cache: writer, close } = openCache({ settings: settingsOf(server), cache: { writeLeaseMs: 600 } });
  await expectWell(writer, a);
  await put(a, 'k', 'old', ['t']);
  await exhaust();
  const lease = await writer.beginWrite(['t']);
  lease.abandon();
  await expect.poll(async () => (await b.get('page', 'k')).reason).toBe('being-written');
  await expect.poll(async () => (await b.get('page', 'k')).reason, { timeout: 5_000 }).toBe('expired-tag');
  await close();
});

it('a full Redis serves what it has, takes nothing new, and says so', async () => {
  await put(a, 'k', 'v');
  await exhaust();
  expect(await textAt(b, 'k')).toBe('v');
  expect((await put(a, 'new', 'v')).stored).toBe(false);
  await server.command('CONFIG', 'SET', 'maxmemory', '0');
  await expectWell(a, b);
});
