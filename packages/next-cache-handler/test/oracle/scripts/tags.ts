import type { Next, Script } from '../visitor.ts';

/** What the public functions of `next/cache` do to pages, route handlers and the data in them. */
const onEach = ['/tagged', '/route'] as const;

function invalidatedAtOnce(
  what: string,
  path: string,
  query: Readonly<Record<string, string>>,
  slugPrefix = '',
): Script {
  return {
    feature: `tags: ${what} on ${path}`,
    slugPrefix,
    async run({ slug, visit, invalidate }) {
      const url = `${path}/${encodeURIComponent(slug)}`;
      await visit('rendered', url, 'MISS data1 page1');
      await visit('cached', url, 'HIT data1 page1');
      await visit('cached on every process', url, 'HIT data1 page1');
      await invalidate({ tag: slugPrefix === 'schön-' ? `tag:${slug}:日本🙂` : `tag:${slug}`, ...query });
      await visit('rendered anew', url, 'MISS data2 page2');
      await visit('cached again', url, 'HIT data2 page2');
      await visit('cached again on every process', url, 'HIT data2 page2');
    },
  };
}

/** `own`: what the page shows in the action's own answer; `everybody`: what it shows afterwards. */
function actionScript(does: string, button: string, own: string, everybody: string): Script {
  return {
    feature: `actions: ${does}`,
    async run({ slug, visit, settle }) {
      const url = `/action/${slug}`;
      const { text } = await visit('rendered', url, 'MISS data1 page1');
      await visit('the author reads afterwards', url, own, { body: formOf(text, button) });
      await settle();
      await visit('everybody afterwards', url, everybody);
    },
  };
}

/** With a profile or with seconds, which `revalidateTag` takes since Next 16. */
const profileScripts: readonly Script[] = [
  ...onEach.map((path) => invalidatedAtOnce('revalidateTag(tag, { expire: 0 })', path, { expire: '0' })),
  ...onEach.map(
    (path): Script => ({
      feature: `tags: revalidateTag(tag, 'max') on ${path}`,
      async run({ slug, visit, invalidate, settle }) {
        const url = `${path}/${slug}`;
        await visit('rendered', url, 'MISS data1 page1');
        await visit('cached', url, 'HIT data1 page1');
        await visit('cached on every process', url, 'HIT data1 page1');
        await invalidate({ tag: `tag:${slug}`, profile: 'max' });
        await visit('stale', url, 'STALE data1 page1');
        await settle();
        await visit('renewed', url, 'HIT data2 page2');
        await visit('renewed on every process', url, 'HIT data2 page2');
      },
    }),
  ),
  {
    feature: 'tags: revalidateTag(tag, { expire: 3 })',
    async run({ slug, visit, invalidate, after, settle }) {
      const url = `/tagged/${slug}`;
      await visit('rendered', url, 'MISS data1 page1');
      const before = await visit('cached', url, 'HIT data1 page1');
      await invalidate({ tag: `tag:${slug}`, expire: '3' });
      await visit('stale', url, 'STALE data1 page1', { within: [before, 3_000] });
      await settle();
      const renewed = await visit('renewed', url, 'HIT data2 page2', { within: [before, 3_000] });
      await after(renewed, 3_200);
      await visit('after the mark expired', url, 'MISS data3 page3');
    },
  },
  {
    feature: 'tags: a page nobody asked for until the mark expired',
    async run({ slug, visit, call, invalidate, after }) {
      const url = `/tagged/${slug}`;
      await visit('rendered', url, 'MISS data1 page1');
      await invalidate({ tag: `tag:${slug}`, expire: '1' });
      await after(await call('/api/ping'), 1_200);
      await visit('expired', url, 'MISS data2 page2');
      await visit('cached', url, 'HIT data2 page2');
    },
  },
  actionScript("revalidateTag(tag, 'max')", 'stale', 'HIT data2 page2', 'STALE data1 page1'),
];

export const tagScripts = (next: Next): readonly Script[] => [
  ...(next === 16 ? profileScripts : []),
  ...onEach.map((path) => invalidatedAtOnce('revalidateTag(tag)', path, {})),
  invalidatedAtOnce('the last of 128 tags', '/tagged', { expire: '0' }, 'many-'),
  invalidatedAtOnce('a tag that is not ASCII', '/tagged', { expire: '0' }, 'schön-'),
  {
    feature: 'tags: revalidatePath of a page',
    async run({ slug, visit, invalidate }) {
      const url = `/tagged/${slug}`;
      await visit('rendered', url, 'MISS data1 page1');
      await visit('another page', `/tagged/${slug}-other`, 'MISS data2 page2');
      await invalidate({ path: url });
      await visit('rendered anew, with its data', url, 'MISS data3 page3');
      await visit('cached', url, 'HIT data3 page3');
      await visit('the other page is untouched', `/tagged/${slug}-other`, 'HIT data2 page2');
    },
  },
  {
    feature: 'tags: revalidatePath of a route handler',
    async run({ slug, visit, invalidate }) {
      const url = `/route/${slug}`;
      await visit('rendered', url, 'MISS data1 page1');
      await invalidate({ path: url });
      await visit('rendered anew', url, 'MISS data2 page2');
      await visit('cached', url, 'HIT data2 page2');
    },
  },
  {
    feature: 'tags: revalidatePath of a layout',
    async run({ slug, visit, invalidate }) {
      const [one, two] = [`/nested/${slug}/one`, `/nested/${slug}/two`];
      await visit('rendered', one, 'MISS layout1 page1');
      await visit('a sibling', two, 'MISS layout2 page2');
      await invalidate({ path: '/nested/[group]', type: 'layout' });
      await visit('rendered anew', one, 'MISS layout3 page3');
      await visit('the sibling too', two, 'MISS layout4 page4');
      await visit('cached', one, 'HIT layout3 page3');
    },
  },
  {
    feature: "tags: revalidatePath of a route pattern, type 'page'",
    async run({ slug, visit, invalidate }) {
      const url = `/patterned/${slug}`;
      await visit('rendered', url, 'MISS page1');
      await invalidate({ path: '/patterned/[slug]', type: 'page' });
      await visit('rendered anew', url, 'MISS page2');
    },
  },
  actionScript(
    next === 16 ? 'updateTag' : 'revalidateTag(tag)',
    'update',
    'HIT data2 page2',
    'MISS data3 page3',
  ),
  actionScript('revalidatePath', 'path', 'HIT data2 page2', 'MISS data3 page3'),
  actionScript('nothing', 'nothing', 'HIT data1 page2', 'HIT data1 page1'),
];

/** What a browser without JavaScript sends when that button is pressed. */
export function formOf(html: string, id: string): FormData {
  const form = new RegExp(`<form[^>]*id="${id}".*?</form>`, 's').exec(html)?.[0] ?? '';
  const body = new FormData();
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    const value = /value="([^"]*)"/.exec(input)?.[1] ?? '';
    if (name !== undefined) body.set(name, value.replaceAll('&quot;', '"'));
  }
  return body;
}
