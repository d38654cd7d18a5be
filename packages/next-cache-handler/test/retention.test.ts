import { type ForkedNode, forkNode, sharedRedis } from '@tbi/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

let forked: ForkedNode;

beforeAll(async () => {
  const { url, keyPrefix } = await sharedRedis();
  forked = await forkNode(new URL('./fixtures/retention.ts', import.meta.url), {
    nodeArgs: ['--expose-gc'],
    env: { REDIS_URL: url, REDIS_KEY_PREFIX: keyPrefix },
  });
  await forked.call('join');
});
afterAll(() => forked?.kill());

const REQUESTS = 100;
/** What the last few requests used may still be on its way. */
const MAX_LEFT = 5;

test.each(['useCache', 'failing', 'incremental'])(
  'what is stored and given pins no request: %s',
  async (method) => {
    expect(await forked.call<number>(method, REQUESTS)).toBeLessThanOrEqual(MAX_LEFT);
  },
);

test('a context that something holds on to is found', async () => {
  expect(await forked.call<number>('pinned', REQUESTS)).toBe(REQUESTS);
});
