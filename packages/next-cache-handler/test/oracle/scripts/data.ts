import type { Next, Script } from '../visitor.ts';

/** `fetch` with every setting, and `unstable_cache`, in routes that are answered anew every time. */
function fetched(what: string, query: string, again: 'kept' | 'fetched again', status = ''): Script {
  return {
    feature: `fetch: ${what}`,
    async run({ slug, visit }) {
      const url = `/fetch/${slug}?${query}`;
      await visit('first', url, `${status}data1`);
      await visit('again', url, `${status}${again === 'kept' ? 'data1' : 'data2'}`);
      await visit('once more', url, `${status}${again === 'kept' ? 'data1' : 'data3'}`);
    },
  };
}

function posted(kind: string): Script {
  return {
    feature: `fetch: POST with a body: ${kind}`,
    async run({ slug, visit }) {
      const url = `/fetch/${slug}?cache=force-cache&body=${kind}`;
      await visit('first', `${url}&text=a`, 'data1');
      await visit('the same body', `${url}&text=a`, 'data1');
      await visit('another body', `${url}&text=b`, 'data2');
      await visit('the other body again', `${url}&text=b`, 'data2');
      await visit('the first body again', `${url}&text=a`, 'data1');
    },
  };
}

/** `next`: what is read at once afterwards. */
function invalidated(
  what: string,
  path: string,
  query: Readonly<Record<string, string>>,
  next: string,
): Script {
  return {
    feature: `data: ${what} on ${path}`,
    async run({ slug, visit, invalidate, settle }) {
      const url = `${path}/${slug}?cache=force-cache&tags=1`;
      await visit('first', url, 'data1');
      await visit('cached', url, 'data1');
      await visit('cached on every process', url, 'data1');
      await invalidate({ tag: `tag:${slug}`, ...query });
      await visit('afterwards', url, next);
      await settle();
      await visit('then', url, 'data2');
      await visit('then, on every process', url, 'data2');
    },
  };
}

export const dataScripts = (next: Next): readonly Script[] => [
  fetched('no setting', '', 'fetched again'),
  fetched('cache: default', 'cache=default', 'fetched again'),
  fetched('cache: force-cache', 'cache=force-cache', 'kept'),
  fetched('cache: no-store', 'cache=no-store', 'fetched again'),
  fetched('cache: no-cache', 'cache=no-cache', 'fetched again'),
  fetched('cache: reload', 'cache=reload', 'kept'),
  fetched('revalidate: false', 'revalidate=false', 'kept'),
  fetched('revalidate: 0', 'revalidate=0', 'fetched again'),
  fetched('revalidate: 3600', 'revalidate=3600', 'kept'),
  fetched('force-cache with revalidate: 0', 'cache=force-cache&revalidate=0', 'fetched again'),
  fetched('an answer of 404', 'cache=force-cache&path=/status/404', 'fetched again', '404 '),
  fetched('an answer of 500', 'cache=force-cache&path=/status/500', 'fetched again', '500 '),
  fetched('bytes that are no text', 'cache=force-cache&path=/bytes', 'kept'),
  ...['text', 'bytes', 'form', 'data', 'blob', 'stream'].map(posted),
  {
    feature: 'fetch: headers tell requests apart',
    async run({ slug, visit }) {
      const url = `/fetch/${slug}?cache=force-cache`;
      await visit('one', `${url}&header=one`, 'data1');
      await visit('two', `${url}&header=two`, 'data2');
      await visit('one again', `${url}&header=one`, 'data1');
    },
  },
  {
    feature: 'fetch: 3 MB',
    async run({ slug, visit, settle }) {
      const url = `/fetch/3000000-${slug}?cache=force-cache&path=/large`;
      await visit('first', url, 'data1');
      await settle();
      await visit('again', url, 'data2');
    },
  },
  {
    feature: 'fetch: revalidated by time',
    async run({ slug, visit, after, settle }) {
      const url = `/fetch/${slug}?revalidate=2`;
      const made = await visit('first', url, 'data1');
      await visit('fresh', url, 'data1', { within: [made, 2_000] });
      await after(made, 2_150);
      const stale = await visit('stale', url, 'data1');
      await settle();
      await visit('renewed', url, 'data2', { within: [stale, 2_000] });
      await visit('renewed on every process', url, 'data2', { within: [stale, 2_000] });
    },
  },
  {
    feature: 'fetch: each reader has its own revalidate',
    async run({ slug, visit, after, settle }) {
      const made = await visit('kept for an hour', `/fetch/${slug}?revalidate=3600`, 'data1');
      await after(made, 1_200);
      await visit('stale for who asks for a second', `/fetch/${slug}?revalidate=1`, 'data1');
      await settle();
      await visit('renewed for the other too', `/fetch/${slug}?revalidate=3600`, 'data2');
    },
  },
  ...['/fetch', '/unstable'].flatMap((path) => [
    invalidated('revalidateTag(tag)', path, {}, 'data2'),
    ...(next === 16
      ? [
          invalidated('revalidateTag(tag, { expire: 0 })', path, { expire: '0' }, 'data2'),
          invalidated("revalidateTag(tag, 'max')", path, { profile: 'max' }, 'data1'),
        ]
      : []),
  ]),
  ...(['many-', 'schön-'] as const).map(
    (slugPrefix): Script => ({
      feature: `data: unstable_cache with ${slugPrefix === 'many-' ? '128 tags' : 'a tag that is not ASCII'}`,
      slugPrefix,
      async run({ slug, visit, invalidate }) {
        const url = `/unstable/${encodeURIComponent(slug)}`;
        await visit('first', url, 'data1');
        await visit('cached', url, 'data1');
        await invalidate({ tag: slugPrefix === 'many-' ? `tag:${slug}` : `tag:${slug}:日本🙂`, expire: '0' });
        await visit('afterwards', url, 'data2');
        await visit('cached again', url, 'data2');
      },
    }),
  ),
  {
    feature: 'data: unstable_cache by time and by argument',
    async run({ slug, visit, after, settle }) {
      const url = `/unstable/${slug}?revalidate=2`;
      const made = await visit('first', url, 'data1');
      await visit('another argument', `${url}&argument=b`, 'data2');
      await visit('fresh', url, 'data1', { within: [made, 2_000] });
      await after(made, 2_150);
      const stale = await visit('stale', url, 'data1');
      await settle();
      await visit('renewed', url, 'data3', { within: [stale, 2_000] });
    },
  },
];
