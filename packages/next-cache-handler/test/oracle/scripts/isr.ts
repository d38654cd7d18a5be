import type { Next, Script } from '../visitor.ts';
import { EXPIRE_MS, movedScript, PAST_MS, REVALIDATE_MS } from './lifetimes.ts';

/** `expired`: what Next says of an answer that is past `expire`, at which it looks since version 16. */
function timed(
  feature: string,
  path: string,
  { status = '', expired }: { status?: string; expired: string },
): Script {
  return {
    feature,
    async run({ slug, visit, after, settle }) {
      const url = `${path}/${slug}`;
      const made = await visit('rendered', url, `${status}MISS page1`);
      await visit('fresh', url, `${status}HIT page1`, { within: [made, REVALIDATE_MS] });
      await visit('fresh on every process', url, `${status}HIT page1`, { within: [made, REVALIDATE_MS] });
      await after(made, REVALIDATE_MS + PAST_MS);
      const stale = await visit('stale', url, `${status}STALE page1`, { within: [made, EXPIRE_MS] });
      await settle();
      await visit('renewed', url, `${status}HIT page2`, { within: [stale, REVALIDATE_MS] });
      const last = await visit('renewed on every process', url, `${status}HIT page2`, {
        within: [stale, REVALIDATE_MS],
      });
      await after(last, EXPIRE_MS + PAST_MS);
      const again = await visit('expired', url, `${status}${expired}`);
      await visit('rendered again', url, `${status}HIT page3`, { within: [again, REVALIDATE_MS] });
    },
  };
}

export const isrScripts = (next: Next): readonly Script[] => [
  timed('ISR: a page that is revalidated by time', '/timed', {
    expired: next === 16 ? 'REVALIDATED page3' : 'STALE page2',
  }),
  timed('ISR: a route handler with a status and headers of its own', '/answer', {
    status: '203 ',
    expired: next === 16 ? 'HIT page3' : 'STALE page2',
  }),
  {
    feature: 'ISR: a page that is never revalidated',
    async run({ slug, visit }) {
      const url = `/kept/${slug}`;
      await visit('rendered', url, 'MISS page1');
      await visit('kept', url, 'HIT page1');
      await visit('kept on every process', url, 'HIT page1');
      await visit('HEAD', url, 'HIT', { method: 'HEAD' });
    },
  },
  {
    feature: 'ISR: a page of the build',
    async run({ visit, settle }) {
      await visit('first', '/kept/built', 'HIT page1');
      await settle();
      await visit('second', '/kept/built', 'HIT page1');
      await visit('third', '/kept/built', 'HIT page1');
    },
  },
  {
    feature: 'ISR: params that the build lists, and no others',
    async run({ slug, visit, settle }) {
      await visit('listed', '/listed/one', 'HIT page1');
      await settle();
      await visit('listed, again', '/listed/one', 'HIT page1');
      await visit('not listed', `/listed/${slug}`, '404 HIT');
    },
  },
  {
    feature: 'ISR: notFound()',
    async run({ slug, visit, setSwitch, after, settle }) {
      const url = `/missing/${slug}`;
      const made = await visit('not there', url, '404 MISS');
      await visit('not there, cached', url, '404 HIT', { within: [made, REVALIDATE_MS] });
      await visit('not there, cached on every process', url, '404 HIT', { within: [made, REVALIDATE_MS] });
      setSwitch(true);
      await after(made, REVALIDATE_MS + PAST_MS);
      const stale = await visit('stale', url, '404 STALE', { within: [made, EXPIRE_MS] });
      await settle();
      const there = await visit('there', url, 'HIT page1', { within: [stale, REVALIDATE_MS] });
      setSwitch(false);
      await after(there, REVALIDATE_MS + PAST_MS);
      const old = await visit('gone, stale', url, 'STALE page1', { within: [stale, EXPIRE_MS] });
      await settle();
      await visit('gone', url, '404 HIT', { within: [old, REVALIDATE_MS] });
    },
  },
  movedScript('ISR: redirect()', '/moved', 'target1 target2'),
  {
    feature: 'ISR: permanentRedirect(), and redirect() of a route handler',
    async run({ slug, visit }) {
      for (const [path, status] of [
        ['/moved-for-good', 308],
        ['/moved-route', 307],
      ] as const) {
        const number = path === '/moved-for-good' ? 1 : 2;
        await visit(`${path}, rendered`, `${path}/${slug}`, `${status} MISS target${number}`);
        await visit(`${path}, cached`, `${path}/${slug}`, `${status} HIT target${number}`);
        await visit(`${path}, cached on every process`, `${path}/${slug}`, `${status} HIT target${number}`);
      }
    },
  },
  {
    feature: 'ISR: a render that throws',
    async run({ slug, visit, setSwitch, after, settle }) {
      const url = `/failing/${slug}`;
      setSwitch(true);
      await visit('nothing to fall back to', url, '500');
      await visit('the failure is not kept', url, '500');
      setSwitch(false);
      const made = await visit('rendered', url, 'MISS page1');
      setSwitch(true);
      await after(made, REVALIDATE_MS + PAST_MS);
      await visit('stale', url, 'STALE page1', { within: [made, EXPIRE_MS] });
      await settle();
      const kept = await visit('the old page is kept for a while', url, 'HIT page1', {
        within: [made, EXPIRE_MS + 500],
      });
      setSwitch(false);
      // Past the life of the page, but not past what Next adds to it with every failure.
      await after(kept, EXPIRE_MS - 1_500);
      const answer = await visit('later', url, 'STALE page1');
      await settle();
      await visit('renewed', url, 'HIT page2', { within: [answer, REVALIDATE_MS] });
    },
  },
];
