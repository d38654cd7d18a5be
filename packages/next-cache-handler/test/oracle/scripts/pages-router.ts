import type { Next, Script } from '../visitor.ts';
import { EXPIRE_MS, movedScript, PAST_MS, REVALIDATE_MS } from './lifetimes.ts';
import { cookieOf } from './responses.ts';

/** The address of a page's data is in the page. */
function dataPath(html: string, path: string): string {
  const buildId = /"buildId":"([^"]+)"/.exec(html)?.[1];
  return `/_next/data/${buildId}${path}.json`;
}

export const pagesRouterScripts = (next: Next): readonly Script[] => [
  {
    feature: 'pages router: revalidate, with its data',
    async run({ slug, visit, after, settle }) {
      const url = `/pages/timed/${slug}`;
      const made = await visit('rendered', url, 'MISS page1');
      const data = dataPath(made.text, url);
      await visit('fresh', url, 'HIT page1', { within: [made, REVALIDATE_MS] });
      await visit('data, fresh', data, 'HIT page1', { within: [made, REVALIDATE_MS] });
      await visit('data, fresh on every process', data, 'HIT page1', { within: [made, REVALIDATE_MS] });
      await after(made, REVALIDATE_MS + PAST_MS);
      const stale = await visit('data, stale', data, 'STALE page1', { within: [made, EXPIRE_MS] });
      await settle();
      const renewed = await visit('renewed', url, 'HIT page2', { within: [stale, REVALIDATE_MS] });
      await visit('renewed on every process', url, 'HIT page2', { within: [stale, REVALIDATE_MS] });
      await after(renewed, EXPIRE_MS + PAST_MS);
      const again = await visit('expired', url, next === 16 ? 'HIT page3' : 'STALE page2');
      await visit('data, rendered again', data, 'HIT page3', { within: [again, REVALIDATE_MS] });
    },
  },
  {
    feature: 'pages router: fallback: true',
    async run({ slug, visit, settle }) {
      const url = `/pages/fallback/${slug}`;
      const shell = await visit('the shell', url, 'MISS fallback1');
      await settle();
      const data = dataPath(shell.text, url);
      const made = await visit('the data, asked for by the shell', data, 'MISS page1');
      await visit('the page', url, 'HIT page1', { within: [made, 1_500] });
      await visit('the page on every process', url, 'HIT page1', { within: [made, 1_500] });
    },
  },
  {
    feature: 'pages router: notFound with revalidate',
    async run({ slug, visit, setSwitch, after, settle }) {
      const url = `/pages/missing/${slug}`;
      const made = await visit('not there', url, '404 HIT');
      await visit('not there, cached', url, '404 HIT', { within: [made, REVALIDATE_MS] });
      await visit('not there, cached on every process', url, '404 HIT', { within: [made, REVALIDATE_MS] });
      setSwitch(true);
      await after(made, REVALIDATE_MS + PAST_MS);
      const stale = await visit('stale', url, '404 HIT', { within: [made, EXPIRE_MS] });
      await settle();
      await visit('there', url, 'HIT page1', { within: [stale, REVALIDATE_MS] });
      await visit('there, on every process', url, 'HIT page1', { within: [stale, REVALIDATE_MS] });
    },
  },
  movedScript('pages router: redirect with revalidate', '/pages/moved', 'target2'),
  {
    feature: 'pages router: getStaticProps that throws',
    async run({ slug, visit, setSwitch, after, settle }) {
      const url = `/pages/failing/${slug}`;
      setSwitch(true);
      await visit('nothing to fall back to', url, '500');
      setSwitch(false);
      const made = await visit('rendered', url, 'MISS page1');
      setSwitch(true);
      await after(made, REVALIDATE_MS + PAST_MS);
      await visit('stale', url, 'STALE page1', { within: [made, EXPIRE_MS] });
      await settle();
      await visit('the old page is kept', url, 'HIT page1', { within: [made, EXPIRE_MS + 500] });
    },
  },
  {
    feature: 'pages router: res.revalidate()',
    async run({ slug, visit, call }) {
      const url = `/pages/never/${slug}`;
      await call(`/api/renew?path=${url}-unknown&known=1`);
      await visit('only what was generated before', `${url}-unknown`, 'MISS page1');
      await visit('rendered', url, 'MISS page2');
      await visit('kept', url, 'HIT page2');
      await visit('renews', `/api/renew?path=${url}`, '204');
      await visit('renewed', url, 'HIT page3');
      await visit('renewed on every process', url, 'HIT page3');
    },
  },
  {
    feature: 'pages router: preview is neither stored nor served',
    async run({ slug, visit, call }) {
      const url = `/pages/never/${slug}`;
      const cookie = await cookieOf(call, '/api/preview');
      await visit('an editor sees the draft', url, 'HIT draft1', { headers: { cookie } });
      await visit('a visitor sees what is published', url, 'MISS page1');
      await visit('an editor still sees a draft', url, 'HIT draft2', { headers: { cookie } });
      await visit('a visitor sees the same again', url, 'HIT page1');
    },
  },
];
