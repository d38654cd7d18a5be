import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { cleanEnv, findFreePort, type RedisServer, redisAt, startRedis, urlAs } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Opened, openProcess, store } from './support/site.ts';

const main = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts');

let server: RedisServer;
let site: Opened;
beforeAll(async () => {
  server = await startRedis();
});
beforeEach(async () => {
  await server.command('FLUSHALL');
  site = await openProcess(server);
});
afterEach(() => site.close());
afterAll(() => server.stop());

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const variables = cleanEnv({ REDIS_URL: server.url, REDIS_KEY_PREFIX: 'test:', ...env });
    const options = { env: variables, cwd: import.meta.dirname, timeout: 20_000 };
    execFile(process.execPath, ['--import', 'tsx', main, ...args], options, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err }),
    );
  });
}

describe('the command line', () => {
  it('tells health in words and as JSON, with entries by kind', async () => {
    await store(site.cache, 'page', 'b/en');
    const words = await run(['health']);
    expect([words.code, words.out]).toEqual([0, expect.stringMatching(/^healthy: [\s\S]*page +1 /)]);
    const json = await run(['health', '--json']);
    expect(JSON.parse(json.out)).toMatchObject({
      status: 'healthy',
      entries: { kinds: { page: { entries: 1 } } },
    });
  });

  it('raises alerts where the settings of the site say', async () => {
    const alertsOf = async (env: Record<string, string>) =>
      JSON.parse((await run(['metrics', '--json'], env)).out).alerts.map(
        ({ name }: { name: string }) => name,
      );
    expect(await alertsOf({})).not.toContain('connections');
    expect(await alertsOf({ ALERT_CONNECTIONS: '1' })).toContain('connections');
  });

  it('sees the processes of the site, and itself not among them', async () => {
    await site.cache.get('page', 'b/en');
    const { out } = await run(['stats', '--json']);
    const reports = JSON.parse(out) as { pid: number }[];
    expect(reports.map(({ pid }) => pid)).toEqual([process.pid]);
  });

  it('invalidates, waits for the site, and is in the audit trail', async () => {
    await store(site.cache, 'page', 'b/en/reports/a', ['t']);
    const { code, out, err } = await run(['invalidate', '--tag', 't', '--wait', '--json']);
    expect([code, JSON.parse(out)]).toEqual([
      0,
      expect.objectContaining({ pending: false, applied: { applied: true, processes: 1, waitingFor: [] } }),
    ]);
    expect((await site.cache.get('page', 'b/en/reports/a')).reason).toBe('expired-tag');
    expect((await site.operations.audit.last(1))[0]?.who).toMatch(/^shell:/);
    // What a machine reads stays apart.
    expect(JSON.parse(err)).toMatchObject({
      audit: { who: expect.stringMatching(/^shell:/), asked: { tags: ['t'] } },
    });
    const tags = await run(['tags', '--json']);
    expect(JSON.parse(tags.out)).toMatchObject([{ tag: 't', state: 'expired' }]);
  });

  it('finds and shows entries', async () => {
    await store(site.cache, 'page', 'b/en/reports/a', ['reports']);
    await store(site.cache, 'prisma', 'secret');
    const found = await run(['inspect', '--text', 'reports', '--json']);
    expect(JSON.parse(found.out).entries).toMatchObject([{ id: 'page:b/en/reports/a', reason: 'fresh' }]);
    const one = await run(['inspect', 'page:b/en/reports/a']);
    expect(one.out).toMatch(/usable +yes: fresh[\s\S]*tags +reports/);
    expect((await run(['inspect', 'prisma:secret'])).out).not.toContain('xxxx');
    expect((await run(['inspect', 'page:absent'])).code).toBe(1);
  });

  it('clears one kind only when it may, below its own prefix only, and no session', async () => {
    await store(site.cache, 'page', 'b/en');
    await store(site.cache, 'prisma', 'q');
    await server.command('SET', 'other:e:page:x', '1');
    await server.command('SET', 'tbi-sess:{auth}:s:abc', '1');
    expect((await run(['clear', 'page'])).code).toBe(1);
    expect((await site.cache.get('page', 'b/en')).reason).toBe('fresh');
    const cleared = await run(['clear', 'page', '--yes', '--json']);
    expect(JSON.parse(cleared.out)).toMatchObject({ removed: 1, sessions: 0 });
    expect((await site.cache.get('page', 'b/en')).entry).toBeNull();
    expect((await site.cache.get('prisma', 'q')).reason).toBe('fresh');
    await run(['clear', '--yes']);
    expect((await site.cache.get('prisma', 'q')).entry).toBeNull();
    expect(await server.command('EXISTS', 'other:e:page:x', 'tbi-sess:{auth}:s:abc')).toBe(2);
    const sessions = await run(['clear', 'sessions', '--yes', '--json']);
    expect(JSON.parse(sessions.out)).toMatchObject({ sessions: 1, position: null });
    const [ended] = await site.operations.audit.last(1);
    expect([ended?.who, ended?.asked.kinds]).toEqual([expect.stringMatching(/^shell:/), ['sessions']]);
    expect(sessions.err).toContain('"kinds":["sessions"]');
    expect(await server.command('EXISTS', 'other:e:page:x', 'tbi-sess:{auth}:s:abc')).toBe(1);
  });

  it('shows invalidations as they happen', async () => {
    const monitoring = run(['monitor', '--limit', '1', '--tag', 'wanted', '--json']);
    const timer = setInterval(() => void site.cache.invalidate(['wanted']), 200);
    const { code, out } = await monitoring;
    clearInterval(timer);
    expect([code, JSON.parse(out)]).toEqual([
      0,
      expect.objectContaining({ mode: 'expire', tags: ['wanted'] }),
    ]);
  });

  it('examines a server and names a cure for what is wrong', async () => {
    await server.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    await server.command('ACL', 'SETUSER', 'few', 'on', '>pass', '~test:*', '+@all', '-xadd');
    const well = await run(['doctor', '--json']);
    const findings = JSON.parse(well.out) as { check: string; level: string; cure: string | null }[];
    expect(findings.find(({ check }) => check === 'eviction policy')?.cure).toMatch(/volatile-lru/);
    const few = await run(['doctor', '--json'], {
      REDIS_URL: urlAs(server.url, { name: 'few', password: 'pass' }),
    });
    const permissions = (JSON.parse(few.out) as typeof findings).find(({ check }) => check === 'permissions');
    expect([few.code, permissions?.level, permissions?.cure]).toEqual([
      1,
      'problem',
      expect.stringContaining('+xadd'),
    ]);
    await server.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
  });

  it('ends with a code that scripts can use, and a sentence', async () => {
    expect((await run(['nonsense'])).code).toBe(2);
    expect((await run(['stats', '--nonsense'])).code).toBe(2);
    expect((await run(['invalidate', '--tag', 'a*'])).err).toMatch(/no wildcard/);
    expect((await run(['clear', 'everything', '--yes'])).err).toMatch(/There is no kind "everything"/);
    // Names that every object has.
    const inherited = await run(['constructor']);
    expect([inherited.code, inherited.err]).toEqual([2, expect.stringMatching(/no command "constructor"/)]);
    expect((await run(['clear', 'constructor', '--yes'])).err).toMatch(/There is no kind "constructor"/);
    const away = { REDIS_URL: redisAt(await findFreePort()).url };
    const stats = await run(['stats'], away);
    expect([stats.code, stats.err]).toEqual([3, expect.stringMatching(/Nothing listens/)]);
    expect((await run(['health'], away)).code).toBe(1);
    const none = await run(['health'], { REDIS_URL: '' });
    expect([none.code, none.err]).toEqual([2, expect.stringMatching(/No Redis is configured/)]);
  });
});
