import { isUnqualified } from './cache-control.ts';
import type { ResolvedOptions } from './options.ts';
import type { Policy } from './policy.ts';
import { OF_THE_CACHE } from './validation.ts';

/** Final statuses whose meaning for caching is known here (RFC 9111 §3, `must-understand`). */
const UNDERSTOOD = new Set([
  200, 201, 202, 203, 204, 205, 300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 406, 408, 409, 410,
  411, 412, 413, 414, 415, 416, 417, 421, 422, 425, 426, 428, 429, 431, 451,
]);

/** Bodies that never end, or never twice alike. */
const ENDLESS = /^(text\/event-stream|multipart\/x-mixed-replace)\b/i;

const OF_THE_USER = ['authorization', 'cookie'];

export interface Candidate {
  readonly response: Response;
  readonly policy: Policy;
  /** Null: `Vary: *`. */
  readonly vary: readonly string[] | null;
  /** The request fields that the handler read; `*` stands for all of them. Null: it was not watched. */
  readonly reads: ReadonlySet<string> | null;
  /** The request fields that are in the key already. */
  readonly keyed: ReadonlySet<string>;
  readonly authorized: boolean;
}

/**
 * Why nobody else may get this response, in one word for `Cache-Status`; null when it may be stored (RFC 9111 §3).
 */
export function whyNotShared(
  { response, policy, vary, reads, keyed, authorized }: Candidate,
  { scope, maxBytes }: Pick<ResolvedOptions, 'scope' | 'maxBytes'>,
): string | null {
  const { status, headers } = response;
  const { directives } = policy;
  const shared = scope === 'shared';
  if (headers.has('set-cookie')) return 'set-cookie';
  if (status === 206 || status === 304 || status < 200) return `status-${status}`;
  if (directives.has('must-understand') && !UNDERSTOOD.has(status)) return 'must-understand';
  // §5.2.2.3: whoever understands the status ignores the `no-store` beside `must-understand`.
  if (directives.has('no-store') && !directives.has('must-understand')) return 'no-store';
  if (shared && isUnqualified(directives, 'private')) return 'private';
  if (vary === null) return 'vary-star';
  if (ENDLESS.test(headers.get('content-type') ?? '')) return 'endless';
  if (Number(headers.get('content-length') ?? 0) > maxBytes) return 'too-large';
  // §3.5: three directives allow a response to somebody with credentials to be used for others.
  const allowed = ['public', 's-maxage', 'must-revalidate'].some((name) => directives.has(name));
  if (shared && authorized && !allowed) return 'authorization';
  const harmless = harmlessReads({ keyed: [...keyed, ...vary], shared, allowed });
  const unkeyed = [...(reads ?? [])].find((name) => !harmless.has(name));
  return unkeyed === undefined ? null : unkeyed === '*' ? 'reads-all-fields' : `reads-${wordOf(unkeyed)}`;
}

/**
 * The fields that a handler may read of a response that is stored. A user's own are that user's in a private scope, and
 * in a shared one nobody's, whatever the key says: it may say less than the handler reads off them.
 */
function harmlessReads(of: {
  keyed: readonly string[];
  shared: boolean;
  allowed: boolean;
}): ReadonlySet<string> {
  const { keyed, shared, allowed } = of;
  if (!shared) return new Set([...keyed, ...OF_THE_CACHE, ...OF_THE_USER]);
  const names = keyed.filter((name) => !OF_THE_USER.includes(name));
  return new Set([...names, ...OF_THE_CACHE, ...(allowed ? ['authorization'] : [])]);
}

/** A header name is a token and fits; what is none is not shown. */
const wordOf = (name: string) => (/^[a-z\d-]{1,60}$/.test(name) ? name : 'a-field');
