import { poll, type RedisCluster, type RedisServer, sleep, startRedisCluster } from '@tbi/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { redisKeys } from '../src/redis/keys.ts';
import { type CheckedRun, startCheckedRun } from './support/checked-run.ts';

const keys = redisKeys('checked:');
let cluster: RedisCluster;
let run: CheckedRun;

beforeAll(async () => {
  cluster = await startRedisCluster();
  const nodes = cluster.nodes.map(({ port }) => ({ host: '127.0.0.1', port }));
  const settings = { mode: 'cluster', nodes, commandTimeoutMs: 500 } as const;
  run = await startCheckedRun({ settings: [settings, settings], seed: 1 });
});
afterAll(async () => {
  await run.stop();
  await cluster.stop();
});

interface Slot {
  readonly number: string;
  readonly from: RedisServer;
  readonly to: RedisServer;
  readonly fromId: string;
  readonly toId: string;
}

const idOf = async (node: RedisServer) => String(await node.command('CLUSTER', 'MYID'));

/** The slot of a key, the node that has it, and another one. */
async function locate(key: string): Promise<Slot> {
  const [any] = cluster.nodes;
  const number = String(await any?.command('CLUSTER', 'KEYSLOT', key));
  const lines = String(await any?.command('CLUSTER', 'NODES')).split('\n');
  const owner = lines.find((line) =>
    line
      .split(' ')
      .slice(8)
      .some((range) => covers(range, Number(number))),
  );
  const fromId = owner?.split(' ')[0] ?? '';
  const ids = await Promise.all(cluster.nodes.map(idOf));
  const from = cluster.nodes[ids.indexOf(fromId)];
  const to = cluster.nodes[(ids.indexOf(fromId) + 1) % ids.length];
  if (from === undefined || to === undefined) throw new Error(`nobody has slot ${number}`);
  return { number, from, to, fromId, toId: await idOf(to) };
}

function covers(range: string, slot: number): boolean {
  const [first = '', last = first] = range.split('-');
  return Number(first) <= slot && slot <= Number(last);
}

/** Moves a slot as `redis-cli --cluster reshard` does, but takes its time in between. */
async function migrate({ number, from, to, fromId, toId }: Slot) {
  await to.command('CLUSTER', 'SETSLOT', number, 'IMPORTING', fromId);
  await from.command('CLUSTER', 'SETSLOT', number, 'MIGRATING', toId);
  await sleep(300);
  await poll(
    async () => {
      const left = (await from.command('CLUSTER', 'GETKEYSINSLOT', number, '10')) as string[];
      for (const key of left) {
        await from.command('MIGRATE', '127.0.0.1', String(to.port), key, '0', '1000', 'REPLACE');
        await sleep(50);
      }
      return left.length === 0;
    },
    { what: `slot ${number} to be empty`, timeoutMs: 10_000 },
  );
  await sleep(300);
  for (const node of [to, from, ...cluster.nodes])
    await node.command('CLUSTER', 'SETSLOT', number, 'NODE', toId);
}

it('a Cluster whose slots move and whose nodes end serves nothing outdated and fails no read', async () => {
  await sleep(1_000);
  await migrate(await locate(keys.entry('page:key-0')));
  await migrate(await locate(keys.log));
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
