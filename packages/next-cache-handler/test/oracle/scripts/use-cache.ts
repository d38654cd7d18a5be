import type { Next, Script } from '../visitor.ts';
import { EXPIRE_MS, PAST_MS, REVALIDATE_MS } from './lifetimes.ts';

const TYPES =
  'text unicode number notANumber zero bigint boolean none textOrNumber date array object map set bytes buffer numbers promise form';

/** A `'use cache'` function, called in a route that is answered anew every time. */
function timed(kind: string): Script {
  return {
    feature: `use cache: a lifetime of its own (${kind})`,
    async run({ slug, visit, after, settle }) {
      const url = `/used/${kind}/${slug}`;
      const made = await visit('first', url, 'data1');
      await visit('fresh', url, 'data1', { within: [made, REVALIDATE_MS] });
      await visit('fresh on every process', url, 'data1', { within: [made, REVALIDATE_MS] });
      await after(made, REVALIDATE_MS + PAST_MS);
      await visit('past revalidate', url, 'data2', { within: [made, EXPIRE_MS] });
      await settle();
      const last = await visit('afterwards', url, 'data2', { within: [made, 2 * REVALIDATE_MS] });
      await after(last, EXPIRE_MS + PAST_MS);
      await visit('past expire', url, 'data3');
    },
  };
}

function kept(kind: string): Script {
  return {
    feature: `use cache: ${kind}`,
    async run({ slug, visit, settle }) {
      const url = `/used/${kind}/${slug}`;
      await visit('first', url, 'data1');
      await settle();
      await visit('kept', url, 'data1');
      await visit('kept on every process', url, 'data1');
    },
  };
}

function invalidated(
  kind: string,
  what: string,
  query: Readonly<Record<string, string>>,
  next: string,
  slugPrefix = '',
): Script {
  return {
    feature: `use cache: ${what} (${kind})`,
    slugPrefix,
    async run({ slug, visit, invalidate, settle }) {
      const url = `/used/${kind}/${encodeURIComponent(slug)}`;
      const outer = (number: number) => (kind === 'nested' ? ` outer${number}` : '');
      await visit('first', url, `data1${outer(1)}`);
      await visit('kept', url, `data1${outer(1)}`);
      await visit('kept on every process', url, `data1${outer(1)}`);
      await invalidate({ tag: slugPrefix === 'schön-' ? `tag:${slug}:日本🙂` : `tag:${slug}`, ...query });
      await visit('afterwards', url, `${next}${outer(next === 'data1' ? 1 : 2)}`);
      await settle();
      await visit('then', url, `data2${outer(2)}`);
      await visit('then, on every process', url, `data2${outer(2)}`);
    },
  };
}

export const useCacheScripts = (next: Next): readonly Script[] => [
  timed('timed'),
  timed('named'),
  kept('large'),
  kept('values'),
  ...['plain', 'remote', 'nested'].flatMap((kind) => [
    invalidated(kind, 'revalidateTag(tag)', {}, 'data2'),
    ...(next === 16
      ? [
          invalidated(kind, 'revalidateTag(tag, { expire: 0 })', { expire: '0' }, 'data2'),
          invalidated(kind, "revalidateTag(tag, 'max')", { profile: 'max' }, 'data1'),
        ]
      : []),
  ]),
  invalidated('plain', 'the last of 128 tags', { expire: '0' }, 'data2', 'many-'),
  invalidated('plain', 'a tag that is not ASCII', { expire: '0' }, 'data2', 'schön-'),
  {
    feature: 'use cache: a lifetime of nothing',
    async run({ slug, visit }) {
      const url = `/used/momentary/${slug}`;
      await visit('first', url, 'data1');
      await visit('second', url, 'data2');
    },
  },
  {
    feature: 'use cache: an error is not kept',
    async run({ slug, visit, setSwitch, settle }) {
      const url = `/used/failing/${slug}`;
      setSwitch(true);
      await visit('throws', url, '500');
      await settle();
      await visit('throws again', url, '500');
      setSwitch(false);
      await settle();
      await visit('succeeds', url, 'data1');
      setSwitch(true);
      await visit('kept', url, 'data1');
    },
  },
  {
    feature: 'use cache: a stream, also one that fails midway',
    async run({ slug, visit, setSwitch, settle }) {
      const url = `/used/streamed/${slug}`;
      setSwitch(true);
      await visit('fails', url, '500');
      await settle();
      setSwitch(false);
      await visit('the failure is not kept', url, 'data1');
      await settle();
      await visit('kept', url, 'data1');
      await visit('kept on every process', url, 'data1');
    },
  },
  {
    feature: 'use cache: arguments of every type',
    async run({ slug, visit }) {
      const url = `/used/plain/${slug}?argument=`;
      for (const [index, type] of TYPES.split(' ').entries()) {
        const [one, other] = [`data${2 * index + 1}`, `data${2 * index + 2}`];
        await visit(`${type}: one`, `${url}${type}.0`, one);
        await visit(`${type}: another`, `${url}${type}.1`, other);
        await visit(`${type}: the first again`, `${url}${type}.0`, one);
        await visit(`${type}: the other again`, `${url}${type}.1`, other);
      }
    },
  },
];
