import { poll, type RedisSentinels, sleep, startSentinel } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startCheckedRun } from './support/checked-run.ts';
import { createWorkers } from './support/workers.ts';

let sentinels: RedisSentinels;
let healReplication = async () => {};
const settings = () => ({ ...sentinels.settings, commandTimeoutMs: 500 });
const workers = createWorkers(() => ({ settings: settings() }));

beforeAll(async () => {
  sentinels = await startSentinel();
});
afterEach(() => workers.release());
afterAll(async () => {
  await workers.stopAll();
  await sentinels.stop();
});

const AS_WHOM = ['masteruser', 'masterauth'];

/** The replica gets no more of what the primary takes, and its link cannot be made anew before the result is called. */
async function cutReplication(): Promise<() => Promise<void>> {
  const ports = [sentinels.primary, sentinels.replica];
  const primaryPort = await sentinels.findPrimaryPort();
  const replica = ports.find(({ port }) => port !== primaryPort) ?? sentinels.replica;
  const before = (await Promise.all(
    AS_WHOM.map((name) => replica.command('CONFIG', 'GET', name)),
  )) as string[][];
  for (const name of AS_WHOM) await replica.command('CONFIG', 'SET', name, 'nobody');
  await replica.command('CLIENT', 'KILL', 'TYPE', 'master');
  return async () => {
    for (const setting of before) await replica.command('CONFIG', 'SET', ...setting);
  };
}

it('a promoted replica that missed an invalidation brings nothing from before it back', async () => {
  const [p, q] = [await workers.open(), await workers.open()];
  await p.put('k', 'old', { tags: ['t'] });
  await q.look('k');
  await poll(async () => Number(await sentinels.primary.command('WAIT', '1', '1000')) === 1);
  healReplication = await cutReplication();
  await p.invalidate(['t']);
  // Nobody is left who would invalidate again.
  await p.kill('SIGKILL');
  const { epoch } = await q.stats();
  await sentinels.failover();
  await poll(async () => (await q.stats()).epoch !== epoch, { what: 'the new primary', timeoutMs: 15_000 });
  expect((await q.look('k')).text).toBeNull();
  const fresh = await workers.open();
  expect((await fresh.look('k')).text).toBeNull();
  await fresh.put('k', 'new', { tags: ['t'] });
  await poll(async () => (await q.look('k')).text === 'new', { what: 'the new value' });
});

it('under load, a promoted replica that missed the last writes makes nobody serve what is outdated', async () => {
  const primaryPort = await sentinels.findPrimaryPort();
  const primary = [sentinels.primary, sentinels.replica].find(({ port }) => port === primaryPort);
  await healReplication();
  await poll(async () => String(await primary?.command('INFO', 'replication')).includes('state=online'), {
    what: 'the old primary to follow the new one',
    timeoutMs: 30_000,
  });
  const run = await startCheckedRun({ settings: [settings(), settings(), settings()], seed: 1 });
  try {
    await sleep(1_000);
    await cutReplication();
    await sleep(800);
    run.noteLoss();
    await sentinels.failover();
    await sleep(2_000);
    const report = await run.finish();
    expect(report.violations).toEqual([]);
    expect(report.unconverged).toEqual([]);
    expect(report.hits).toBeGreaterThan(100);
  } finally {
    await run.stop();
  }
});
