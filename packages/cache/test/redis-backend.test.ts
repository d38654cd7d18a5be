import { type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { describeCache, MAX_TAG_STATES, SMALL } from './contract.ts';
import { describeLifetimes } from './contract-lifetimes.ts';
import { describeOperators } from './contract-operators.ts';
import { describeWrites, WRITES } from './contract-writes.ts';
import { createCaches } from './redis-caches.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const caches = createCaches(() => server);
afterEach(() => caches.closeAll());

describeCache('the Redis backend', () => caches.open({ maxTagStates: MAX_TAG_STATES }, SMALL));

describeWrites('the Redis backend', WRITES.writeLeaseMs, () => caches.open({}, WRITES));

describeLifetimes('the Redis backend', () => caches.open());

describeOperators('the Redis backend', () => caches.open());
