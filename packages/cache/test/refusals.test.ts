import { poll, type RedisServer, sleep, startRedis } from '@tbi/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenedCache, openCache } from './support/open-cache.ts';
import { expectWell, put, readFor, textAt } from './support/under-fault.ts';
import { settingsOf } from './support/workers.ts';

/** A Redis that answers, but refuses: no read fails because of it, and what it could not record is recorded later. */
let server: RedisServer;
let opened: OpenedCache[] = [];
const SPEED_OF_LOADING = {
  'enable-debug-command': 'yes',
  'key-load-delay': '2000',
  'loading-process-events-interval-bytes': '1024',
};

beforeEach(async () => {
  server = await startRedis({ config: SPEED_OF_LOADING });
  await server.command('ACL', 'SETUSER', 'app', 'on', '>secret', '~*', '&*', '+@all');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
  await server.stop();
});

function open(credentials: { readonly username?: string; readonly password?: string } = {}) {
  const each = openCache({ settings: { ...settingsOf(server), ...credentials } });
  opened = [...opened, each];
  return each.cache;
}
const openApp = () => open({ username: 'app', password: 'secret' });
const acl = (...rules: string[]) => server.command('ACL', 'SETUSER', 'app', ...rules);
const seenWhile = async (...run: Parameters<typeof readFor>) => new Set(await readFor(...run));

describe('a user who may not use', () => {
  it.each(['mget', 'evalsha', 'xread', 'xrange', 'hscan', 'set', 'xadd', 'hset', 'info', 'time'])(
    '%s gets misses, no failures, and nothing outdated',
    async (command) => {
      const [app, other] = [openApp(), open()];
      await expectWell(app, other);
      await put(other, 'k', 'old', ['t', 'u']);
      expect(await textAt(app, 'k')).toBe('old');
      await acl(`-${command}`, ...(command === 'evalsha' ? ['-eval'] : []));
      await readFor(100, app, 'k');
      await other.invalidate(['t']);
      await sleep(1_100);
      expect(await seenWhile(100, app, 'k')).toEqual(new Set([null]));
      await app.invalidate(['u']);
      await acl('+@all');
      await expectWell(app, other);
    },
  );
});

it('a password that is wrong from some moment on costs hits until it is right again', async () => {
  const [app, other] = [openApp(), open()];
  await expectWell(app, other);
  await put(other, 'k', 'old', ['t']);
  expect(await textAt(app, 'k')).toBe('old');
  await acl('resetpass', '>changed');
  await server.command('CLIENT', 'KILL', 'USER', 'app');
  await put(app, 'k', 'old', ['t']);
  expect((await app.invalidate(['t'])).pending).toBe(true);
  expect(await seenWhile(200, app, 'k')).toEqual(new Set([null]));
  await acl('>secret');
  await poll(() => app.stats().pendingInvalidations === 0, { what: 'the record', timeoutMs: 15_000 });
  await poll(async () => (await textAt(other, 'k')) === null, { what: 'the other to hear of it' });
  await expectWell(app, other);
});

it('a server that wants a password of a process without one costs hits, from the start', async () => {
  const closed = await startRedis({ password: 'p', unhardened: 'password' });
  const { cache, close } = openCache({ settings: settingsOf(closed) });
  expect(await seenWhile(300, cache, 'k')).toEqual(new Set([null]));
  expect((await cache.invalidate(['t'])).pending).toBe(true);
  expect((await put(cache, 'k', 'v', ['t'])).stored).toBe(false);
  await close();
  await closed.stop();
});

it('a server that becomes read-only serves what is current; what it cannot record holds here', async () => {
  const [app, other] = [openApp(), open()];
  await expectWell(app, other);
  await put(other, 'k', 'old', ['t']);
  expect(await textAt(app, 'k')).toBe('old');
  await server.command('REPLICAOF', '127.0.0.1', '1');
  expect((await app.invalidate(['t'])).pending).toBe(true);
  expect(await seenWhile(300, app, 'k')).toEqual(new Set([null]));
  const lease = await app.beginWrite(['w']);
  await put(app, 'w', 'old', ['w']);
  expect(await textAt(app, 'w')).toBeNull();
  expect((await lease.commit()).pending).toBe(true);
  await server.command('REPLICAOF', 'NO', 'ONE');
  await poll(() => app.stats().pendingInvalidations === 0, { what: 'the records', timeoutMs: 15_000 });
  await poll(async () => (await textAt(other, 'k')) === null, { what: 'the other to hear of it' });
  await expectWell(app, other);
});

it('a server that loads its data answers no read with anything old', async () => {
  const [app, other] = [openApp(), open()];
  await expectWell(app, other);
  await server.command('DEBUG', 'POPULATE', '1000', 'filler', '100');
  await put(other, 'k', 'old', ['t']);
  expect(await textAt(app, 'k')).toBe('old');
  const reloading = server.command('DEBUG', 'RELOAD').catch(() => {});
  await poll(async () => String(await server.command('INFO', 'persistence')).includes('loading:1'), {
    what: 'the server to be loading',
  });
  expect((await app.invalidate(['t'])).pending).toBe(true);
  expect(await seenWhile(300, app, 'k')).toEqual(new Set([null]));
  await reloading;
  await poll(() => app.stats().pendingInvalidations === 0, { what: 'the record', timeoutMs: 15_000 });
  await poll(async () => (await textAt(other, 'k')) === null, { what: 'the other to hear of it' });
  await expectWell(app, other);
});
