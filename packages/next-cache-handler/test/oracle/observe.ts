import { createHash } from 'node:crypto';
import type { Marks } from './marks.ts';

/** What one answer was, with everything that is random in it numbered, so that two runs can be compared. */
export interface Observation {
  /** Status unless 200, `x-nextjs-cache` and the marks: `HIT page1`. */
  readonly verdict: string;
  /** All headers but those that name time or connection, and a digest of the body. */
  readonly details: Readonly<Record<string, string>>;
}

/** Of another value with every answer, or of the connection's. */
const IGNORED = new Set(['date', 'connection', 'keep-alive', 'x-nextjs-cache', 'x-digest']);
/** Follow from the body, whose marks are random: compared by being there. */
const OPAQUE = new Set(['etag', 'content-length', 'transfer-encoding', 'set-cookie']);

export function observe(response: Response, body: Buffer, marks: Marks, slug: string): Observation {
  const text = body.toString('utf8');
  const location = response.headers.get('location') ?? '';
  const found = marks.find(`${decodeURIComponent(location)}\n${text}`);
  const cache = response.headers.get('x-nextjs-cache');
  const parts = [
    ...(response.status === 200 ? [] : [String(response.status)]),
    ...(cache === null ? [] : [cache]),
    ...found.sort(),
    ...digestPart(response, body, marks),
  ];
  const plain = (value: string) =>
    marks.replace(value).replaceAll(slug, '<slug>').replaceAll(encodeURIComponent(slug), '<slug>');
  const details: Record<string, string> = {};
  for (const [name, value] of response.headers) {
    if (!IGNORED.has(name)) details[name] = OPAQUE.has(name) ? 'present' : plain(value);
  }
  // What is rendered for this request alone arrives in pieces, in the order in which they are ready.
  const streamed = response.headers.get('cache-control')?.includes('no-store') ?? false;
  if (!streamed && !response.headers.has('x-digest'))
    details.body = digest(inOrder(plain(text))).slice(0, 12);
  return { verdict: parts.join(' '), details };
}

/** A body of random bytes comes with its own digest: that is its mark. */
function digestPart(response: Response, body: Buffer, marks: Marks): string[] {
  const expected = response.headers.get('x-digest');
  if (expected === null) return [];
  return digest(body) === expected ? marks.find(`[bytes:${expected.slice(0, 8)}]`) : ['BROKEN'];
}

/** The parts of a page arrive in the order in which they are ready, in pieces that are cut by chance. */
function inOrder(text: string): string {
  const whole = text.replaceAll('"])</script><script>self.__next_f.push([1,"', '');
  return whole
    .split(/\n|\\n/)
    .sort()
    .join('\n');
}

const digest = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
