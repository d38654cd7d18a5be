import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  authEnv,
  cacheEnv,
  databaseEnv,
  mailEnv,
  operationsEnv,
  prismaCacheEnv,
  readEnv,
  redisEnv,
  serverEnv,
} from '@tbi/env';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../lib/root.mjs';

interface ComposeService {
  readonly profiles?: readonly string[];
  readonly image: string;
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly environment: Readonly<Record<string, string | number>>;
  readonly env_file?: readonly { readonly path: string; readonly required: boolean }[];
  readonly mem_limit?: string;
  readonly healthcheck?: { readonly test: readonly string[] };
}

const text = await readFile(join(root, 'docker-compose.yml'), 'utf8');
const compose: {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
} = parse(text);
const example = await readFile(join(root, '.env.example'), 'utf8');
const all = Object.entries(compose.services);
/** What runs without a profile: the servers for development. */
const services = all.filter(([, { profiles }]) => profiles === undefined);

test('there is a Redis for the cache, one for sessions, and MySQL', () => {
  expect(services.map(([name]) => name)).toEqual(['redis', 'redis-sessions', 'mysql']);
  expect(compose.services.redis?.volumes).toContainEqual(
    expect.stringContaining('services/redis-cache.conf'),
  );
  expect(compose.services['redis-sessions']?.volumes).toContainEqual(
    expect.stringContaining('services/redis-sessions.conf'),
  );
});

test.each(services)('%s has a pinned image, a limit, a health check and a named volume', (_name, service) => {
  expect(service.image).toMatch(/:\d+\.\d+\.\d+/);
  expect(service.mem_limit).toMatch(/^\d+[mg]$/);
  expect(service.healthcheck?.test.length).toBeGreaterThan(1);
  const named = service.volumes
    .map((volume) => volume.split(':')[0] ?? '')
    .filter((name) => !name.startsWith('.'));
  expect(named).toHaveLength(1);
  expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
});

test.each(services)('%s is reachable from this machine only', (_name, service) => {
  expect(service.ports.length).toBeGreaterThan(0);
  for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
});

test.each(services)('every password of %s comes from .env and is demanded', (_name, service) => {
  const passwords = Object.entries(service.environment).filter(([name]) => name.includes('PASSWORD'));
  expect(passwords.length).toBeGreaterThan(0);
  for (const [, value] of passwords) {
    const variable = /^\$\{(\w+):\?[^}]+\}$/.exec(String(value))?.[1];
    expect(variable, String(value)).toBeDefined();
    expect(example).toContain(`${variable}=`);
  }
});

const demandedIn = (part: string) => [...part.matchAll(/\$\{(\w+):?\?/g)].map(([, name = '']) => name);

test('nothing is demanded anywhere but what the servers for development need: Compose reads the whole file', () => {
  const needed = demandedIn(JSON.stringify(services));
  expect(new Set(needed).size).toBe(4);
  expect(demandedIn(text).filter((name) => !needed.includes(name))).toEqual([]);
  // One without a default is a warning each time.
  expect(text.match(/(?<!\$)\$(\w+|\{\w+\})/g)).toBeNull();
});

describe('the site in its container', () => {
  const { environment, env_file: files } = compose.services.web ?? { environment: {} };

  /** What the container gets, with these variables in `.env`: what Compose itself sets wins. */
  function inContainer(dotenv: Readonly<Record<string, string>>): Record<string, string> {
    const fill = (value: string) =>
      value.replaceAll(/\$\{(\w+):[-?]([^}]*)\}/g, (_, name: string, other: string) => dotenv[name] || other);
    const own = Object.entries(environment).map(([name, value]) => [name, fill(String(value))]);
    return { ...dotenv, ...Object.fromEntries(own) };
  }

  const read = (dotenv: Readonly<Record<string, string>>) =>
    readEnv(
      {
        auth: authEnv,
        cache: cacheEnv,
        database: databaseEnv,
        mail: mailEnv,
        operations: operationsEnv,
        prismaCache: prismaCacheEnv,
        redis: redisEnv,
        server: serverEnv,
      },
      inContainer(dotenv),
    );

  const needed = {
    SITE_HOST: 'reports.example.com',
    NEXTAUTH_SECRET: 'a secret of the site',
    REDIS_PASSWORD: 'of-the-cache',
    REDIS_SESSIONS_PASSWORD: 'of-sessions',
    MYSQL_PASSWORD: 'of-mysql',
    MYSQL_ROOT_PASSWORD: 'unneeded-root',
  };
  /** What is right on the machine itself. */
  const machine = {
    NODE_ENV: 'development',
    NEXTAUTH_URL: 'http://localhost:3000',
    PORT: '4000',
    BIND_ADDRESS: '127.0.0.1',
    DATABASE_URL: 'mysql://tbi:of-mysql@127.0.0.1:3306/tbi',
    BUILD_DATABASE_URL: 'mysql://tbi:unneeded-build@127.0.0.1:3306/build',
    REDIS_URL: 'rediss://tbi-cache:other@127.0.0.1:6379',
    REDIS_USERNAME: 'tbi-cache',
    REDIS_SENTINELS: '127.0.0.1:26379',
    REDIS_SENTINEL_NAME: 'mymaster',
    REDIS_CLUSTER_NODES: '127.0.0.1:7000',
    REDIS_TLS_CA: '/etc/tbi-redis/tls/ca.crt',
    REDIS_SESSIONS_URL: 'rediss://tbi-sessions:other@127.0.0.1:6380',
    CACHE_SPOOL_DIR: '/srv/tbi/spool',
    CACHE_DEBUG_FILE: '/var/log/tbi/REDISLOG.md',
    ADMIN_PASSWORD: 'unneeded-admin',
  };
  /** What is the same wherever the site runs. */
  const everywhere = {
    USE_REDIS_SESSIONS: 'true',
    OPS_TOKEN: 'a token of operators',
    SMTP_URL: 'smtp://mail.example.com:587',
    SMTP_FROM: 'accounts@example.com',
    ENABLE_PRISMA_CACHE: 'true',
    REDIS_KEY_PREFIX: 'shop:',
  };

  test('has what .env sets, and none of what is right on the machine only', () => {
    expect(files).toEqual([{ path: '.env', required: false }]);
    const env = read({ ...needed, ...machine, ...everywhere });
    expect(env).toMatchObject({
      auth: { url: 'https://reports.example.com', secret: needed.NEXTAUTH_SECRET, redisSessions: true },
      cache: { spoolFolder: '/var/spool/tbi', debugLog: { path: '/var/spool/tbi/REDISLOG.md' } },
      database: { url: 'mysql://tbi:of-mysql@mysql:3306/tbi', buildUrl: undefined },
      mail: { url: everywhere.SMTP_URL },
      operations: { token: everywhere.OPS_TOKEN },
      prismaCache: { enabled: true },
      server: { port: 3000, bindAddress: '0.0.0.0' },
    });
    const { redis, sessions } = env.redis;
    expect(redis).toMatchObject({ host: 'redis', port: 6379, password: 'of-the-cache', keyPrefix: 'shop:' });
    expect(sessions).toMatchObject({ host: 'redis-sessions', port: 6379, password: 'of-sessions' });
    expect([redis, sessions].flatMap((one) => Object.keys(one ?? {}))).not.toContain('username');
    expect([redis, sessions].flatMap((one) => Object.keys(one ?? {}))).not.toContain('tls');
    expect(inContainer({ ...needed, ...machine }).NODE_ENV).toBe('production');
  });

  test('has no secret that it does not need', () => {
    const secrets = Object.values(inContainer({ ...needed, ...machine }));
    expect(secrets.filter((value) => value.includes('unneeded'))).toEqual([]);
  });

  test('does not start without an address and a secret, and names both', () => {
    const { SITE_HOST: _host, NEXTAUTH_SECRET: _secret, ...rest } = needed;
    expect(() => read({ ...rest, ...machine })).toThrow(/NEXTAUTH_URL: .*NEXTAUTH_SECRET: /s);
  });

  test('every variable of .env.example is either set by Compose or the same in a container', () => {
    const same = [
      ...['USE_REDIS_SESSIONS', 'SESSION_.*', 'SMTP_.*', 'GOOGLE_.*', 'ADMIN_EMAIL'],
      ...['REDIS_KEY_PREFIX', 'REDIS_SESSIONS_PREFIX', 'REDIS_COMMAND_TIMEOUT_MS'],
      ...['CACHE_TTL', 'CACHE_L1_MAX_BYTES', 'CACHE_DEBUG_MAX_BYTES', 'DEBUG_CACHE_HANDLER'],
      ...['ENABLE_PRISMA_CACHE', 'PRISMA_CACHE_TTL', 'OPS_TOKEN', 'LOG_LEVEL', 'ALERT_.*'],
      ...['DEPLOY_.*', 'SITE_HOST', 'TLS_DIR'],
    ];
    const isSame = (name: string) => new RegExp(`^(${same.join('|')})$`).test(name);
    const names = [...example.matchAll(/^# ([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name);
    expect(names.filter((name) => !(name in environment) && !isSame(name))).toEqual([]);
  });
});
