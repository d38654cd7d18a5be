import { createRedis } from '@tbi/redis';
import { type RedisServer, sleep, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCheckedRun } from './support/checked-run.ts';
import { settingsOf } from './support/workers.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis({ config: { maxmemory: '3mb', 'maxmemory-policy': 'allkeys-lru' } });
});
afterAll(() => server.stop());

/** Values of others that push everything else out, the log too. */
async function flood(durationMs: number) {
  const { data, close } = createRedis(settingsOf(server, 5_000), {
    name: 'flood',
    log: { info() {}, warn() {} },
  });
  const value = Buffer.alloc(50_000);
  let written = 0;
  for (const endMs = performance.now() + durationMs; performance.now() < endMs; written += 1) {
    await data.command('SET', [`flood:${written}`, value]).catch(() => {});
    await sleep(2);
  }
  await close();
  return written;
}

it('a Redis that evicts the log under pressure makes nobody serve what is outdated', async () => {
  // No memory of their own: every answer depends on what Redis has kept.
  const settings = [settingsOf(server), settingsOf(server), settingsOf(server)];
  const run = await startCheckedRun({ settings, seed: 1, l1MaxBytes: 0 });
  try {
    await flood(5_000);
    const report = await run.finish();
    expect(Number(await evicted())).toBeGreaterThan(100);
    expect(report.violations).toEqual([]);
    expect(report.unconverged).toEqual([]);
    expect(report.hits).toBeGreaterThan(20);
  } finally {
    await run.stop();
  }
});

async function evicted() {
  return /evicted_keys:(\d+)/.exec(String(await server.command('INFO', 'stats')))?.[1];
}
