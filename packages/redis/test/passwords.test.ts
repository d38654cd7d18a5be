import { inspect } from 'node:util';
import { type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closePools, openPool, refusal, settingsOf } from './pools.ts';

const PASSWORD = 'right-canary-41c8';
const OTHER = 'wrong-canary-93fe';

let open: RedisServer;
let guarded: RedisServer;
beforeAll(async () => {
  [open, guarded] = await Promise.all([
    startRedis({ unhardened: 'password' }),
    startRedis({ password: PASSWORD, unhardened: 'password' }),
  ]);
});
afterEach(closePools);
afterAll(() => Promise.all([open.stop(), guarded.stop()]));

async function triedWith(server: RedisServer, password: string | undefined) {
  const { pool, lines } = openPool(settingsOf(server, password === undefined ? {} : { password }));
  await pool.connect({ timeoutMs: 300 });
  return { pool, lines, reason: pool.health().reason, status: pool.health().status };
}

describe('a password', () => {
  it('that is right connects', async () => {
    expect(await triedWith(guarded, PASSWORD)).toMatchObject({ status: 'ready' });
    expect(await triedWith(open, undefined)).toMatchObject({ status: 'ready' });
  });

  it('that the server does not want is called that, and nothing is sent to that server', async () => {
    const { status, reason, lines } = await triedWith(open, OTHER);
    expect(status).toBe('down');
    expect(reason).toMatch(/^REDIS_PASSWORD is set but Redis at 127\.0\.0\.1:\d+ wants no password/);
    expect(lines).toEqual([expect.stringContaining(reason)]);
  });

  it('that is wrong is called that', async () => {
    const { status, reason, lines } = await triedWith(guarded, OTHER);
    expect(status).toBe('down');
    expect(reason).toMatch(/refuses the password: the one in REDIS_PASSWORD or in the URL is wrong\.$/);
    expect(lines).toEqual([expect.stringContaining(reason)]);
  });

  it('that is missing is called that', async () => {
    const { status, reason, lines } = await triedWith(guarded, undefined);
    expect(status).toBe('down');
    expect(reason).toMatch(/wants a password and none is set: set REDIS_PASSWORD\.$/);
    expect(lines).toEqual([expect.stringContaining(reason)]);
  });
});

describe('no secret', () => {
  it('is in errors, log lines, health or the pool itself', async () => {
    const said: unknown[] = [];
    for (const [server, password] of [
      [open, OTHER],
      [guarded, OTHER],
      [guarded, PASSWORD],
    ] as const) {
      const { pool, lines } = await triedWith(server, password);
      const { error } = await refusal(pool.data.command('AUTH', [OTHER, OTHER]));
      const late = await refusal(pool.data.command('BLPOP', [OTHER, 1], { timeoutMs: 20 }));
      await pool.close();
      const closed = await refusal(pool.data.command('SET', [OTHER, PASSWORD]));
      said.push(error, late.error, closed.error, lines, pool.health(), pool);
    }
    for (const each of said) {
      const text = `${inspect(each, { depth: 20, showHidden: true })}${JSON.stringify(each)}${String(each)}`;
      expect(text).not.toContain('canary');
    }
  });
});

describe('a user', () => {
  it('with no more rights than the cache needs connects', async () => {
    await guarded.command(
      'ACL',
      'SETUSER',
      'site',
      'on',
      `>${OTHER}`,
      '~tbi:*',
      '+get',
      '+set',
      '+auth',
      '+ping',
      '+select',
      '+client|setname',
    );
    const { pool } = openPool({ ...settingsOf(guarded, { password: OTHER }), username: 'site' });
    expect(await pool.connect()).toBe(true);
    expect(await pool.data.command('SET', ['tbi:a', '1'])).toEqual(Buffer.from('OK'));
    const { error } = await refusal(pool.data.command('SET', ['other', '1']));
    expect(error.reply).toBe('NOPERM');
  });
});
