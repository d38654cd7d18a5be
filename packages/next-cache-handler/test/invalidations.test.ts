import { expect, test } from 'vitest';
import { createTestRuntime } from './helpers/runtime.ts';

function listen() {
  const { engine, invalidations } = createTestRuntime();
  const recorded: string[] = [];
  engine.events.subscribe((event) => {
    if (event.type === 'invalidate') recorded.push(`${event.mode} ${event.tags.join(',')}`);
  });
  return { engine, invalidations, recorded };
}

test('what Next tells both handlers in one turn is recorded once', async () => {
  const { invalidations, recorded } = listen();
  await Promise.all([
    invalidations.record(['a', 'b']),
    invalidations.record(['a', 'b']),
    invalidations.record('c'),
  ]);
  expect(recorded).toEqual(['expire a,b', 'expire c']);
});

test('a later invalidation is never merged with one that is on its way', async () => {
  const { invalidations, recorded } = listen();
  const first = invalidations.record('a');
  await Promise.resolve();
  await Promise.resolve();
  await Promise.all([first, invalidations.record('a')]);
  expect(recorded).toEqual(['expire a', 'expire a']);
});

test('durations: without, or with zero, it expires; otherwise it is stale', async () => {
  const { invalidations, recorded } = listen();
  await invalidations.record('none');
  await invalidations.record('zero', { expire: 0 });
  await invalidations.record('later', { expire: 31_536_000 });
  await invalidations.record('open', {});
  expect(recorded).toEqual(['expire none', 'expire zero', 'stale later', 'stale open']);
});

test('after the end it warns instead of failing', async () => {
  const { engine, invalidations } = listen();
  await engine.close();
  await expect(invalidations.record('a')).resolves.toBeUndefined();
});
