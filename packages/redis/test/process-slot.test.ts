import { afterEach, describe, expect, it } from 'vitest';
import { clearProcessSlot, fingerprint, processSlot, type RedisSettings, sharedRedis } from '../src/index.ts';
import { collectLog } from './collect-log.ts';

const settings: RedisSettings = { mode: 'standalone', host: '127.0.0.1', port: 1, db: 0, password: 'canary' };

describe('a process slot', () => {
  afterEach(() => clearProcessSlot('test'));

  it('holds what its first user made', () => {
    expect(processSlot('test', () => 1)).toBe(1);
    expect(processSlot('test', () => 2)).toBe(1);
    expect(Object.getOwnPropertySymbols(globalThis)).toContain(Symbol.for('@tbi/test'));
  });

  it('is empty after it was cleared', () => {
    processSlot('test', () => 1);
    clearProcessSlot('test');
    expect(processSlot('test', () => 2)).toBe(2);
  });
});

describe('a fingerprint', () => {
  it('depends on what the settings say, not on how they were built', () => {
    expect(fingerprint({ a: 1, b: { c: 2, d: [3] } })).toBe(fingerprint({ b: { d: [3], c: 2 }, a: 1 }));
    expect(fingerprint({ a: 1 })).not.toBe(fingerprint({ a: 2 }));
  });
});

describe('shared connections', () => {
  it('are one for equal settings until they are closed, and named without the password', async () => {
    const options = { name: 'test', log: collectLog().log };
    const pool = sharedRedis(settings, options);
    expect(sharedRedis({ ...settings }, options)).toBe(pool);
    expect(sharedRedis({ ...settings, db: 1 }, options)).not.toBe(pool);
    const names = Object.getOwnPropertySymbols(globalThis).map(String);
    expect(names.filter((name) => name.includes('@tbi/redis/'))).toHaveLength(2);
    expect(names.join()).not.toContain('canary');
    await pool.close();
    const next = sharedRedis(settings, options);
    expect(next).not.toBe(pool);
    await Promise.all([next.close(), sharedRedis({ ...settings, db: 1 }, options).close()]);
  });
});
