import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepConnected } from '../src/components/admin/cache/reconnect.ts';

const [CONNECTING, CLOSED] = [0, 2];

class FakeSource extends EventTarget {
  readyState = CONNECTING;
  close() {
    this.readyState = CLOSED;
  }
  fail(readyState: number) {
    this.readyState = readyState;
    this.dispatchEvent(new Event('error'));
  }
}

let sources: FakeSource[];
let connected: boolean[];
beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  connected = [];
});
afterEach(() => vi.useRealTimers());

function watch() {
  return keepConnected({ listen() {}, onConnected: (is) => connected.push(is) }, () => {
    const source = new FakeSource();
    sources.push(source);
    return source as unknown as EventSource;
  });
}

it('a stream that was refused is asked for again, at growing intervals', () => {
  watch();
  const pauses = [1, 2, 4, 8, 16, 30, 30];
  for (const [index, seconds] of pauses.entries()) {
    sources.at(-1)?.fail(CLOSED);
    vi.advanceTimersByTime(seconds * 1000 - 1);
    expect(sources).toHaveLength(index + 1);
    vi.advanceTimersByTime(1);
    expect(sources).toHaveLength(index + 2);
  }
  sources.at(-1)?.dispatchEvent(new Event('open'));
  sources.at(-1)?.fail(CLOSED);
  vi.advanceTimersByTime(1_000);
  expect(sources).toHaveLength(pauses.length + 2);
  expect(connected).toEqual([...pauses.map(() => false), true, false]);
});

it('a stream that only ended is left to the browser, which connects again', () => {
  watch();
  sources[0]?.dispatchEvent(new Event('open'));
  sources[0]?.fail(CONNECTING);
  vi.advanceTimersByTime(60_000);
  expect([sources.length, connected]).toEqual([1, [true, false]]);
});

it('a stream that nobody wants any more is not asked for again', () => {
  const close = watch();
  sources[0]?.fail(CLOSED);
  close();
  vi.advanceTimersByTime(60_000);
  expect([sources.length, sources[0]?.readyState]).toEqual([1, CLOSED]);
});
