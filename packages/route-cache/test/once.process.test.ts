import { type ForkedNode, forkNode, poll, type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

interface Answer {
  readonly text: string;
  readonly cache: string | null;
}

let server: RedisServer;
let processes: ForkedNode[];
beforeAll(async () => {
  server = await startRedis();
  const file = new URL('./fixtures/route-process.ts', import.meta.url);
  processes = await Promise.all([0, 1].map(() => forkNode(file, { args: [server.url, server.adminUrl] })));
});
afterAll(async () => {
  await Promise.all(processes.map((each) => each.kill()));
  await server.stop();
});

const askAll = async (path: string) =>
  (await Promise.all(processes.map((each) => each.call<Answer[]>('askMany', path, 50)))).flat();
const runs = async () => Number(await server.command('GET', 'runs'));

it('two processes with 50 requests each for one URL run its handler once', async () => {
  const answers = await askAll('/once');
  expect(answers.length).toBe(100);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(await runs()).toBe(1);
  expect((await askAll('/once')).every(({ cache }) => cache === 'HIT')).toBe(true);
});

it('after an invalidation by one of them, the handler runs once more for both', async () => {
  const before = await runs();
  expect(await processes[0]?.call('invalidate', '/*')).toBe(false);
  await poll(async () => (await processes[1]?.call<Answer[]>('askMany', '/once', 1))?.[0]?.cache === 'MISS', {
    what: 'the other process to hear of it',
  });
  const answers = await askAll('/once');
  expect(answers.every(({ cache }) => cache === 'HIT')).toBe(true);
  expect(await runs()).toBe(before + 1);
});
