import { clearProcessSlot } from '@tbi/redis';
import { redisAuthority, sharedRedis } from '@tbi/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { getRuntime } from '../src/runtime.ts';
import { epochExistedAtMs } from '../src/seeds/epoch-witness.ts';

beforeEach(async () => {
  const { url, keyPrefix } = await sharedRedis();
  vi.stubEnv('REDIS_URL', url);
  vi.stubEnv('REDIS_TLS_CA', redisAuthority());
  vi.stubEnv('REDIS_KEY_PREFIX', keyPrefix);
  clearProcessSlot('cache/runtime');
});

afterEach(async () => {
  await getRuntime().close();
  clearProcessSlot('cache/runtime');
  vi.unstubAllEnvs();
});

test('all who ask first, at once, learn since when the epoch exists', async () => {
  const { engine, joining } = getRuntime();
  await joining();
  const answers = await Promise.all(Array.from({ length: 5 }, () => epochExistedAtMs(engine)));
  expect(answers).not.toContain(null);
  expect(await epochExistedAtMs(engine)).toBeLessThanOrEqual(Math.min(...answers.map(Number)));
});
