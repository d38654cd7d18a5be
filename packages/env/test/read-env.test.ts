import { describe, expect, it } from 'vitest';
import { authEnv, cacheEnv, databaseEnv, readEnv, redisEnv, serverEnv, servicesEnv } from '../src/index.ts';
import { problemsOf } from './problems.ts';

describe('readEnv', () => {
  it('needs nothing in development', () => {
    const env = readEnv({ auth: authEnv, cache: cacheEnv, database: databaseEnv, redis: redisEnv }, {});
    expect(env.redis).toEqual({ redis: null, sessions: null });
    const debugLog = { path: 'REDISLOG.md', maxBytes: 10_485_760 };
    expect(env.cache).toEqual({ defaultTtlMs: 3_600_000, l1MaxBytes: 67_108_864, debug: false, debugLog });
    expect(env.database).toEqual({ url: undefined, buildUrl: undefined });
    expect(env.auth.redisSessions).toBe(false);
  });

  it('takes an empty variable for an unset one', () => {
    expect(readEnv({ server: serverEnv }, { PORT: '' }).server.port).toBe(3000);
    expect(readEnv({ redis: redisEnv }, { REDIS_URL: '' }).redis.redis).toBeNull();
  });

  it('lists the problems of all presets in one error', () => {
    const source = { CACHE_TTL: '1h', PORT: '0', DATABASE_URL: 'postgres://db', REDIS_SENTINELS: 'a:1' };
    const { message, variables, code } = problemsOf(
      { cache: cacheEnv, database: databaseEnv, redis: redisEnv, server: serverEnv },
      source,
    );
    expect(code).toBe('ERR_ENV');
    expect(variables).toEqual(['CACHE_TTL', 'DATABASE_URL', 'REDIS_SENTINEL_NAME', 'PORT']);
    expect(message).toContain('The environment has 4 problems:');
    expect(message).toContain('CACHE_TTL: expected a whole number of seconds');
    expect(message).toContain('for example mysql://user:password@localhost:3306/tbi');
  });

  it('tells a problem once when two presets share the variable', () => {
    const source = { REDIS_SESSIONS_URL: 'localhost' };
    expect(problemsOf({ again: redisEnv, redis: redisEnv }, source).variables).toEqual([
      'REDIS_SESSIONS_URL',
    ]);
  });

  it('tells contradictions even when another variable of the preset is malformed', () => {
    const source = { REDIS_COMMAND_TIMEOUT_MS: 'fast', REDIS_SENTINELS: 'a:1' };
    expect(problemsOf({ redis: redisEnv }, source).variables).toEqual([
      'REDIS_COMMAND_TIMEOUT_MS',
      'REDIS_SENTINEL_NAME',
    ]);
  });

  it('never repeats a value', () => {
    const canary = 'canary-6f1c';
    const source = {
      CACHE_TTL: canary,
      DATABASE_URL: `postgres://root:${canary}@db/${canary}`,
      BUILD_DATABASE_URL: canary,
      DEBUG_CACHE_HANDLER: canary,
      NEXTAUTH_URL: `ftp://${canary}`,
      REDIS_URL: `http://:${canary}@host`,
      REDIS_SESSIONS_URL: `redis://:${canary}@host/${canary}`,
      REDIS_CLUSTER_NODES: `user:${canary}@node:1`,
      REDIS_KEY_PREFIX: `${canary} *`,
      REDIS_TLS_CA: `/${canary}.pem`,
      PORT: canary,
    };
    const presets = {
      auth: authEnv,
      cache: cacheEnv,
      database: databaseEnv,
      redis: redisEnv,
      server: serverEnv,
    };
    const { message, variables, inspected } = problemsOf(presets, source);
    expect(variables.sort()).toEqual(Object.keys(source).sort());
    expect(message).not.toContain(canary);
    expect(inspected).not.toContain(canary);
  });

  it('reads the switches in the usual spellings', () => {
    for (const [written, debug] of [
      ['true', true],
      ['1', true],
      ['ON', true],
      ['false', false],
      ['0', false],
    ] as const) {
      expect(readEnv({ cache: cacheEnv }, { DEBUG_CACHE_HANDLER: written }).cache.debug).toBe(debug);
    }
  });

  it('gives the passwords of local servers', () => {
    const { services } = readEnv({ services: servicesEnv }, { MYSQL_PASSWORD: 'p', REDIS_PASSWORD: ' q ' });
    expect(services).toEqual({
      mysqlPassword: 'p',
      mysqlRootPassword: undefined,
      redisPassword: ' q ',
      redisSessionsPassword: undefined,
    });
  });
});
