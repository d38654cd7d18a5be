import { afterEach, expect, test } from 'vitest';
import { type ForkedNode, forkNode } from '../src/index.ts';

const file = new URL('./fixtures/calculator.ts', import.meta.url);
const forked: ForkedNode[] = [];
afterEach(async () => {
  await Promise.all(forked.splice(0).map((child) => child.kill()));
});

async function start(
  ...options: Parameters<typeof forkNode> extends [unknown, ...infer Rest] ? Rest : never
) {
  const child = await forkNode(file, ...options);
  forked.push(child);
  return child;
}

test('a method is called in the other process', async () => {
  const child = await start();
  expect(await child.call('add', 1, 2)).toBe(3);
  await child.call('print', 'hello');
  await expect.poll(() => child.output()).toContain('hello');
});

test('an error arrives with its message and code', async () => {
  const child = await start();
  await expect(child.call('fail')).rejects.toMatchObject({ message: 'as asked', code: 'ERR_ASKED' });
  await expect(child.call('unknown')).rejects.toThrow('no method unknown');
});

test('a call rejects when the process is killed meanwhile', async () => {
  const child = await start();
  const call = child.call('wait', 60_000);
  const rejected = expect(call).rejects.toThrow(/ended \(SIGKILL\)/);
  await child.kill('SIGKILL');
  await rejected;
  await expect(child.call('add', 1, 2)).rejects.toThrow('has ended');
});

test('the environment is clean: nothing of the runner or the product leaks in', async () => {
  process.env.REDIS_URL = 'redis://leak';
  const child = await start({ env: { GIVEN: 'yes' } });
  delete process.env.REDIS_URL;
  expect(await child.call('readEnv', 'REDIS_URL')).toBeNull();
  expect(await child.call('readEnv', 'VITEST')).toBeNull();
  expect(await child.call('readEnv', 'GIVEN')).toBe('yes');
});

test('a file that ends before it serves is reported with its output', async () => {
  const broken = new URL('./fixtures/missing.ts', import.meta.url);
  await expect(forkNode(broken)).rejects.toThrow(/before it called serveParent[\s\S]*missing\.ts/);
});
