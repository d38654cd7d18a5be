import { deflateSync, inflateSync } from 'node:zlib';

interface ResumeData {
  readonly store: {
    readonly fetch: Readonly<Record<string, { readonly tags?: readonly string[] }>>;
    readonly cache: Readonly<Record<string, { readonly entry: { readonly tags: readonly string[] } }>>;
  };
}

const NONE = 'null';

/**
 * Keeps of the cached data that a shell carries only what its own tags can end.
 *
 * Next's build lets the fallback shell of a route carry the data of some page of that route too (16.4.6, the last phase
 * of the export), under no tags of its own, and resumes from them without asking anybody. Whoever resumes without
 * them asks the cache. The form is `<length>:<state><data>` (`postponed-state.js`), the data being JSON, deflated
 * and in base64.
 *
 * @throws when it has another form: nothing can be said of it then.
 */
export function keepNamedData(postponed: string, tags: ReadonlySet<string>): string {
  const length = /^(\d+):/.exec(postponed);
  if (length === null) throw new TypeError('a shell of another form');
  const dataAt = length[0].length + Number(length[1]);
  return postponed.slice(0, dataAt) + keepNamed(postponed.slice(dataAt), tags);
}

function keepNamed(data: string, tags: ReadonlySet<string>): string {
  if (data === NONE) return NONE;
  const { store } = JSON.parse(inflateSync(Buffer.from(data, 'base64')).toString('utf8')) as ResumeData;
  const isNamed = (own: readonly string[] = []) => own.length > 0 && own.every((tag) => tags.has(tag));
  const fetched = Object.entries(store.fetch).filter(([, value]) => isNamed(value.tags));
  const cached = Object.entries(store.cache).filter(([, value]) => isNamed(value.entry.tags));
  if (fetched.length + cached.length === 0) return NONE;
  const kept = {
    store: {
      fetch: Object.fromEntries(fetched),
      cache: Object.fromEntries(cached),
      encryptedBoundArgs: {},
    },
  };
  return deflateSync(JSON.stringify(kept)).toString('base64');
}
