import { afterEach, expect, test } from 'vitest';
import { sendRedisCommand } from '../src/redis/redis-command.ts';
import { startRedis } from '../src/redis/start-redis.ts';
import { connectToBroker, startBroker } from '../src/shared/broker.ts';
import { createRunServers } from '../src/shared/run-servers.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  delete process.env.TEST_REDIS_URL;
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

test('shares of one run have one server and prefixes of their own', async () => {
  const servers = createRunServers();
  const broker = await startBroker(servers);
  cleanUps.push(servers.stop, broker.stop);
  const worker = connectToBroker(broker.socketPath);
  const [a, b] = await Promise.all([worker.shareRedis(), worker.shareRedis()]);
  expect(a.url).toBe(b.url);
  expect(a.keyPrefix).not.toBe(b.keyPrefix);
  expect(b.keyPrefix.startsWith(a.keyPrefix)).toBe(false);
});

test('of a given Redis only the keys of the run are removed', async () => {
  const given = await startRedis({ unhardened: 'given' });
  cleanUps.push(given.stop);
  await given.command('SET', 'theirs', '1');
  process.env.TEST_REDIS_URL = given.url;
  const servers = createRunServers();
  const { url, keyPrefix } = await servers.shareRedis();
  expect(url).toBe(given.url);
  await given.command('SET', `${keyPrefix}ours`, '1');
  await servers.stop();
  expect(await sendRedisCommand(given, ['KEYS', '*'])).toEqual(['theirs']);
});
