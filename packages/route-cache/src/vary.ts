import { createHash } from 'node:crypto';

/**
 * The request fields that selected a response (RFC 9110 §12.5.5), lower-case, sorted, each once. Null for `*`: nothing
 * tells which other request it would fit.
 */
export function varyOf(headers: Headers): readonly string[] | null {
  const names = (headers.get('vary') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  return names.includes('*') ? null : [...new Set(names)].sort();
}

/**
 * A digest of what a request says in these fields: equal for two requests that match (RFC 9111 §4.1). A digest, because
 * the fields may be cookies or credentials, which must not get into keys.
 */
export function selectionOf(names: readonly string[], headers: Headers): string {
  if (names.length === 0) return '';
  const hash = createHash('sha256');
  for (const name of names) {
    const value = headers.get(name);
    const text = value === null ? '' : normalise(name, value);
    hash.update(`${name}:${value === null ? '-' : text.length}:${text}`);
  }
  return hash.digest('base64url');
}

const CASELESS = new Set(['accept-encoding', 'accept-language', 'accept-charset']);

/** Differences that mean nothing: space around list members, lines that were joined, the case of languages. */
function normalise(name: string, value: string): string {
  if (value.includes('"')) return value.trim();
  const members = value.split(',').map((member) => member.trim());
  const text = members.filter((member) => member !== '').join(',');
  return CASELESS.has(name) ? text.toLowerCase() : text;
}
