import { describe, expect, it } from 'vitest';
import { authEnv, DEVELOPMENT_SECRET, readEnv } from '../src/index.ts';
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
