import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readEnv, redisEnv, type Source } from '../src/index.ts';
import { problemsOf } from './problems.ts';

const presets = { redis: redisEnv };
const read = (source: Source) => readEnv(presets, source).redis;
const refused = (source: Source) => problemsOf(presets, source).variables;
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

describe('a Redis of its own', () => {
  it('is read from a URL', () => {
    expect(read({ REDIS_URL: 'redis://localhost' }).redis).toEqual({
      mode: 'standalone',
      host: 'localhost',
      port: 6379,
      db: 0,
      keyPrefix: undefined,
      commandTimeoutMs: 150,
    });
  });

  it('has its user, password and database in the URL, decoded', () => {
    const { redis } = read({ REDIS_URL: 'rediss://me:p%40ss%3A@[::1]:7000/3' });
    expect(redis).toMatchObject({
      host: '::1',
      port: 7000,
      db: 3,
      username: 'me',
      password: 'p@ss:',
      tls: {},
    });
  });

  it('takes its password from beside the URL', () => {
    expect(read({ REDIS_URL: 'redis://host', REDIS_PASSWORD: 'p' }).redis).toMatchObject({ password: 'p' });
  });

  it.each([
    'localhost:6379',
    'http://localhost',
    'redis://',
    'redis://h/x',
    'redis://h:99999',
    'redis://:%@h',
  ])('is refused as %s', (url) => {
    expect(refused({ REDIS_URL: url })).toEqual(['REDIS_URL']);
  });

  it('is refused with two different passwords', () => {
    expect(refused({ REDIS_URL: 'redis://:a@host', REDIS_PASSWORD: 'b' })).toEqual(['REDIS_PASSWORD']);
    expect(read({ REDIS_URL: 'redis://:a@host', REDIS_PASSWORD: 'a' }).redis).toMatchObject({
      password: 'a',
    });
  });
});

describe('Sentinel and Cluster', () => {
  it('are read from lists', () => {
    const sentinels = read({
      REDIS_SENTINELS: 'a:1, b',
      REDIS_SENTINEL_NAME: 'main',
      REDIS_PASSWORD: 'p',
    });
    expect(sentinels.redis).toEqual({
      mode: 'sentinel',
      name: 'main',
      sentinels: [
        { host: 'a', port: 1 },
        { host: 'b', port: 26379 },
      ],
      password: 'p',
      keyPrefix: undefined,
      commandTimeoutMs: 150,
    });
    expect(read({ REDIS_CLUSTER_NODES: 'rediss://a,rediss://b:2' }).redis).toMatchObject({
      mode: 'cluster',
      nodes: [
        { host: 'a', port: 6379 },
        { host: 'b', port: 2 },
      ],
      tls: {},
    });
  });

  it('have the user that is named beside them; so has a URL without one, and never the sessions', () => {
    const named = { REDIS_USERNAME: 'site', REDIS_PASSWORD: 'p' };
    const sentinels = { REDIS_SENTINELS: 'a:1', REDIS_SENTINEL_NAME: 'main' };
    for (const target of [sentinels, { REDIS_CLUSTER_NODES: 'a:1' }, { REDIS_URL: 'redis://a' }]) {
      expect(read({ ...named, ...target }).redis).toMatchObject({ username: 'site' });
    }
    const both = read({ ...named, REDIS_URL: 'redis://other:p@a', REDIS_SESSIONS_URL: 'redis://b' });
    expect(both.redis).toMatchObject({ username: 'other' });
    expect(both.sessions).not.toHaveProperty('username');
  });

  it('need both halves of Sentinel', () => {
    expect(refused({ REDIS_SENTINELS: 'a:1' })).toEqual(['REDIS_SENTINEL_NAME']);
    expect(refused({ REDIS_SENTINEL_NAME: 'main' })).toEqual(['REDIS_SENTINELS']);
  });

  it('exclude each other and a URL', () => {
    expect(refused({ REDIS_URL: 'redis://a', REDIS_CLUSTER_NODES: 'b:1' })).toEqual([
      'REDIS_URL, REDIS_CLUSTER_NODES',
    ]);
  });

  it.each(['a:b', ',', 'a:1,rediss://b:2', 'user:secret@a:1', 'a/1'])('refuse the list %s', (list) => {
    expect(refused({ REDIS_CLUSTER_NODES: list })).toEqual(['REDIS_CLUSTER_NODES']);
  });
});

describe('sessions', () => {
  it('share the Redis of the cache under a prefix of their own', () => {
    const { redis, sessions } = read({ REDIS_URL: 'redis://:p@host' });
    expect(sessions).toEqual({ ...redis, keyPrefix: 'tbi-sess:' });
  });

  it('have a Redis of their own, which never gets the password of the cache', () => {
    const { redis, sessions } = read({
      REDIS_URL: 'redis://cache',
      REDIS_PASSWORD: 'p',
      REDIS_SESSIONS_URL: 'redis://sessions:1',
    });
    expect(redis).toMatchObject({ host: 'cache', password: 'p' });
    expect(sessions).toEqual({
      mode: 'standalone',
      host: 'sessions',
      port: 1,
      db: 0,
      keyPrefix: 'tbi-sess:',
      commandTimeoutMs: 150,
    });
  });

  it('need a prefix that is not part of the other', () => {
    const variables = ['REDIS_KEY_PREFIX, REDIS_SESSIONS_PREFIX'];
    expect(refused({ REDIS_KEY_PREFIX: 'a:', REDIS_SESSIONS_PREFIX: 'a:' })).toEqual(variables);
    expect(refused({ REDIS_KEY_PREFIX: 'a:', REDIS_SESSIONS_PREFIX: 'a:s:' })).toEqual(variables);
    expect(refused({ REDIS_KEY_PREFIX: 'a:s:', REDIS_SESSIONS_PREFIX: 'a:' })).toEqual(variables);
    // Unset, the cache's prefix is tbi: and the name of the app.
    expect(refused({ REDIS_SESSIONS_PREFIX: 'tbi:' })).toEqual(variables);
    expect(read({ REDIS_SESSIONS_PREFIX: 'tbi:sess:' }).sessions).toBeNull();
  });
});

describe('REDIS_TLS_CA', () => {
  it('is PEM text or the path of a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    const path = join(folder, 'ca.pem');
    writeFileSync(path, PEM);
    for (const ca of [PEM, PEM.replaceAll('\n', '\\n'), path]) {
      expect(read({ REDIS_URL: 'rediss://a', REDIS_TLS_CA: ca }).redis?.tls).toEqual({ ca: PEM });
    }
    rmSync(folder, { recursive: true });
  });

  it('is refused when the file is missing or holds something else', () => {
    const missing = problemsOf(presets, { REDIS_URL: 'rediss://a', REDIS_TLS_CA: '/nowhere/ca.pem' });
    expect(missing.variables).toEqual(['REDIS_TLS_CA']);
    expect(missing.message).toContain('a file that cannot be read');
    const other = fileURLToPath(new URL('../package.json', import.meta.url));
    expect(refused({ REDIS_URL: 'rediss://a', REDIS_TLS_CA: other })).toEqual(['REDIS_TLS_CA']);
  });

  it('contradicts a Redis without TLS', () => {
    expect(refused({ REDIS_URL: 'redis://a', REDIS_TLS_CA: PEM })).toEqual(['REDIS_TLS_CA']);
  });
});
