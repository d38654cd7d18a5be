import { type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../src/cli/context.ts';
import { monitorCommand } from '../src/cli/monitor.ts';
import { parseCommandLine } from '../src/cli/options.ts';
import { createOutput } from '../src/cli/output.ts';
import { type Opened, openProcess } from './support/site.ts';

let server: RedisServer;
let site: Opened;
beforeAll(async () => {
  server = await startRedis();
});
beforeEach(async () => {
  await server.command('FLUSHALL');
  site = await openProcess(server);
});
afterEach(() => site.close());
afterAll(() => server.stop());

/** @param beforeRead Runs before each read of the log. */
async function monitor(args: readonly string[], beforeRead: (read: number) => Promise<void>) {
  const { pool, operations } = site;
  let reads = 0;
  const log = {
    ...pool.log,
    async command(...sent: Parameters<typeof pool.log.command>) {
      reads += 1;
      await beforeRead(reads);
      return pool.log.command(...sent);
    },
  };
  const context = { redis: { keyPrefix: 'test:' }, operations, pool: { ...pool, log } } as unknown as Context;
  const shown: string[] = [];
  const output = createOutput(true, (text) => shown.push(text));
  await monitorCommand(context, parseCommandLine(['monitor', ...args]), output);
  return shown.map((text) => JSON.parse(text).tags[0]);
}

describe('the monitor', () => {
  it('misses nothing that comes between two reads, and shows nothing from before', async () => {
    await site.cache.invalidate(['before']);
    const shown = await monitor(['--limit', '1'], async (read) => {
      // The first one finds nothing and ends; then something happens while nobody reads.
      if (read === 2) await site.cache.invalidate(['between']);
      if (read === 4) await site.cache.invalidate(['after']);
    });
    expect(shown).toEqual(['between']);
  });

  it('ends after fifty, as after any other number', async () => {
    const shown = await monitor(['--limit', '50'], async () => {
      for (let i = 0; i < 60; i += 1) await site.cache.invalidate([`t${i}`]);
    });
    expect(shown).toHaveLength(50);
  });
});
