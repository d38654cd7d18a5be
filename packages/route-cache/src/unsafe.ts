import { type Cache, urlTag } from '@tbi/cache';

/** Methods that change nothing (RFC 9110 §9.2.1). All others, known or not, count as unsafe. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

export const isUnsafe = (method: string): boolean => !SAFE.has(method);

/**
 * After an unsafe request that did not fail, what is stored of its URL, and of those of the same origin that
 * `Location` and `Content-Location` name, is invalid (RFC 9111 §4.4). Resolves when that is recorded.
 */
export async function invalidateAfter(cache: Cache, url: URL, response: Response): Promise<void> {
  if (response.status >= 400) return;
  const named = ['location', 'content-location'].flatMap((field) => {
    const value = response.headers.get(field);
    if (value === null || !URL.canParse(value, url.href)) return [];
    const target = new URL(value, url.href);
    return target.origin === url.origin ? [target] : [];
  });
  await cache.invalidate([url, ...named].map(urlTag));
}
