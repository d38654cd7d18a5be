import { type Cache, canonicalTag, formatPosition, kindTag, pathTags, tagOfPattern } from '@tbi/cache';
import { z } from 'zod';
import type { AuditTrail } from './audit.ts';
import type { Applied, Processes } from './processes.ts';

const MAX_ITEMS = 100;
const MAX_LENGTH = 512;
const MAX_WAIT_MS = 10_000;

const list = (what: string) =>
  z
    .array(z.string().min(1).max(MAX_LENGTH), `expected a list of ${what}`)
    .max(MAX_ITEMS, `at most ${MAX_ITEMS} ${what} at a time`)
    .default([]);

const tag = z
  .string()
  .refine(
    (text) => !text.includes('*'),
    'a tag has no wildcard; for paths use "paths", as in "/en/reports/*"',
  );

const path = z.string().superRefine((text, context) => {
  try {
    tagOfPattern(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is not a path' });
  }
});

const kind = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'a kind is a word such as page, fetch, use-cache, image, api or prisma');

const schema = z
  .strictObject({
    tags: list('tags').pipe(z.array(tag)),
    paths: list('paths').pipe(z.array(path)),
    kinds: list('kinds').pipe(z.array(kind)),
    /** Wait until every live process has applied it: `true`, or for at most so many ms. */
    wait: z.union([z.boolean(), z.int().min(1).max(MAX_WAIT_MS)]).default(false),
  })
  .refine(({ tags, paths, kinds }) => tags.length + paths.length + kinds.length > 0, {
    message: 'name at least one of "tags", "paths" or "kinds"',
  });

export type InvalidationRequest = z.output<typeof schema>;

export type ParsedRequest =
  | { readonly ok: true; readonly request: InvalidationRequest }
  | { readonly ok: false; readonly problems: readonly string[] };

/** @returns what is wrong, each in one sentence that names the field */
export function parseInvalidationRequest(input: unknown): ParsedRequest {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { ok: true, request: parsed.data };
  const problems = parsed.error.issues.map(({ path: at, message }) =>
    at.length === 0 ? message : `${at.join('.')}: ${message}`,
  );
  return { ok: false, problems };
}

/** The tags that a request stands for, in the form that entries have. */
export function tagsOfRequest({ tags, paths, kinds }: Omit<InvalidationRequest, 'wait'>): readonly string[] {
  return [...new Set([...tags, ...paths.flatMap(tagsOfPath), ...kinds.map(kindTag)].map(canonicalTag))];
}

/**
 * A path with `/*` is one tag, which every page and route below it has. A single one is a URL to the route cache, and
 * Next's own tag of the path to pages and to what was computed for them.
 */
function tagsOfPath(pattern: string): readonly string[] {
  if (pattern.endsWith('/*')) return [tagOfPattern(pattern)];
  const { pathname } = new URL(pattern, 'http://localhost');
  const ofNext = [pathname === '/' ? '/index' : pathname, pathname, decoded(pathname)];
  return [tagOfPattern(pattern), ...ofNext.map((path) => `_N_T_${path}`)];
}

/** As a page names itself to Next: a space is a space. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

/** Whether a page's path is reached by a pattern, for the preview. */
export function reachesPath(pattern: string, pathname: string): boolean {
  if (pattern.endsWith('/*')) return pathTags(pathname).includes(tagOfPattern(pattern));
  return new URL(pattern, 'http://localhost').pathname === pathname;
}

export interface InvalidationAnswer {
  /** The record's place in the log; null: Redis is away, and it will be recorded before anything older is served. */
  readonly position: string | null;
  readonly pending: boolean;
  readonly tags: readonly string[];
  /** Only where waiting was asked for. */
  readonly applied?: Applied;
}

const DEFAULT_WAIT_MS = 2_000;

/** Records an invalidation and who asked for it. */
export function createInvalidator(parts: {
  readonly cache: Cache;
  readonly audit: AuditTrail;
  readonly processes: Processes;
}) {
  const { cache, audit, processes } = parts;
  return async function invalidate(request: InvalidationRequest, who: string): Promise<InvalidationAnswer> {
    const tags = tagsOfRequest(request);
    const { position, pending } = await cache.invalidate(tags);
    const text = position === null ? null : formatPosition(position);
    const { tags: askedTags, paths, kinds, wait } = request;
    await audit.add({
      at: new Date().toISOString(),
      who,
      asked: { tags: askedTags, paths, kinds },
      position: text,
    });
    const answer = { position: text, pending, tags };
    if (wait === false || position === null) return answer;
    const waitMs = wait === true ? DEFAULT_WAIT_MS : wait;
    return { ...answer, applied: await processes.awaitApplied(position, waitMs) };
  };
}
