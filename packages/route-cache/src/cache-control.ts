import { parseDictionary } from 'structured-headers';

/** Directives by lower-case name; null for those without an argument. The first of equal names counts (RFC 9111 §4.2.1). */
export type Directives = ReadonlyMap<string, string | null>;

/** Longer lifetimes are as good as endless (RFC 9111 §1.2.2). */
const MAX_SECONDS = 2 ** 31;

/** A member of the list: up to the next comma outside of quotes. A quote that is not closed reaches to the end. */
const MEMBER = /(?:[^,"]|"(?:[^"\\]|\\[\s\S]|\\$)*(?:"|$))+/g;
/** `token [ "=" ( token / quoted-string ) ]`, without space around "=" (RFC 9111 §5.2). */
const DIRECTIVE = /^([^\s="]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*)))?$/;

/** Reads a `Cache-Control` field; what is malformed is left out. */
export function parseCacheControl(field: string | null): Directives {
  const directives = new Map<string, string | null>();
  for (const member of field?.match(MEMBER) ?? []) {
    const [, name, quoted, token] = DIRECTIVE.exec(member.trim()) ?? [];
    const key = name?.toLowerCase();
    if (key === undefined || directives.has(key)) continue;
    directives.set(key, quoted?.replaceAll(/\\(.)/g, '$1') ?? token ?? null);
  }
  return directives;
}

/**
 * Reads a targeted field such as `CDN-Cache-Control`, a dictionary of structured fields (RFC 9213 §2.1).
 * Null when it is absent, empty or malformed: it is then as if it were not there.
 */
export function parseTargeted(field: string | null): Directives | null {
  if (field === null) return null;
  try {
    const directives = new Map<string, string | null>();
    for (const [name, [value]] of parseDictionary(field)) {
      if (value === true) directives.set(name, null);
      else if (typeof value === 'number') directives.set(name, String(value));
    }
    return directives.size === 0 ? null : directives;
  } catch {
    return null;
  }
}

/**
 * The argument of a directive in seconds. Undefined when the directive is absent; 0, hence stale, when its argument is
 * not a whole number (RFC 9111 §4.2.1).
 */
export function secondsOf(directives: Directives, name: string): number | undefined {
  const argument = directives.get(name);
  if (argument === undefined) return undefined;
  return argument !== null && /^\d+$/.test(argument) ? Math.min(Number(argument), MAX_SECONDS) : 0;
}

/** The field names of `no-cache="a, b"` and `private="a"`; null when the directive concerns the whole response. */
export function fieldsOf(directives: Directives, name: string): readonly string[] | null {
  const argument = directives.get(name);
  if (argument === undefined || argument === null) return null;
  return argument
    .toLowerCase()
    .split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '');
}

/** Whether a directive is there and concerns the whole response. */
export const isUnqualified = (directives: Directives, name: string): boolean =>
  directives.has(name) && !fieldsOf(directives, name)?.length;
