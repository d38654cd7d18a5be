import { findFreePort, type RedisServer, redisAt, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFixture, startFixture, untilHit, visit } from './helpers/fixture.ts';
import { type Source, startSource } from './helpers/source.ts';

let source: Source;

beforeAll(async () => {
  await buildFixture('app-16');
  source = await startSource();
});
afterAll(() => source.close());

test('a site without Redis caches in memory', async () => {
  const server = await startFixture('app-16', { SOURCE_URL: source.url });
  try {
    await untilHit(server, '/page/alone', 'alone-1');
    expect(source.countOf('alone')).toBe(1);
  } finally {
    await server.stop();
  }
});

test('a site whose Redis is absent at the start answers, and caches within 10 s of its coming', async () => {
  const port = await findFreePort();
  const server = await startFixture('app-16', {
    SOURCE_URL: source.url,
    REDIS_URL: redisAt(port).url,
  });
  let redis: RedisServer | undefined;
  try {
    // The first request also loads the page's code.
    expect(await visit(server, '/page/late')).toMatchObject({ status: 200, value: 'late-1' });
    for (let i = 0; i < 3; i += 1) {
      const startedMs = performance.now();
      expect(await visit(server, '/page/late')).toMatchObject({ status: 200, value: 'late-1' });
      expect(performance.now() - startedMs).toBeLessThan(1_000);
    }
    redis = await startRedis({ port });
    await untilHit(server, '/page/late', 'late-1', { timeoutMs: 10_000 });
  } finally {
    await server.stop();
    await redis?.stop();
  }
});

test('an environment that cannot be understood is told once, and the site answers without a cache', async () => {
  const server = await startFixture('app-16', {
    SOURCE_URL: source.url,
    REDIS_URL: 'http://:secret@nowhere',
  });
  try {
    for (let i = 0; i < 2; i += 1) {
      expect(await visit(server, '/page/wrong')).toMatchObject({ status: 200, value: 'wrong-1' });
    }
    const logs = await server.readLogs();
    expect(logs.match(/Nothing is cached\. The environment has a problem:\n {2}REDIS_URL: /g)).toHaveLength(
      1,
    );
    expect(logs).not.toContain('secret');
  } finally {
    await server.stop();
  }
});
