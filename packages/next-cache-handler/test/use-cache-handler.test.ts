import { sleep } from '@tbi/testing';
import { beforeEach, expect, test } from 'vitest';
import { readAll, streamOf } from '../src/byte-streams.ts';
import { nextNowMs } from '../src/next-clock.ts';
import type { UseCacheEntry } from '../src/next-types.ts';
import { createUseCacheHandler } from '../src/use-cache-handler.ts';
import { createTestRuntime, type TestRuntime } from './helpers/runtime.ts';

let runtime: TestRuntime;
let handler: ReturnType<typeof createUseCacheHandler>;

beforeEach(() => {
  runtime = createTestRuntime();
  handler = createUseCacheHandler(runtime);
});

function entry(text: string, more: Partial<UseCacheEntry> = {}): UseCacheEntry {
  const lifetimes = { stale: 30, revalidate: 60, expire: 600 };
  const value = streamOf(Buffer.from(text));
  return { value, tags: ['a'], timestamp: nextNowMs(), ...lifetimes, ...more };
}

async function read(key = 'k', softTags: string[] = []) {
  const found = await handler.get(key, softTags);
  return found && { ...found, value: (await readAll(found.value)).toString() };
}

/** The very array that the stream hands out. */
async function readBytes(): Promise<Uint8Array> {
  const found = await handler.get('k', []);
  const { value } = (await found?.value.getReader().read()) ?? {};
  if (value === undefined) throw new Error('expected bytes');
  return value;
}

/** As Next does it: a read that misses, then the generation. */
async function store(text: string, more: Partial<UseCacheEntry> = {}) {
  await handler.get('k', []);
  await handler.set('k', Promise.resolve(entry(text, more)));
}

test('a value comes back with everything that Next gave it', async () => {
  await handler.get('k', []);
  const timestamp = nextNowMs();
  await handler.set('k', Promise.resolve(entry('hello', { timestamp, tags: ['a', '_N_RP_locale'] })));
  const found = await read();
  expect(found).toMatchObject({
    value: 'hello',
    tags: ['a', '_N_RP_locale'],
    stale: 30,
    revalidate: 60,
    expire: 600,
  });
  expect(Math.abs((found?.timestamp ?? 0) - timestamp)).toBeLessThan(5);
});

test('a tag that is not ASCII comes back as it was given, and ends the value in either form', async () => {
  for (const invalidated of ['menü', 'men%C3%BC']) {
    await store('hello', { tags: ['a', 'menü'] });
    expect(await read()).toMatchObject({ value: 'hello', tags: ['a', 'menü'] });
    await runtime.invalidations.record([invalidated]);
    expect(await read()).toBeUndefined();
  }
});

test('every read has a stream of its own', async () => {
  await store('hello');
  const found = [await handler.get('k', []), await handler.get('k', [])];
  const texts = await Promise.all(found.map(async (each) => each && (await readAll(each.value)).toString()));
  expect(texts).toEqual(['hello', 'hello']);
});

test('what a reader does to its bytes is not seen by another', async () => {
  await store('hello');
  (await readBytes()).reverse();
  expect(Buffer.from(await readBytes()).toString()).toBe('hello');
});

test('a read waits for the pending store of its key', async () => {
  await handler.get('k', []);
  const generated = entry('later');
  let finish = (_: UseCacheEntry) => {};
  const storing = handler.set('k', new Promise((resolve) => (finish = resolve)));
  const reading = read();
  finish(generated);
  expect(await reading).toMatchObject({ value: 'later' });
  await storing;
});

test('a stream that breaks off is not stored, and hurts nobody', async () => {
  const value = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array([1]));
      controller.error(new Error('broken'));
    },
  });
  await store('', { value });
  expect(await read()).toBeUndefined();
  await handler.set('k', Promise.reject(new Error('generation failed')));
  expect(await read()).toBeUndefined();
});

test('what is generated for every request is not stored', async () => {
  await store('dynamic', { expire: 0 });
  expect(await read()).toBeUndefined();
});

test('what is not stored keeps nobody waiting, also where nobody reads the other half of its stream', async () => {
  const bytes = [new Uint8Array([1]), new Uint8Array([2])];
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const next = bytes.shift();
    if (next === undefined) controller.close();
    else controller.enqueue(next);
  };
  const [unread, value] = new ReadableStream<Uint8Array>({ pull }).tee();
  await handler.get('k', []);
  const asked = handler.set('k', Promise.resolve(entry('', { value, expire: 0 }))).then(() => read());
  expect(await Promise.race([asked, sleep(1_000).then(() => 'waits')])).toBeUndefined();
  expect(await readAll(unread)).toEqual(Buffer.from([1, 2]));
});

test('a generation that was overtaken is not stored, whatever was read since', async () => {
  await handler.get('k', []);
  const overtaken = entry('old');
  await runtime.invalidations.record(['a']);
  await handler.get('k', []);
  const current = entry('new');
  await handler.set('k', Promise.resolve(overtaken));
  expect(await read()).toBeUndefined();
  await handler.set('k', Promise.resolve(current));
  expect(await read()).toMatchObject({ value: 'new' });
});

test('a value whose beginning is not known is not stored', async () => {
  const before = entry('unknown');
  await handler.set('k', Promise.resolve(before));
  expect(await read()).toBeUndefined();
});

test('a value that a tag made stale is served with the order to refresh it', async () => {
  await store('old');
  await runtime.invalidations.record(['a'], { expire: 600 });
  expect(await read()).toMatchObject({ value: 'old', revalidate: -1 });
  await store('new');
  expect(await read()).toMatchObject({ value: 'new', revalidate: 60 });
});

test('soft tags end a value for the reads that bring them', async () => {
  await store('hello');
  await runtime.invalidations.record(['_N_T_/page']);
  expect(await read('k', ['_N_T_/page'])).toBeUndefined();
  expect(await read('k', ['_N_T_/other'])).toMatchObject({ value: 'hello' });
});
