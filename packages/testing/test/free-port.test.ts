import { afterAll, expect, test } from 'vitest';
import { type ForkedNode, forkNode } from '../src/index.ts';

const finders: ForkedNode[] = [];
afterAll(() => Promise.all(finders.map((finder) => finder.kill())));

test('no two processes are given one port, though nobody listens on it yet', async () => {
  const file = new URL('./fixtures/port-finder.ts', import.meta.url);
  finders.push(...(await Promise.all([forkNode(file), forkNode(file)])));
  const found = await Promise.all(finders.map((finder) => finder.call<number[]>('find', 300)));
  expect(new Set(found.flat()).size).toBe(600);
});
