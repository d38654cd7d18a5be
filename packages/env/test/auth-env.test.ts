import { describe, expect, it } from 'vitest';
import { authEnv, DEVELOPMENT_SECRET, googleEnv, mailEnv, readEnv } from '../src/index.ts';
import { problemsOf } from './problems.ts';

const presets = { auth: authEnv };

describe('NEXTAUTH_SECRET', () => {
  it('is stood in for in development', () => {
    expect(readEnv(presets, {}).auth.secret).toBe(DEVELOPMENT_SECRET);
  });

  it('is demanded in production, with the command that makes one', () => {
    const { message, variables } = problemsOf(presets, { NODE_ENV: 'production' });
    expect(variables).toEqual(['NEXTAUTH_SECRET']);
    expect(message).toContain('openssl rand -base64 32');
  });

  it('must not be the one that everybody knows in production', () => {
    const source = { NODE_ENV: 'production', NEXTAUTH_SECRET: DEVELOPMENT_SECRET };
    expect(problemsOf(presets, source).variables).toEqual(['NEXTAUTH_SECRET']);
  });

  it('is not demanded while the site is built', () => {
    const source = { NODE_ENV: 'production', NEXT_PHASE: 'phase-production-build' };
    expect(readEnv(presets, source).auth.secret).toBe(DEVELOPMENT_SECRET);
  });

  it('is reported once when it is too short', () => {
    const source = { NODE_ENV: 'production', NEXTAUTH_SECRET: 'short' };
    const { message, variables } = problemsOf(presets, source);
    expect(variables).toEqual(['NEXTAUTH_SECRET']);
    expect(message).toContain('at least 16 characters');
  });

  it('is passed on exactly as it is written', () => {
    const secret = ' with white space at both ends ';
    expect(readEnv(presets, { NODE_ENV: 'production', NEXTAUTH_SECRET: secret }).auth.secret).toBe(secret);
  });
});

describe('sessions in Redis', () => {
  const key = Buffer.alloc(32, 7).toString('base64');

  it('need a Redis, except while the site is built', () => {
    const { variables, message } = problemsOf(presets, { USE_REDIS_SESSIONS: 'true' });
    expect(variables).toEqual(['USE_REDIS_SESSIONS']);
    expect(message).toContain('REDIS_SESSIONS_URL');
    const source = { USE_REDIS_SESSIONS: 'true', REDIS_URL: 'redis://localhost' };
    expect(readEnv(presets, source).auth.redisSessions).toBe(true);
    const building = { USE_REDIS_SESSIONS: 'true', NEXT_PHASE: 'phase-production-build' };
    expect(readEnv(presets, building).auth.redisSessions).toBe(true);
  });

  it('take keys of 32 bytes, and `plain` as the last', () => {
    const keysOf = (value: string) => readEnv(presets, { SESSION_ENCRYPTION_KEYS: value }).auth.sessionKeys;
    expect(keysOf(`${key}, ${key},plain`)).toEqual([key, key, 'plain']);
    expect(readEnv(presets, {}).auth.sessionKeys).toEqual([]);
    for (const value of ['plain', `plain,${key}`, 'canary', `${key},canary`]) {
      const { variables, message } = problemsOf(presets, { SESSION_ENCRYPTION_KEYS: value });
      expect(variables).toEqual(['SESSION_ENCRYPTION_KEYS']);
      expect(message).not.toContain('canary');
    }
  });
});

describe('what goes together', () => {
  it('is a mail server and a sender', () => {
    expect(problemsOf({ mail: mailEnv }, { SMTP_URL: 'smtp://localhost' }).variables).toEqual(['SMTP_FROM']);
    const source = { SMTP_URL: 'smtp://localhost', SMTP_FROM: 'The Site <site@example.com>' };
    expect(readEnv({ mail: mailEnv }, source).mail).toEqual({ url: source.SMTP_URL, from: source.SMTP_FROM });
    expect(readEnv({ mail: mailEnv }, {}).mail).toBeNull();
    expect(problemsOf({ mail: mailEnv }, { SMTP_FROM: 'nobody' }).variables).toEqual(['SMTP_FROM']);
  });

  it('is both halves of a client of Google', () => {
    const google = { google: googleEnv };
    expect(problemsOf(google, { GOOGLE_CLIENT_ID: 'x' }).variables).toEqual(['GOOGLE_CLIENT_SECRET']);
    expect(problemsOf(google, { GOOGLE_CLIENT_SECRET: 'x' }).variables).toEqual(['GOOGLE_CLIENT_ID']);
    expect(readEnv(google, {}).google).toBeNull();
  });
});
