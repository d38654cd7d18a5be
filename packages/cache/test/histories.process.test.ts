import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultProxy, poll, type RedisServer, sleep, startFaultProxy, startRedis } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { redisKeys } from '../src/redis/keys.ts';
import { hang } from './support/hang.ts';
import { type Origin, startOrigin } from './support/origin.ts';
import { createWorkers, settingsOf, type Worker } from './support/workers.ts';

/** What a naive cache gets wrong, each with processes that are really killed and networks that are really cut. */
let server: RedisServer;
let proxy: FaultProxy;
let origin: Origin;
let spoolFolder: string;
const LEASE_MS = 800;

const workers = createWorkers(() => ({
  settings: settingsOf(server),
  originUrl: origin.url,
  cache: { writeLeaseMs: LEASE_MS },
}));
/** The log comes through the proxy, everything else directly. */
const viaProxy = () => ({ logSettings: settingsOf(proxy) });

beforeAll(async () => {
  server = await startRedis();
  proxy = await startFaultProxy({ target: server.url });
  origin = await startOrigin();
});
beforeEach(async () => {
  spoolFolder = await mkdtemp(join(tmpdir(), 'tbi-spool-'));
});
afterEach(async () => {
  await server.kill('SIGCONT');
  await proxy.heal();
  await workers.release();
  await rm(spoolFolder, { recursive: true, force: true });
});
afterAll(async () => {
  await workers.stopAll();
  await Promise.all([proxy.stop(), origin.stop(), server.stop()]);
});

const eventually = (what: string, probe: () => Promise<boolean>) => poll(probe, { what, timeoutMs: 15_000 });
const reasonAt = async (worker: Worker, key: string) => (await worker.look(key)).reason;
const becomesUnusable = (worker: Worker, key: string) =>
  eventually(`${key} to be unusable`, async () => (await worker.look(key)).text === null);
const becomes = (reason: string, worker: Worker, key: string) =>
  eventually(`${key} to be ${reason}`, async () => (await reasonAt(worker, key)) === reason);

it('1: another’s record that is unread when an own one is appended is applied all the same', async () => {
  const q = await workers.open(viaProxy());
  const p = await workers.open();
  await q.put('k', 'old', { tags: ['t'] });
  await q.look('k');
  await proxy.inject({ down: { hold: true } });
  await p.invalidate(['t']);
  await q.invalidate(['u']);
  expect(await reasonAt(q, 'k')).toBe('expired-tag');
});

it('2: what is computed under the mark of a writer that commits and dies is not kept', async () => {
  const [p, q, r] = [await workers.open(), await workers.open(), await workers.open()];
  await p.beginWrite(['k2']);
  const held = origin.hold('k2');
  await becomesMarked(q, 'k2');
  const computing = q.fetch('k2');
  await held.arrived();
  origin.write('k2');
  await p.kill('SIGKILL');
  await reaped(r, 'k2');
  held.release();
  expect((await computing).value).toBe(1);
  expect((await q.look('k2')).text).toBeNull();
  expect((await r.fetch('k2')).value).toBe(2);
  expect((await q.fetch('k2')).value).toBe(2);
});

/** Until a process knows of a write's mark on this tag it may store under it. */
async function becomesMarked(worker: Worker, tag: string) {
  await eventually(`${tag} to be marked`, async () => {
    const { stored } = await worker.put('probe', 'x', { tags: [tag] });
    return !stored;
  });
}

/** Until the mark on this tag is gone. Who meets it has it reaped; here nothing is stored that could be read. */
async function reaped(worker: Worker, tag: string) {
  await eventually(`${tag} to be reaped`, async () => {
    return (await worker.put('probe', 'x', { tags: [tag] })).stored;
  });
}

it('3: of two writers of one tag, one’s commit does not lift the other’s mark, and the other may die', async () => {
  const [p, q, r] = [await workers.open(), await workers.open(), await workers.open()];
  await r.put('k', 'old', { tags: ['t'] });
  await p.beginWrite(['t']);
  const second = await q.beginWrite(['t']);
  await q.commit(second);
  await r.sync();
  expect(await reasonAt(r, 'k')).toBe('being-written');
  expect(await r.put('k', 'old', { tags: ['t'] })).toEqual({ stored: false, reason: 'being-written' });
  await p.kill('SIGKILL');
  await becomes('expired-tag', r, 'k');
});

it('4: entries from before an invalidation that a restored snapshot does not know of are misses', async () => {
  const [p, q] = [await workers.open(), await workers.open()];
  await q.put('k', 'old', { tags: ['t'] });
  const snapshot = await server.saveSnapshot();
  await p.invalidate(['t']);
  // Nobody is left who would invalidate again.
  await p.kill('SIGKILL');
  await server.restart({ snapshot });
  const fresh = await workers.open();
  expect((await fresh.look('k')).reason).toBe('epoch');
  await eventually('the other process to be back', () => q.sync());
  expect((await q.look('k')).text).toBeNull();
});

it('5: what was computed before Redis was flushed is not valid after, whoever stores it when', async () => {
  const [p, q, r] = [await workers.open(), await workers.open(), await workers.open()];
  const held = origin.hold('k5');
  const [computing, early] = [q.fetch('k5'), await r.stamp()];
  await held.arrived();
  origin.write('k5');
  await p.invalidate(['k5']);
  await server.command('FLUSHALL');
  // This process may not have heard of it yet, and the first of them to notice starts the new epoch.
  await r.put('late', 'old', { stamp: early });
  const { epoch } = early;
  await eventually('a new epoch', async () => (await q.stats()).epoch !== epoch);
  held.release();
  await computing;
  await eventually('all to be in sync', async () => (await p.sync()) && (await q.sync()) && (await r.sync()));
  for (const worker of [p, q, r]) {
    expect((await worker.look('k5')).text).toBeNull();
    expect((await worker.look('late')).text).toBeNull();
  }
});

it('6: entries that survive the eviction of the log are trusted by nobody', async () => {
  const [p, q] = [await workers.open(), await workers.open()];
  await p.put('k', 'old', { tags: ['t'] });
  await q.look('k');
  await p.invalidate(['t']);
  await p.kill('SIGKILL');
  const { meta, log, head } = redisKeys(workers.keyPrefix);
  await server.command('DEL', meta, log, head);
  const fresh = await workers.open();
  expect(await reasonAt(fresh, 'k')).toBe('epoch');
  await eventually(
    'the old process to follow',
    async () => (await q.stats()).epoch === (await fresh.stats()).epoch,
  );
  expect((await q.look('k')).text).toBeNull();
});

it('7: a stale mark by one process does not hide the expiry by another', async () => {
  const [p, q, r] = [await workers.open(), await workers.open(), await workers.open()];
  await r.put('k', 'old', { tags: ['t'] });
  await p.invalidate(['t']);
  await q.invalidate(['t'], { mode: 'stale', expireAfterMs: 60_000 });
  await r.sync();
  for (const worker of [p, q, r]) {
    await worker.sync();
    expect(await reasonAt(worker, 'k')).toBe('expired-tag');
  }
});

it('8: a page that is computed after its query was marked stale is not made from the old result', async () => {
  const [p, q] = [await workers.open(), await workers.open()];
  expect((await p.fetch('k8')).value).toBe(1);
  origin.write('k8');
  await p.invalidate(['k8'], { mode: 'stale', expireAfterMs: 60_000 });
  await q.sync();
  expect((await q.fetch('k8')).value).toBe(1);
  expect(await q.fetchNested('page', 'k8')).toBe(2);
  expect(await p.fetchNested('page', 'k8')).toBe(2);
});

it('9: who arrives after another process’s invalidation was applied does not join the computation from before', async () => {
  const [p, q] = [await workers.open(), await workers.open()];
  const held = origin.hold('k9');
  const first = q.fetch('k9');
  await held.arrived();
  origin.write('k9');
  await p.invalidate(['k9']);
  await q.sync();
  const second = q.fetch('k9');
  await sleep(100);
  held.release();
  expect((await first).value).toBe(1);
  expect((await second).value).toBe(2);
});

it('9: nor who arrives after an invalidation that Redis could not take', async () => {
  const q = await workers.open();
  const held = origin.hold('k9b');
  const first = q.fetch('k9b');
  await held.arrived();
  origin.write('k9b');
  await hang(server);
  expect((await q.invalidate(['k9b'])).pending).toBe(true);
  const second = q.fetch('k9b');
  await sleep(800);
  held.release();
  expect((await first).value).toBe(1);
  expect((await second).value).toBe(2);
});

it('10: a write while Redis hangs is not forgotten when its process is killed before Redis resumes', async () => {
  const [p, bystander] = [await workers.open({ cache: { spoolFolder } }), await workers.open()];
  await p.put('k', 'old', { tags: ['t'] });
  await bystander.look('k');
  await hang(server);
  const lease = await p.beginWrite(['t']);
  expect((await p.commit(lease)).pending).toBe(true);
  await p.kill('SIGKILL');
  const next = await workers.openUnready({ cache: { spoolFolder } });
  expect((await next.look('k')).text).toBeNull();
  await server.kill('SIGCONT');
  const seen: (string | null)[] = [];
  await eventually('the invalidation to be recorded', async () => {
    seen.push((await next.look('k')).text);
    const { synced, pendingInvalidations } = await next.stats();
    return synced && pendingInvalidations === 0;
  });
  expect(seen).not.toContain('old');
  await becomes('expired-tag', bystander, 'k');
});

it('10: nor is one of a process that ends then, while its successor runs already', async () => {
  const p = await workers.open({ cache: { spoolFolder } });
  await p.put('k', 'old', { tags: ['t'] });
  await hang(server);
  expect((await p.invalidate(['t'])).pending).toBe(true);
  const next = await workers.openUnready({ cache: { spoolFolder } });
  expect((await next.look('k')).text).toBeNull();
  await p.close();
  await p.kill('SIGKILL');
  await server.kill('SIGCONT');
  const seen: (string | null)[] = [];
  await eventually('the invalidation to be recorded', async () => {
    const { text, reason } = await next.look('k');
    seen.push(text);
    return reason === 'expired-tag' && (await next.stats()).pendingInvalidations === 0;
  });
  expect(seen).not.toContain('old');
});

it('10: nor is one that waits when its process is killed, by the others that run all along', async () => {
  const viaNetwork = { settings: settingsOf(proxy), cache: { spoolFolder } };
  const p = await workers.open({ ...viaNetwork, ...viaProxy() });
  const q = await workers.open({ cache: { spoolFolder } });
  await p.put('k', 'old', { tags: ['t'] });
  await proxy.inject({ connect: 'refuse' });
  proxy.resetConnections();
  expect((await p.invalidate(['t'])).pending).toBe(true);
  await p.kill('SIGKILL');
  await proxy.heal();
  await becomes('expired-tag', q, 'k');
});

it('10: nor is one that is still under way, when another invalidation was recorded meanwhile', async () => {
  const viaNetwork = { settings: settingsOf(proxy), cache: { spoolFolder, writeLeaseMs: 60_000 } };
  const p = await workers.open({ ...viaNetwork, ...viaProxy() });
  await p.put('k', 'old', { tags: ['t'] });
  await proxy.inject({ connect: 'refuse' });
  proxy.resetConnections();
  await p.beginWrite(['t']);
  expect((await p.invalidate(['u'])).pending).toBe(true);
  await proxy.heal();
  await eventually('the other to be recorded', async () => (await p.stats()).pendingInvalidations === 0);
  await p.kill('SIGKILL');
  const next = await workers.open({ cache: { spoolFolder } });
  await eventually(
    'what is left to be recorded',
    async () => (await next.stats()).pendingInvalidations === 0,
  );
  await becomesUnusable(next, 'k');
});

it('11: a SET that is stuck in the network and runs late does not replace a newer value', async () => {
  const q = await workers.open({ settings: settingsOf(proxy) });
  const p = await workers.open();
  await proxy.inject({ up: { hold: true } });
  expect(await q.put('k', 'older')).toEqual({ stored: false, reason: 'deadline' });
  await p.invalidate(['unrelated']);
  await p.put('k', 'newer');
  await proxy.heal();
  await eventually('the stuck process to be back', () => q.sync());
  const fresh = await workers.open();
  expect((await fresh.look('k')).text).toBe('newer');
});

it('12: a second after its reader was cut off, a process serves nothing on its word', async () => {
  const q = await workers.open(viaProxy());
  const p = await workers.open();
  await p.put('k', 'old', { tags: ['t'] });
  await q.look('k');
  await proxy.inject({ connect: 'silence', down: { hold: true } });
  await p.invalidate(['t']);
  await sleep(1_100);
  // Its data connection is well, and tells it how far the log has come.
  expect(await reasonAt(q, 'k')).toBe('expired-tag');
  await p.put('k', 'new', { tags: ['t'] });
  await q.sync();
  expect((await q.look('k')).text).toBe('new');
});
