import { describe, expect, it } from 'vitest';
import { awaitWithin } from '../src/deadline.ts';

const after = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(resolve, ms, value));

describe('awaitWithin', () => {
  it('passes an answer on', async () => {
    expect(await awaitWithin(after(5, 'x'), 200)).toEqual({ kind: 'answered', value: 'x', slow: false });
  });

  it('passes a refusal on', async () => {
    const error = new Error('no');
    expect(await awaitWithin(Promise.reject(error), 200)).toEqual({ kind: 'refused', error, slow: false });
  });

  it('marks an answer that comes shortly before the deadline', async () => {
    expect(await awaitWithin(after(180, 'x'), 200)).toMatchObject({ kind: 'answered', slow: true });
  });

  it('counts from the end of a long turn, when what was asked leaves', async () => {
    const answer = awaitWithin(
      new Promise<void>((resolve) => process.nextTick(() => setTimeout(() => setTimeout(resolve, 50), 1))),
      100,
    );
    const until = performance.now() + 300;
    while (performance.now() < until);
    expect(await answer).toMatchObject({ kind: 'answered', slow: false });
  });

  it('ends at the deadline without an answer', async () => {
    const startedMs = performance.now();
    expect(await awaitWithin(new Promise(() => {}), 100)).toEqual({ kind: 'late' });
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(99);
    expect(performance.now() - startedMs).toBeLessThan(300);
  });
});
