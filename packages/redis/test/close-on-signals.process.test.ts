import { forkNode, type RedisServer, startRedis } from '@tbi/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hang, settingsOf } from './pools.ts';

const app = new URL('./fixtures/app.ts', import.meta.url);

let server: RedisServer;
beforeEach(async () => {
  server = await startRedis();
});
afterEach(() => server.stop());

describe('a process that is asked to end', () => {
  it('ends as it would have, with a hung Redis too', async () => {
    const child = await forkNode(app);
    await child.call('start', settingsOf(server), null);
    await hang(server);
    const startedMs = performance.now();
    await child.kill('SIGTERM');
    expect(await child.exited).toEqual({ code: null, signal: 'SIGTERM' });
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });

  it('keeps Redis while a server drains, and leaves the ending to it', async () => {
    const child = await forkNode(app);
    await child.call('start', settingsOf(server), 300);
    await child.kill('SIGTERM');
    expect(await child.exited).toEqual({ code: 7, signal: null });
    expect(child.output()).toContain('PONG');
  });
});
