import { afterEach, describe, expect, it, vi } from 'vitest';
import { beforeClosing, onDraining, takeClosers } from '../../src/serve/ending.ts';
import { streamEvents } from '../../src/server/operating/stream-events.ts';

vi.mock('../../src/server/operations.ts', () => ({
  operations: () => ({ history: () => [], overview: async () => ({}), onSample: () => () => {} }),
}));

const SLOT = Symbol.for('@tbi/ending');
afterEach(() => {
  Reflect.deleteProperty(globalThis, SLOT);
});

/** As libraries use it. */
const onDrained = (close: () => Promise<void>) => Reflect.get(globalThis, SLOT).onDrained(close);

describe('the end of a server', () => {
  it('is told to those who would go on for ever, at once or when it begins, and not to those who are done', () => {
    const closers = takeClosers();
    const told: string[] = [];
    onDraining(() => told.push('stream'));
    onDraining(() => told.push('done'))();
    closers.beginDraining();
    closers.beginDraining();
    onDraining(() => told.push('late'));
    expect(told).toEqual(['stream', 'late']);
  });

  it('lets last words be said before any connection closes', async () => {
    const closers = takeClosers();
    const order: string[] = [];
    onDrained(async () => void order.push('connection'));
    beforeClosing(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push('last words');
    });
    await closers.closeAll(5_000, async () => void order.push('framework'));
    expect(order).toEqual(['framework', 'last words', 'connection']);
  });

  it('closes connections also when last words are never heard, or fail', async () => {
    const closers = takeClosers();
    let closed = false;
    beforeClosing(() => new Promise(() => {}));
    beforeClosing(() => {
      throw new Error('not said');
    });
    onDrained(async () => {
      closed = true;
    });
    await closers.closeAll(5_000, async () => {});
    expect(closed).toBe(true);
  });
});

describe('a stream of events', () => {
  const open = async () => (await streamEvents(new Request('http://localhost/'))).text();

  it('ends when its server begins to drain, however that was asked for', async () => {
    const closers = takeClosers();
    const text = open();
    await new Promise((resolve) => setTimeout(resolve, 20));
    closers.beginDraining();
    expect(await text).toMatch(/^event: history/);
  });

  it('ends at once when its server drains already', async () => {
    takeClosers().beginDraining();
    expect(await open()).toMatch(/^event: history/);
  });
});
