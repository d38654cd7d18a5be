import { type NextServer, poll, type RedisServer, sleep, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { invalidateEverywhere } from './helpers/canary.ts';
import { buildFixture, revalidate, startFixture, untilHit, visit } from './helpers/fixture.ts';
import { type Source, startSource } from './helpers/source.ts';

/** One app for each version, with the same pages. */
const versions = [
  { version: 'Next 16.4', fixture: 'app-16-isr' },
  { version: 'Next 15.5', fixture: 'app-15' },
];

describe.each(versions)('on $version', ({ fixture }) => {
  let source: Source;
  let redis: RedisServer;
  let a: NextServer;
  let b: NextServer;

  beforeAll(async () => {
    await buildFixture(fixture);
    [source, redis] = await Promise.all([startSource(), startRedis()]);
    const env = { REDIS_URL: redis.url, SOURCE_URL: source.url };
    a = await startFixture(fixture, env);
    b = await startFixture(fixture, env);
  });

  afterAll(async () => {
    await Promise.all([a?.stop(), b?.stop(), redis?.stop(), source?.close()]);
  });

  const invalidate = (query: string) => invalidateEverywhere(source, query, { through: b, servers: [a, b] });

  test('a page and the data that it fetched are shared, and end together on both processes', async () => {
    await untilHit(a, '/isr/both', 'both-1');
    expect(await visit(b, '/isr/both')).toEqual({ status: 200, cache: 'HIT', value: 'both-1' });
    source.setValue('both', 'both-2');
    await revalidate(a, 'tag=data:both');
    await untilHit(b, '/isr/both', 'both-2');
    await untilHit(a, '/isr/both', 'both-2');
    expect(source.countOf('both')).toBe(2);
  });

  test('a page keeps its lifetime on a process that did not render it', async () => {
    await untilHit(a, '/isr/lifetime', 'lifetime-1');
    const lifetimeOn = async (server: NextServer) => {
      const { headers } = await server.fetch('/isr/lifetime');
      return { cache: headers.get('x-nextjs-cache'), control: headers.get('cache-control') };
    };
    const control = expect.stringMatching(/^s-maxage=3600, /);
    expect(await lifetimeOn(a)).toEqual({ cache: 'HIT', control });
    expect(await lifetimeOn(b)).toEqual(await lifetimeOn(a));
    // Without a lifetime of its own, Next would take it for stale after a second.
    await sleep(2_500);
    expect(await lifetimeOn(b)).toEqual({ cache: 'HIT', control });
  });

  test('a page past its time is served once more by either process, and rendered anew for both', async () => {
    await untilHit(a, '/timed/2-turn', '2-turn-1');
    await untilHit(b, '/timed/2-turn', '2-turn-1');
    source.setValue('2-turn', '2-turn-2');
    await sleep(2_100);
    expect(await visit(b, '/timed/2-turn')).toEqual({ status: 200, cache: 'STALE', value: '2-turn-1' });
    await poll(async () => (await visit(a, '/timed/2-turn')).value === '2-turn-2', {
      what: 'the new page on the other process',
    });
  });

  test('revalidatePath reaches the page and its data on the other process', async () => {
    await untilHit(a, '/isr/path', 'path-1');
    await untilHit(b, '/isr/path', 'path-1');
    source.setValue('path', 'path-2');
    await revalidate(a, 'path=/isr/path');
    await untilHit(b, '/isr/path', 'path-2');
  });

  test('a cached response of bytes is the same on the other process', async () => {
    const read = async (server: NextServer) => {
      const response = await server.fetch('/route/bytes');
      const { headers, status } = response;
      const bytes = Buffer.from(await response.arrayBuffer()).toString('hex');
      return { status, bytes, type: headers.get('content-type'), own: headers.get('x-fixture') };
    };
    const first = await read(a);
    const bytes = `00ff80${Buffer.from('value=bytes-1;').toString('hex')}`;
    expect(first).toEqual({ status: 200, bytes, type: 'application/octet-stream', own: 'kept' });
    expect(await read(b)).toEqual(first);
    expect(source.countOf('bytes')).toBe(1);
  });

  test.each(['fetched', 'unstable', 'used'])('data are shared and invalidated: /%s', async (kind) => {
    const name = `shared-${kind}`;
    const path = `/${kind}/${name}`;
    expect(await visit(a, path)).toMatchObject({ value: `${name}-1` });
    source.setValue(name, 'new');
    expect(await visit(b, path)).toMatchObject({ value: `${name}-1` });
    expect(source.countOf(name)).toBe(1);
    await invalidate(`tag=data:${name}`);
    expect(await visit(a, path)).toMatchObject({ value: 'new' });
    expect(await visit(b, path)).toMatchObject({ value: 'new' });
  });

  test('a page of the pages router is shared, also one that does not exist', async () => {
    await untilHit(a, '/legacy/there', 'there-1');
    expect(await visit(b, '/legacy/there')).toEqual({ status: 200, cache: 'HIT', value: 'there-1' });
    source.setValue('gone', 'missing');
    expect(await visit(a, '/legacy/gone')).toMatchObject({ status: 404 });
    // What is shown in its place is a page too: the build's, stale once because this Redis is younger than the build.
    await expect.poll(() => visit(b, '/legacy/gone')).toMatchObject({ status: 404, cache: 'HIT' });
    expect(source.countOf('gone')).toBe(1);
  });

  describe('a computation overtaken by an invalidation from another process is not stored', () => {
    /** Invalidates what a request to one process is computing. */
    async function overtake(kind: string) {
      const name = `race-${kind}`;
      const path = `/${kind}/${name}`;
      const latch = source.hold(name);
      const held = visit(a, path);
      await latch.asked;
      source.setValue(name, 'new');
      await invalidate(`tag=data:${name}`);
      latch.release();
      // Its own visitor gets what was rendered for it.
      expect(await held).toMatchObject({ status: 200, value: `${name}-1` });
      return { name, path };
    }

    test.each(['isr', 'route'])('as a response: /%s', async (kind) => {
      const { name, path } = await overtake(kind);
      for (const server of [a, b]) await untilHit(server, path, 'new', { never: `${name}-1` });
    });

    test.each(['fetched', 'unstable', 'used'])('as data: /%s', async (kind) => {
      const { path } = await overtake(kind);
      for (const server of [b, a]) expect(await visit(server, path)).toMatchObject({ value: 'new' });
    });

    test('as a page of the pages router, which another process has rendered anew meanwhile', async () => {
      const path = '/legacy/race-legacy';
      const latch = source.hold('race-legacy');
      const held = visit(a, path);
      await latch.asked;
      source.setValue('race-legacy', 'new');
      const response = await b.fetch(`/api/regenerate?path=${path}`);
      expect(response.status).toBe(204);
      latch.release();
      expect(await held).toMatchObject({ status: 200, value: 'race-legacy-1' });
      for (const server of [b, a]) {
        await untilHit(server, path, 'new', { never: 'race-legacy-1' });
      }
    });
  });

  test('a page whose renewal failed ends with the next invalidation all the same', async () => {
    const path = '/timed/2-fails';
    await untilHit(a, path, '2-fails-1');
    source.setFailing('2-fails', true);
    // Next stores the old page again, for at least three seconds.
    await poll(
      async () => {
        await visit(a, path);
        return source.countOf('2-fails') > 1;
      },
      { what: 'a failed render' },
    );
    await invalidate(`path=${path}`);
    for (const server of [a, b]) expect(await visit(server, path)).toMatchObject({ status: 500 });
    source.setValue('2-fails', 'new');
    source.setFailing('2-fails', false);
    for (const server of [a, b]) {
      await poll(async () => (await visit(server, path)).value === 'new', { what: 'the new page' });
    }
  });
});
