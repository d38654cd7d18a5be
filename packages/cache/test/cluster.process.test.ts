import { locateSlot, moveSlot, poll, type RedisCluster, sleep, startRedisCluster } from '@tbi/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { redisKeys } from '../src/redis/keys.ts';
import { type CheckedRun, startCheckedRun } from './support/checked-run.ts';

const keys = redisKeys('checked:');
let cluster: RedisCluster;
let run: CheckedRun;

beforeAll(async () => {
  cluster = await startRedisCluster();
  const settings = { ...cluster.settings, commandTimeoutMs: 500 };
  run = await startCheckedRun({ settings: [settings, settings], seed: 1 });
});
afterAll(async () => {
  await run.stop();
  await cluster.stop();
});

const locate = (key: string) => locateSlot(cluster.nodes, key);

it('a Cluster whose slots move and whose nodes end serves nothing outdated and fails no read', async () => {
  await sleep(1_000);
  await moveSlot(cluster.nodes, await locate(keys.entry('page:key-0')));
  await moveSlot(cluster.nodes, await locate(keys.log));
  await sleep(1_500);

  const { from: logNode, to: otherNode } = await locate(keys.log);
  await otherNode.kill('SIGKILL');
  await sleep(1_500);
  await otherNode.restart();
  await sleep(3_000);

  await logNode.kill('SIGKILL');
  run.noteLoss();
  await sleep(500);
  await logNode.restart();
  await poll(async () => String(await logNode.command('CLUSTER', 'INFO')).includes('cluster_state:ok'), {
    what: 'the cluster to be whole',
    timeoutMs: 20_000,
  });
  await sleep(2_000);
  const report = await run.finish();
  expect(report.violations).toEqual([]);
  expect(report.unconverged).toEqual([]);
  expect(report.hits).toBeGreaterThan(200);
  expect(report.slowestMs).toBeLessThan(8_000);
});
