import {
  type FaultProxy,
  type Faults,
  type RedisServer,
  sleep,
  startFaultProxy,
  startRedis,
} from '@tbi/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OpenedCache, openCache } from './support/open-cache.ts';
import { expectWell, put, readFor, textAt } from './support/under-fault.ts';
import { settingsOf } from './support/workers.ts';

let server: RedisServer;
let proxy: FaultProxy;
let far: OpenedCache;
let near: OpenedCache;
let prefixes = 0;

beforeAll(async () => {
  server = await startRedis();
});
beforeEach(async () => {
  prefixes += 1;
  const backend = { keyPrefix: `test-${prefixes}:` };
  proxy = await startFaultProxy({ target: server.url });
  far = openCache({ settings: settingsOf(proxy), backend });
  near = openCache({ settings: settingsOf(server), backend });
  await expectWell(far.cache, near.cache);
});
afterEach(async () => {
  await Promise.all([far.close(), near.close()]);
  await proxy.stop();
});
afterAll(() => server.stop());

const LATENCY: Faults = { up: { latencyMs: 25 }, down: { latencyMs: 25 } };
const FAULTS: Record<string, Faults> = {
  'takes 50 ms': LATENCY,
  'takes a second': { up: { latencyMs: 500 }, down: { latencyMs: 500 } },
  'delivers one byte at a time': { down: { msPerByte: 2 } },
  'loses every packet': { connect: 'silence', up: { hold: true }, down: { hold: true } },
  'loses every answer': { connect: 'silence', down: { hold: true } },
  'is cut in the middle of a reply': { down: { cutAfterBytes: 40 } },
  'resets every connection': { connect: 'reset' },
  'has nobody at the other end': { connect: 'refuse' },
};

describe('a network that', () => {
  it.each(Object.keys(FAULTS))(
    '%s fails no read, delays none for long, and makes nothing outdated current',
    async (name) => {
      await put(near.cache, 'k', 'old', ['t']);
      expect(await textAt(far.cache, 'k')).toBe('old');
      const { connect } = FAULTS[name] ?? {};
      await proxy.inject(FAULTS[name] ?? {});
      if (connect === 'reset' || connect === 'refuse') proxy.resetConnections();
      await readFor(300, far.cache, 'k');
      await near.cache.invalidate(['t']);
      await sleep(1_200);
      expect(new Set(await readFor(300, far.cache, 'k'))).toEqual(new Set([null]));
      await proxy.heal();
      await expectWell(far.cache, near.cache);
    },
  );

  it('takes 50 ms is still worth asking', async () => {
    await put(near.cache, 'k', 'v', ['t']);
    await proxy.inject(LATENCY);
    await expect.poll(() => textAt(far.cache, 'k')).toBe('v');
    expect((await far.cache.invalidate(['t'])).pending).toBe(false);
    await expect.poll(() => textAt(near.cache, 'k')).toBeNull();
  });
});

it('a value of 12 MB is shared between processes byte for byte, and does not hold up small ones for long', async () => {
  const payload = Buffer.alloc(12 * 1024 * 1024, 'every byte counts. ');
  const stored = await near.cache.set('page', 'large', payload, { stamp: near.cache.stamp(), tags: ['t'] });
  expect(stored).toEqual({ stored: true });
  await expect
    .poll(async () => (await far.cache.get('page', 'large')).entry?.payload.equals(payload))
    .toBe(true);
  await readFor(200, far.cache, 'k');
  await near.cache.invalidate(['t']);
  await expect.poll(async () => (await far.cache.get('page', 'large')).entry).toBeNull();
});

it('a reader whose connection the server ends is in sync again, and has missed nothing', async () => {
  await put(near.cache, 'k', 'old', ['t']);
  expect(await textAt(far.cache, 'k')).toBe('old');
  for (let round = 0; round < 5; round += 1) {
    const text = `round ${round}`;
    await server.command('CLIENT', 'KILL', 'TYPE', 'normal');
    await near.cache.invalidate(['t']);
    await expect.poll(async () => (await textAt(far.cache, 'k')) === null, { timeout: 5_000 }).toBe(true);
    await expect.poll(() => near.cache.sync(), { timeout: 5_000 }).toBe(true);
    await put(near.cache, 'k', text, ['t']);
    await expect.poll(() => textAt(far.cache, 'k'), { timeout: 5_000 }).toBe(text);
  }
  await expect.poll(() => far.cache.stats().synced, { timeout: 5_000 }).toBe(true);
});
