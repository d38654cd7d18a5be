import type { Script } from '../visitor.ts';

/** Forms in which a page is asked for, bytes, images, draft mode. */
const RSC = { rsc: '1' };
const PREFETCH = { rsc: '1', 'next-router-prefetch': '1' };
const segment = (path: string) => ({ ...PREFETCH, 'next-router-segment-prefetch': path });

/** Next answers navigation requests only under the address that names their headers. */
async function addressOf(
  call: (path: string, options: { headers: Record<string, string> }) => Promise<{ response: Response }>,
  path: string,
  headers: Record<string, string>,
) {
  const { response } = await call(path, { headers });
  return response.headers.get('location') ?? path;
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

export const responseScripts: readonly Script[] = [
  bytes('0'),
  bytes('1000'),
  bytes('5000000'),
  {
    feature: 'responses: navigation and prefetch of a cached page',
    async run({ slug, visit, call, invalidate }) {
      const url = `/tagged/${slug}`;
      const forms = [
        ['navigation', RSC, 'HIT page1 data1'],
        ['prefetch', PREFETCH, 'HIT page1 data1'],
        ['tree', segment('/_tree'), 'HIT'],
        ['whole page', segment('/_full'), 'HIT page1 data1'],
        ['head', segment('/_head'), 'HIT'],
        ['unknown segment', segment('/nowhere'), '404 HIT'],
      ] as const;
      await visit('document', url, 'MISS page1 data1');
      for (const [name, headers, expected] of forms) {
        const address = await addressOf(call, url, headers);
        await visit(name, address, expected, { headers });
        await visit(`${name} on every process`, address, expected, { headers });
      }
      await invalidate({ tag: `tag:${slug}`, expire: '0' });
      await visit('navigation afterwards', await addressOf(call, url, RSC), 'MISS page2 data2', {
        headers: RSC,
      });
      await visit('document afterwards', url, 'HIT page2 data2');
    },
  },
  {
    feature: 'responses: a page whose first request is a navigation',
    async run({ slug, visit, call }) {
      const url = `/kept/${slug}`;
      await visit('navigation', await addressOf(call, url, RSC), 'MISS page1', { headers: RSC });
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
  {
    feature: 'responses: images',
    async run({ slug, visit }) {
      const url = `/_next/image?url=${encodeURIComponent('/picture.png')}&w=64&q=75`;
      await visit(`made for nobody else: ${slug.length > 0}`, url, 'MISS', {
        headers: { accept: 'image/webp' },
      });
      await visit('cached', url, 'HIT', { headers: { accept: 'image/webp' } });
      await visit('cached on every process', url, 'HIT', { headers: { accept: 'image/webp' } });
      await visit('another format', url, 'MISS', { headers: { accept: 'image/png' } });
      await visit('the other format, cached', url, 'HIT', { headers: { accept: 'image/png' } });
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
