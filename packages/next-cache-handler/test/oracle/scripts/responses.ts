import type { Next, Script, Visitor } from '../visitor.ts';

/** Forms in which a page is asked for, bytes, images, draft mode. */
export const RSC = { rsc: '1' };
export const PREFETCH = { rsc: '1', 'next-router-prefetch': '1' };
export const segment = (path: string) => ({ ...PREFETCH, 'next-router-segment-prefetch': path });

/** Since 16, Next sends a navigation to an address that names its headers, for the caches in front. */
export async function addressOf(
  next: Next,
  { call }: Visitor,
  path: string,
  headers: Record<string, string>,
) {
  if (next === 15) return path;
  const { response } = await call(path, { headers });
  return response.headers.get('location') ?? 'not redirected';
}

function bytes(size: string): Script {
  return {
    feature: `responses: a route handler's ${size} bytes`,
    slugPrefix: `${size}-`,
    async run({ slug, visit }) {
      await visit('made', `/bytes/${slug}`, 'MISS bytes1');
      await visit('cached, byte for byte', `/bytes/${slug}`, 'HIT bytes1');
      await visit('cached on every process', `/bytes/${slug}`, 'HIT bytes1');
    },
  };
}

/** Since 16.2, where the app says so. One picture for all: this script is alone with it. */
const imageScript: Script = {
  feature: 'responses: images',
  async run({ visit }) {
    const url = `/_next/image?url=${encodeURIComponent('/picture.png')}&w=64&q=75`;
    await visit('made', url, 'MISS', {
      headers: { accept: 'image/webp' },
    });
    await visit('cached', url, 'HIT', { headers: { accept: 'image/webp' } });
    await visit('cached on every process', url, 'HIT', { headers: { accept: 'image/webp' } });
    await visit('another format', url, 'MISS', { headers: { accept: 'image/png' } });
    await visit('the other format, cached', url, 'HIT', { headers: { accept: 'image/png' } });
  },
};

export const responseScripts = (next: Next): readonly Script[] => [
  ...(next === 16 ? [imageScript] : []),
  bytes('0'),
  bytes('1000'),
  bytes('5000000'),
  {
    feature: 'responses: navigation and prefetch of a cached page',
    async run(visitor) {
      const { slug, visit, invalidate } = visitor;
      const url = `/tagged/${slug}`;
      const whole = 'HIT data1 page1';
      await visit('document', url, 'MISS data1 page1');
      for (const [name, headers, expected] of [
        ['navigation', RSC, whole],
        ['prefetch', PREFETCH, whole],
        // Next 15 knows no segments and answers with the page.
        ['tree', segment('/_tree'), next === 16 ? 'HIT' : whole],
        ['whole page', segment('/_full'), whole],
        ['head', segment('/_head'), next === 16 ? 'HIT' : whole],
        ['unknown segment', segment('/nowhere'), next === 16 ? '404 HIT' : whole],
      ] as const) {
        const address = await addressOf(next, visitor, url, headers);
        await visit(name, address, expected, { headers });
        await visit(`${name} on every process`, address, expected, { headers });
      }
      await invalidate({ tag: `tag:${slug}` });
      const address = await addressOf(next, visitor, url, RSC);
      await visit('navigation afterwards', address, 'MISS data2 page2', { headers: RSC });
      await visit('document afterwards', url, 'HIT data2 page2');
    },
  },
  {
    feature: 'responses: a page whose first request is a navigation',
    async run(visitor) {
      const { slug, visit } = visitor;
      const url = `/kept/${slug}`;
      const address = await addressOf(next, visitor, url, RSC);
      await visit('navigation', address, 'MISS page1', { headers: RSC });
      await visit('document', url, 'HIT page1');
    },
  },
  {
    feature: 'responses: draft mode is neither stored nor served',
    async run({ slug, visit, call }) {
      const url = `/draft/${slug}`;
      const cookie = await cookieOf(call, '/api/draft');
      await visit('an editor sees the draft', url, 'HIT draft1', { headers: { cookie } });
      await visit('and another draft the next time', url, 'HIT draft2', { headers: { cookie } });
      await visit('a visitor sees what is published', url, 'MISS page1');
      await visit('an editor still sees a draft', url, 'HIT draft3', { headers: { cookie } });
      await visit('a visitor sees the same again', url, 'HIT page1');
      await visit('with a cookie that is wrong too', url, 'HIT page1', {
        headers: { cookie: '__prerender_bypass=wrong' },
      });
    },
  },
];

export async function cookieOf(
  call: (path: string) => Promise<{ response: Response }>,
  path: string,
): Promise<string> {
  const { response } = await call(path);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
