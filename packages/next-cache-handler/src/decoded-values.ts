import type { Entry } from '@tbi/cache';
import type { GetContext, HandlerValue } from './next-types.ts';
import { decodeValue, type StoredValue } from './value-codec.ts';

/**
 * Decodes each entry of the process's own tier once: the engine hands out the same object for as long as it keeps
 * the entry, so a repeated hit parses and copies nothing. Null for a payload of another version.
 */
export function createDecodedValues(): (entry: Entry) => StoredValue | null {
  const decoded = new WeakMap<Entry, StoredValue | null>();
  return (entry) => {
    const known = decoded.get(entry);
    if (known !== undefined) return known;
    const value = tryDecode(entry.payload);
    decoded.set(entry, value);
    return value;
  };
}

function tryDecode(payload: Buffer): StoredValue | null {
  try {
    return decodeValue(payload);
  } catch {
    return null;
  }
}

/**
 * An object of the caller's own, with headers of its own: Next replaces fields of what it gets. Texts, buffers and
 * the map of segments are shared; Next only reads them.
 * A fallback shell comes without its navigation data, as Next's own handler reads it from the build: they would be
 * taken for the page's.
 */
export function copyForNext(value: HandlerValue, context: GetContext): HandlerValue {
  if (value === null) return null;
  if (value.kind === 'FETCH')
    return { ...value, data: { ...value.data, headers: { ...value.data.headers } } };
  if (value.kind === 'REDIRECT' || value.kind === 'IMAGE') return { ...value };
  const copy = value.headers === undefined ? { ...value } : { ...value, headers: { ...value.headers } };
  if (copy.kind !== 'APP_PAGE' || context.kind === 'FETCH') return copy;
  const { rscData, ...shell } = copy;
  return context.isFallback || rscData === undefined ? shell : copy;
}
