import type { Script } from '../visitor.ts';
import { PAST_MS, REVALIDATE_MS } from './lifetimes.ts';
import { addressOf, cookieOf, PREFETCH, RSC, segment } from './responses.ts';
import { formOf } from './tags.ts';

/** `first`: with a param that the build does not know, which only the shell is there for; `then`: afterwards. */
function unknownParam(path: string, first: string, then: string): Script {
  return {
    feature: `components: ${path} with a param that the build does not know`,
    async run({ slug, visit, settle }) {
      const url = `${path}/${slug}`;
      await visit('first', url, first);
      await settle();
      await visit('second', url, then);
      await visit('third', url, then);
    },
  };
}

function builtParam(path: string, verdict: string): Script {
  return {
    feature: `components: ${path} with a param of the build`,
    async run({ visit, settle }) {
      await visit('first', `${path}/built`, verdict);
      await settle();
      await visit('second', `${path}/built`, verdict);
      await visit('third', `${path}/built`, verdict);
    },
  };
}

/** `name`: of the mark that the page shows; `missed`: what the answer is called that is made because there is none. */
function invalidated(
  path: string,
  what: string,
  query: Readonly<Record<string, string>>,
  name: string,
  missed: string,
): Script {
  return {
    feature: `components: ${what} on ${path}`,
    async run({ slug, visit, call, settle, invalidate }) {
      const url = `${path}/${slug}`;
      await call(url);
      await settle();
      await visit('cached', url, `HIT ${name}1`);
      await visit('cached on every process', url, `HIT ${name}1`);
      await invalidate({ tag: `tag:${slug}`, ...query });
      await visit('afterwards', url, query.profile === 'max' ? `STALE ${name}1` : `${missed}${name}2`);
      await settle();
      await visit('then', url, `HIT ${name}2`);
      await visit('then, on every process', url, `HIT ${name}2`);
    },
  };
}

const actions: readonly Script[] = (
  [
    ['updateTag', 'update', 'HIT data2', 'data3'],
    ["revalidateTag(tag, 'max')", 'stale', 'HIT data2', 'STALE data1'],
    ['revalidatePath', 'path', 'HIT data2', 'data3'],
    ['nothing', 'nothing', 'HIT data1', 'HIT data1'],
  ] as const
).map(([does, button, own, everybody]) => ({
  feature: `components: an action that does ${does}`,
  async run({ slug, visit, call, settle }) {
    const url = `/action/${slug}`;
    await call(url);
    await settle();
    const { text } = await visit('cached', url, 'HIT data1');
    await visit('the author reads afterwards', url, own, { body: formOf(text, button) });
    await settle();
    await visit('everybody afterwards', url, everybody);
  },
}));

export const componentScripts = (): readonly Script[] => [
  unknownParam('/page', 'data1', 'HIT data1'),
  unknownParam('/whole', 'page1', 'HIT page1'),
  unknownParam('/handler', 'MISS data1', 'HIT data1'),
  builtParam('/page', 'HIT data1'),
  builtParam('/whole', 'HIT page1'),
  builtParam('/handler', 'HIT data1'),
  ...['/page', '/whole', '/handler'].flatMap((path) => {
    const name = path === '/whole' ? 'page' : 'data';
    const missed = path === '/handler' ? 'MISS ' : '';
    return [
      invalidated(path, 'revalidateTag(tag)', {}, name, missed),
      invalidated(path, 'revalidateTag(tag, { expire: 0 })', { expire: '0' }, name, missed),
      invalidated(path, "revalidateTag(tag, 'max')", { profile: 'max' }, name, missed),
    ];
  }),
  ...actions,
  {
    feature: 'components: a hole that is filled anew for every request',
    async run({ slug, visit, settle }) {
      for (const url of [`/hole/${slug}`, '/hole/built']) {
        const data = url.endsWith('built') ? 'data2' : 'data1';
        const holes = url.endsWith('built') ? 4 : 1;
        await visit(`${data}: first`, url, `${data} hole${holes}`);
        await settle();
        await visit(`${data}: second`, url, `${data} hole${holes + 1}`);
        await visit(`${data}: third`, url, `${data} hole${holes + 2}`);
      }
    },
  },
  {
    feature: 'components: data that is too short-lived for a shell',
    async run({ slug, visit, after }) {
      const url = `/dynamic/${slug}`;
      const made = await visit('first', url, 'data1');
      await visit('cached', url, 'data1', { within: [made, REVALIDATE_MS] });
      await visit('cached on every process', url, 'data1', { within: [made, REVALIDATE_MS] });
      await after(made, 2 * REVALIDATE_MS + PAST_MS);
      await visit('past expire', url, 'data2');
    },
  },
  {
    feature: 'components: a page that is revalidated by time',
    async run({ slug, visit, call, after, settle }) {
      const url = `/timed/${slug}`;
      const made = await call(url);
      await settle();
      await visit('fresh', url, 'HIT data1', { within: [made, REVALIDATE_MS] });
      await visit('fresh on every process', url, 'HIT data1', { within: [made, REVALIDATE_MS] });
      await after(made, REVALIDATE_MS + 1_000);
      const stale = await visit('stale', url, 'STALE data1');
      await settle();
      await visit('renewed', url, 'HIT data2', { within: [stale, REVALIDATE_MS] });
    },
  },
  {
    feature: 'components: notFound()',
    async run({ slug, visit, settle }) {
      const url = `/missing/${slug}`;
      await visit('first, with the shell', url, '');
      await settle();
      await visit('second', url, '404 HIT');
      await visit('third', url, '404 HIT');
    },
  },
  {
    feature: 'components: cached data in the shell',
    async run({ slug, visit, settle, invalidate }) {
      await visit('shell of the build', `/framed/${slug}`, 'data1 frame1');
      await settle();
      await visit('whole page', `/framed/${slug}`, 'HIT data1 frame2');
      await invalidate({ tag: 'tag:frame' });
      await visit('another param after the frame was invalidated', `/framed/${slug}-b`, 'data2 frame3');
      await settle();
      await visit('that param again', `/framed/${slug}-b`, 'HIT data2 frame3');
      await visit('the first param again', `/framed/${slug}`, 'data1 frame3');
    },
  },
  {
    feature: 'components: an empty shell whose route was invalidated',
    async run({ slug, visit, settle, invalidate }) {
      await visit('shell of the build', `/emptied/${slug}`, 'page1');
      await settle();
      await invalidate({ path: '/emptied/[slug]', type: 'page' });
      await visit('another param', `/emptied/${slug}-b`, '500');
      await settle();
      await visit('yet another param', `/emptied/${slug}-c`, '500');
      await settle();
      await visit('yet another param again', `/emptied/${slug}-c`, '500');
    },
  },
  {
    feature: 'components: draft mode is neither stored nor served',
    async run({ slug, visit, call, settle }) {
      const url = `/draft/${slug}`;
      const cookie = await cookieOf(call, '/api/draft');
      await visit('an editor sees new data', url, 'HIT data1', { headers: { cookie } });
      await visit('and newer data the next time', url, 'HIT data2', { headers: { cookie } });
      await visit('a visitor', url, 'data3');
      await settle();
      await visit('a visitor again', url, 'HIT data3');
      await visit('an editor still sees new data', url, 'HIT data4', { headers: { cookie } });
      await visit('a visitor still sees the same', url, 'HIT data3');
    },
  },
  {
    feature: 'components: navigation and prefetch',
    async run(visitor) {
      const { slug, visit, call, settle } = visitor;
      for (const [path, shown] of [
        ['/page', 'data1'],
        ['/hole', 'data1'],
        ['/whole', 'page1'],
      ] as const) {
        const url = `${path}/${slug}`;
        await call(url);
        await settle();
        for (const [name, headers, expected] of [
          ['prefetch', PREFETCH, `HIT ${shown}`],
          ['tree', segment('/_tree'), 'HIT'],
          ['whole page', segment('/_full'), `HIT ${shown}`],
          ['unknown segment', segment('/nowhere'), '404 HIT'],
        ] as const) {
          const address = await addressOf(16, visitor, url, headers);
          await visit(`${path}: ${name}`, address, expected, { headers });
          await visit(`${path}: ${name} on every process`, address, expected, { headers });
        }
        const address = await addressOf(16, visitor, url, RSC);
        const hole = path === '/hole' ? ' hole' : '';
        await visit(`${path}: navigation`, address, `${shown}${hole && `${hole}1`}`, { headers: RSC });
        await visit(`${path}: navigation again`, address, `${shown}${hole && `${hole}2`}`, { headers: RSC });
      }
    },
  },
];
