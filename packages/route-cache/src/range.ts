export type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly first: number; readonly last: number }
  | { readonly kind: 'unsatisfiable' };

const WHOLE: ByteRange = { kind: 'whole' };
const SINGLE = /^bytes=\s*(\d*)-(\d*)\s*$/i;

/**
 * Which part of `length` bytes a request wants (RFC 9110 §14.2). Of what is malformed, in another unit, or several
 * ranges, the whole is the right answer.
 */
export function rangeOf(field: string | null, length: number): ByteRange {
  const [, first, last] = SINGLE.exec(field ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return WHOLE;
  if (first === '') {
    const suffix = Math.min(Number(last), length);
    return suffix === 0
      ? { kind: 'unsatisfiable' }
      : { kind: 'part', first: length - suffix, last: length - 1 };
  }
  const from = Number(first);
  const to = last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (last !== '' && Number(last) < from) return WHOLE;
  return from >= length ? { kind: 'unsatisfiable' } : { kind: 'part', first: from, last: to };
}

/** `If-Range`: the range counts only if the validator is still the stored one, compared strongly (RFC 9110 §13.1.5). */
export function rangeStillCounts(ifRange: string | null, headers: Headers): boolean {
  if (ifRange === null) return true;
  const text = ifRange.trim();
  if (text.startsWith('W/')) return false;
  return text.startsWith('"') ? text === headers.get('etag') : text === headers.get('last-modified');
}
