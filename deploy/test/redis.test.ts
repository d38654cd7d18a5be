import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import {
  type ConfiguredRedis,
  createTemporaryFolder,
  findFreePort,
  poll,
  requireSource,
  SYSTEMD,
  sendRedisCommand,
  sleep,
  startConfiguredRedis,
  startRedis,
  type TemporaryFolder,
} from '@tbi/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderAcl, USERS } from '../redis/acl.mjs';

const folder = join(import.meta.dirname, '..', 'redis');
const services = join(import.meta.dirname, '..', '..', 'services');
const run = promisify(execFile);

let root: TemporaryFolder;
let passwords: Record<string, string>;
let ca: string;
const servers: ConfiguredRedis[] = [];
const ports = { cache: 0, sessions: 0 };

const install = (...args: string[]) => run(join(folder, 'install-redis.sh'), ['--root', root.path, ...args]);
const etc = (...names: string[]) => join(root.path, 'etc', 'tbi-redis', ...names);

/** A file that was installed below the root, made to find the others there. */
async function relocate(name: 'cache' | 'sessions') {
  ports[name] = await findFreePort();
  for (const file of [etc('common.conf'), etc(`${name}.conf`)]) {
    const text = await readFile(file, 'utf8');
    const moved = text
      .replaceAll(/(?<=\s)\/etc\/tbi-redis/g, etc())
      .replaceAll(/\/(var\/lib|run)\/tbi-redis\S*/g, root.path)
      .replace(/^tls-port .*/m, `tls-port ${ports[name]}`)
      .replace('appendonly yes', 'appendonly yes\nappendfilename sessions.aof');
    await writeFile(file, moved);
  }
  servers.push(await startConfiguredRedis(etc(`${name}.conf`), ports[name]));
}

beforeAll(async () => {
  root = await createTemporaryFolder('redis-root');
  await install();
  const text = await readFile(etc('passwords.env'), 'utf8');
  passwords = Object.fromEntries(
    [...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name.toLowerCase().replaceAll('_', '-'),
      value,
    ]),
  );
  ca = await readFile(etc('tls', 'ca.crt'), 'utf8');
  await relocate('cache');
  await relocate('sessions');
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await root?.remove();
});

const as =
  (username: string, name: 'cache' | 'sessions' = 'cache') =>
  (...args: string[]) =>
    sendRedisCommand({ port: ports[name], username, password: passwords[username], tlsCa: ca }, args);

async function refusalOf(sent: Promise<unknown>): Promise<string> {
  return sent.then(
    (reply) => `answered ${JSON.stringify(reply)}`,
    (error: Error) => error.message,
  );
}

/** One line over TLS, as somebody without a client would send it. */
function say(line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: ports.cache, host: '127.0.0.1', ca });
    socket.once('secureConnect', () => socket.write(`${line}\r\n`));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString());
    });
    socket.once('error', reject);
  });
}

describe('a Redis as it is installed', () => {
  it('speaks TLS only, with the certificate of its own authority', async () => {
    expect(await as('tbi-cache')('PING')).toBe('PONG');
    expect(await refusalOf(sendRedisCommand({ port: ports.cache }, ['PING']))).toMatch(/closed|ECONNRESET/i);
    const stranger = await startRedis({ tls: true });
    const foreign = { port: ports.cache, tlsCa: stranger.tlsCa };
    expect(await refusalOf(sendRedisCommand(foreign, ['PING']))).not.toMatch(/answered/);
    await stranger.stop();
  });

  it('knows nobody who does not say who they are, nor a wrong password', async () => {
    expect(await say('PING')).toMatch(/^-NOAUTH/);
    expect(await say('AUTH tbi-cache guessed')).toMatch(/^-WRONGPASS/);
    expect(await say('AUTH default x')).toMatch(/^-WRONGPASS/);
    expect(await say('AUTH x')).toMatch(/^-WRONGPASS/);
  });

  it.each([
    'FLUSHALL',
    'FLUSHDB',
    'KEYS *',
    'CONFIG GET *',
    'DEBUG SLEEP 0',
    'SHUTDOWN',
    'SCRIPT FLUSH',
    'ACL LIST',
    'CLIENT LIST',
    'MONITOR',
    'SWAPDB 0 1',
    'SUBSCRIBE c',
    'FUNCTION LIST',
    'MODULE LIST',
    'REPLICAOF NO ONE',
  ])('refuses the users of the site %s', async (command) => {
    for (const user of ['tbi-cache', 'tbi-sessions', 'tbi-metrics'])
      expect(await refusalOf(as(user)(...command.split(' '))), user).toMatch(
        /NOPERM|not allowed|unknown command/,
      );
  });

  it('keeps users to their own keys, in scripts too', async () => {
    await as('tbi-cache')('SET', 'tbi:k', 'v');
    await as('tbi-sessions', 'sessions')('SET', 'tbi-sess:k', 'v');
    const read = "return redis.call('GET', KEYS[1])";
    expect(await as('tbi-cache')('EVAL', read, '1', 'tbi:k')).toBe('v');
    for (const [user, key] of [
      ['tbi-cache', 'tbi-sess:k'],
      ['tbi-sessions', 'tbi:k'],
      ['tbi-metrics', 'tbi:k'],
    ] as const) {
      expect(await refusalOf(as(user)('GET', key)), user).toMatch(/NOPERM/);
      expect(await refusalOf(as(user)('EVAL', read, '1', key)), user).toMatch(/NOPERM/);
    }
  });

  it('has the sessions again after a crash, those that scripts wrote too', async () => {
    const sessions = as('tbi-sessions', 'sessions');
    const script = "redis.call('HSET', KEYS[1], 'a', '1') return redis.call('PEXPIRE', KEYS[1], 60000)";
    await sessions('EVAL', script, '1', 'tbi-sess:scripted');
    await sessions('SET', 'tbi-sess:plain', 'v');
    // What is written reaches the disk each second.
    await sleep(1_500);
    const [, server] = servers;
    await server?.stop();
    servers[1] = await startConfiguredRedis(etc('sessions.conf'), ports.sessions);
    await poll(async () => (await sessions('GET', 'tbi-sess:plain')) === 'v');
    expect(await sessions('HGET', 'tbi-sess:scripted', 'a')).toBe('1');
  });

  it('lets a monitor read numbers', async () => {
    expect(await as('tbi-metrics')('INFO', 'memory')).toMatch(/used_memory:/);
    expect(await as('tbi-metrics')('DBSIZE')).toBeTypeOf('number');
  });

  it('has no password in its list of users', async () => {
    const text = await readFile(etc('users.acl'), 'utf8');
    for (const password of Object.values(passwords)) expect(text).not.toContain(password);
    expect(Object.keys(passwords)).toHaveLength(6);
  });

  it.each(['cache', 'sessions'] as const)('treats memory and disk as in development: %s', async (name) => {
    const development = await startRedis({ include: [join(services, `redis-${name}.conf`)] });
    const settings = ['maxmemory-policy', 'appendonly', 'appendfsync', 'save', 'lazyfree-lazy-eviction'];
    for (const setting of settings) {
      expect(await as('tbi-admin', name)('CONFIG', 'GET', setting)).toEqual(
        await development.command('CONFIG', 'GET', setting),
      );
    }
    await development.stop();
  });

  it('can be reached by rediss:// and REDIS_TLS_CA, as .env has them', async () => {
    const client = new Redis(`rediss://tbi-cache:${passwords['tbi-cache']}@127.0.0.1:${ports.cache}`, {
      tls: { ca },
    });
    expect(await client.ping()).toBe('PONG');
    client.disconnect();
  });
});

describe('install-redis.sh', () => {
  it('does nothing the second time, and keeps passwords and certificates', async () => {
    const fresh = await createTemporaryFolder('redis-root');
    const script = join(folder, 'install-redis.sh');
    const before = await run(script, ['--root', fresh.path]);
    const file = join(fresh.path, 'etc', 'tbi-redis', 'passwords.env');
    const kept = await readFile(file, 'utf8');
    const { stdout } = await run(script, ['--root', fresh.path]);
    expect(before.stdout).toMatch(/make an authority/);
    expect(stdout).toMatch(/^nothing to do/);
    expect(await readFile(file, 'utf8')).toBe(kept);
    const { stdout: changed } = await run(script, ['--root', fresh.path, '--cache-memory', '2gb']);
    expect(changed.split('\n')[0]).toMatch(/^write .*cache\.conf$/);
    await fresh.remove();
  });

  it('only says what it would do in a dry run', async () => {
    const fresh = await createTemporaryFolder('redis-root');
    const { stdout } = await run(join(folder, 'install-redis.sh'), ['--dry-run', '--root', fresh.path]);
    expect(
      stdout
        .split('\n')
        .filter(Boolean)
        .every((line) => line.startsWith('would: ')),
    ).toBe(true);
    expect(stdout).toMatch(/would: write .*users\.acl/);
    await expect(readFile(join(fresh.path, 'etc', 'tbi-redis', 'common.conf'))).rejects.toThrow(/ENOENT/);
    await fresh.remove();
  });

  it.each([
    ['cache sessions', true],
    ['cache', false],
    ['sessions', false],
    ['', false],
  ])('counts the servers as running only when both do: %s', async (running, expected) => {
    const text = await readFile(join(folder, 'install-redis.sh'), 'utf8');
    const [check = 'exit 9'] = /^ *both_run\(\) .*$/m.exec(text) ?? [];
    // As systemd answers: well when at least one of those that were named is active.
    const systemctl = `systemctl() { shift 2; for one; do case " ${running} " in *" \${one#*@} "*) return 0;; esac; done; return 3; }`;
    const { stdout } = await run('bash', [
      '-c',
      `${systemctl}\n${check}\nif both_run; then echo yes; else echo no; fi`,
    ]);
    expect(stdout.trim()).toBe(expected ? 'yes' : 'no');
  });

  it('refuses what it does not know, and sizes that are none', async () => {
    await expect(install('--force')).rejects.toThrow(/unknown argument --force/);
    await expect(install('--cache-memory', '2; reboot')).rejects.toThrow(/is no size/);
  });
});

describe('the list of users', () => {
  it('takes no prefix that is a pattern, no unknown user, no short password', () => {
    const password = 'x'.repeat(32);
    expect(() => renderAcl({ 'tbi-cache': password }, { cachePrefix: '*' })).toThrow(/cannot begin keys/);
    expect(() => renderAcl({ nobody: password })).toThrow(/no such user: nobody/);
    expect(() => renderAcl({ 'tbi-cache': 'short' })).toThrow(/shorter than 16/);
    expect(renderAcl({ 'tbi-cache': password })).toMatch(/^user default off /);
  });
});

describe('who keeps sessions', () => {
  it('may do what the documentation of sessions says is needed', async () => {
    const docs = await readFile(join(folder, '..', '..', 'docs', 'sessions.md'), 'utf8');
    const [, listed = ''] = /```\n~tbi-sess:\* ([^`]+)```/.exec(docs) ?? [];
    const needed = listed.split(/\s+/).filter(Boolean);
    expect(needed.length).toBeGreaterThan(20);
    const granted = USERS['tbi-sessions']?.commands.map((command) => `+${command}`);
    expect(needed.filter((command) => !granted?.includes(command))).toEqual([]);
  });
});

describe('the unit', () => {
  it('is rated 2.0 or better by systemd-analyze', async () => {
    const source = await requireSource(SYSTEMD);
    const analyze = source.kind === 'program' ? source.path : '';
    const unit = join(folder, 'tbi-redis@.service');
    // Exposure in tenths: it fails above the threshold.
    const { stdout } = await run(analyze, [
      'security',
      '--offline=true',
      '--threshold=20',
      '--no-pager',
      unit,
    ]);
    expect(Number(/Overall exposure level[^:]*: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThanOrEqual(2);
  });
});
