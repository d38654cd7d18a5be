import { describe, expect, it } from 'vitest';
import { failFast } from '../src/server/fail-fast.ts';

const away = Object.assign(new Error('pool timeout'), { code: 'P2024' });
const defect = Object.assign(new Error('unique constraint'), { code: 'P2002' });
const unavailable = { code: 'ERR_DATABASE_UNAVAILABLE', digest: 'ERR_DATABASE_UNAVAILABLE' };

function create() {
  let ms = 1_000;
  const guarded = failFast({ deadlineMs: 50, pauseMs: 1_000, now: () => ms });
  let calls = 0;
  const call = (outcome: () => Promise<string>) =>
    guarded(() => {
      calls += 1;
      return outcome();
    });
  const pass = (durationMs: number) => {
    ms += durationMs;
  };
  return { call, calls: () => calls, pass };
}

const succeed = async () => 'value';
const fail = (error: Error) => () => Promise.reject(error);

describe('calls to a database that may be away', () => {
  it('pass through while it is there, with their own errors', async () => {
    const { call, calls } = create();
    expect(await call(succeed)).toBe('value');
    await expect(call(fail(defect))).rejects.toBe(defect);
    expect(await call(succeed)).toBe('value');
    expect(calls()).toBe(3);
  });

  it('fail at once for a while after one could not reach it', async () => {
    const { call, calls } = create();
    await expect(call(fail(away))).rejects.toMatchObject({ ...unavailable, cause: away });
    await expect(call(succeed)).rejects.toMatchObject(unavailable);
    expect(calls()).toBe(1);
  });

  it('are tried again one at a time after the pause', async () => {
    const { call, calls, pass } = create();
    await expect(call(fail(away))).rejects.toMatchObject(unavailable);
    pass(1_000);
    const probe = call(succeed);
    await expect(call(succeed)).rejects.toMatchObject(unavailable);
    expect(await probe).toBe('value');
    expect(await call(succeed)).toBe('value');
    expect(calls()).toBe(3);
  });

  it('fail for another pause when the probe fails', async () => {
    const { call, calls, pass } = create();
    await expect(call(fail(away))).rejects.toMatchObject(unavailable);
    pass(1_000);
    await expect(call(fail(away))).rejects.toMatchObject(unavailable);
    await expect(call(succeed)).rejects.toMatchObject(unavailable);
    expect(calls()).toBe(2);
  });

  it('do not wait for longer than the deadline', async () => {
    const { call } = create();
    await expect(call(() => new Promise(() => {}))).rejects.toMatchObject(unavailable);
  });

  it.each([
    { code: 'ERR_DATABASE_MISSING' },
    { code: 'P1001' },
    { code: 'P2039', meta: { driverAdapterError: { cause: { originalCode: '45028' } } } },
    { cause: { originalCode: '45028' } },
    { code: 'P2010', meta: { driverAdapterError: { cause: { originalCode: 'ECONNREFUSED' } } } },
  ])('know %j for a database that is away', async (properties) => {
    const { call } = create();
    await expect(call(fail(Object.assign(new Error(), properties)))).rejects.toMatchObject(unavailable);
  });
});
