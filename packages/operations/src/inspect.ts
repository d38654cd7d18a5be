import { type Cache, canonicalTag, type Entry, entryId, kindOfId, positionMs } from '@tbi/cache';
import { displayName } from './display-name.ts';
import type { Entries, HeadedEntry } from './entries.ts';
import { type InvalidationRequest, reachesPath, tagsOfRequest } from './invalidation-request.ts';
import { isPublicKind } from './kinds.ts';

export interface EntryView {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly tier: 'l1' | 'l2';
  readonly bytes: number;
  readonly tags: readonly string[];
  readonly ageMs: number;
  /** 0: it is past it. */
  readonly freshForMs: number;
  readonly keptForMs: number;
  /** The last record of the log when the computation began, ISO 8601. Null: there was none yet. */
  readonly stampedAt: string | null;
  readonly usable: boolean;
  readonly reason: string;
  /** The beginning of the value, for public kinds only. */
  readonly value: string | null;
}

export interface Search {
  readonly kind?: string;
  /** Part of the id: a URL, a model, a function. */
  readonly text?: string;
  readonly tag?: string;
  readonly limit?: number;
}

export interface Found {
  readonly entries: readonly EntryView[];
  readonly lookedAt: number;
  /** False: the time was over before all entries were looked at. */
  readonly complete: boolean;
}

export interface Reach {
  /** Entries that are usable now and would not be. */
  readonly entries: number;
  readonly bytes: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly examples: readonly string[];
  readonly tags: readonly string[];
  readonly lookedAt: number;
  readonly complete: boolean;
}

const BUDGET_MS = 2_000;
const VALUE_CHARACTERS = 4_000;

/** Looks into entries: one by its id, some by a search, and what an invalidation would reach. */
export function createInspection(cache: Cache, entries: Entries) {
  function view(id: string, entry: Entry, tier: EntryView['tier'], bytes: number): EntryView {
    const kind = kindOfId(id);
    const ageMs = cache.inspector.nowMs() - entry.createdMs;
    const { usable, reason } = cache.inspector.judge(id, entry);
    const stampedMs = positionMs(entry.stamp.position);
    return {
      id,
      kind,
      name: displayName(kind, id.slice(kind.length + 1)),
      tier,
      bytes,
      tags: entry.tags,
      ageMs,
      freshForMs: Math.max(0, entry.freshForMs - ageMs),
      keptForMs: Math.max(0, entry.keepForMs - ageMs),
      stampedAt: stampedMs === 0 ? null : new Date(stampedMs).toISOString(),
      usable,
      reason,
      value: null,
    };
  }

  /** Hands over every entry until the time is over. */
  async function lookThrough(budgetMs: number, take: (found: HeadedEntry & { entry: Entry }) => boolean) {
    const endMs = performance.now() + budgetMs;
    let lookedAt = 0;
    for await (const step of entries.read()) {
      for (const found of step) {
        lookedAt += 1;
        const { entry } = found;
        if (entry !== null && !take({ ...found, entry })) return { lookedAt, complete: false };
      }
      if (performance.now() >= endMs) return { lookedAt, complete: false };
    }
    return { lookedAt, complete: true };
  }

  return {
    async entry(id: string): Promise<EntryView | null> {
      const found = await cache.inspector.entry(id);
      if (found === null) return null;
      const { entry, tier } = found;
      const shown = view(id, entry, tier, entry.payload.length);
      return isPublicKind(shown.kind) ? { ...shown, value: printable(entry.payload) } : shown;
    },

    async find({ kind, text, tag, limit = 50 }: Search, budgetMs = BUDGET_MS): Promise<Found> {
      const views: EntryView[] = [];
      // A key that is too long is stored by its digest: found by its whole name only.
      const whole = kind !== undefined && text !== undefined ? entryId(kind, text) : undefined;
      const progress = await lookThrough(budgetMs, ({ id, kind: found, entry, bytes }) => {
        const matches =
          (kind === undefined || found === kind) &&
          (text === undefined || id === whole || id.includes(text)) &&
          (tag === undefined || entry.tags.includes(canonicalTag(tag)));
        if (matches) views.push(view(id, entry, 'l2', bytes));
        return views.length < limit;
      });
      return { entries: views, ...progress };
    },

    async reach(request: Omit<InvalidationRequest, 'wait'>, budgetMs = BUDGET_MS): Promise<Reach> {
      const tags = tagsOfRequest(request);
      const named = new Set(tags);
      const kinds: Record<string, number> = {};
      const examples: string[] = [];
      let count = 0;
      let size = 0;
      const progress = await lookThrough(budgetMs, ({ id, kind, bytes, entry }) => {
        const path = kind === 'page' ? displayName(kind, id.slice(kind.length + 1)) : null;
        const reached =
          request.kinds.includes(kind) ||
          entry.tags.some((tag) => named.has(tag)) ||
          (path !== null && request.paths.some((pattern) => reachesPath(pattern, path)));
        if (!reached || !cache.inspector.judge(id, entry).usable) return true;
        count += 1;
        size += bytes;
        kinds[kind] = (kinds[kind] ?? 0) + 1;
        if (examples.length < 8) examples.push(`${kind} ${displayName(kind, id.slice(kind.length + 1))}`);
        return true;
      });
      return { entries: count, bytes: size, kinds, examples, tags, ...progress };
    },
  };
}

/**
 * Nonces in HTML (`nonce="…"`), headers, policies and payloads, where quotes may be escaped more than once. In a cached
 * page they are what stands for them, a secret of the build; at the end of what is shown, perhaps a part of it.
 */
const NONCES = /(nonce["'\\]*[=:-][\s"'\\]*)[\w+/=-]+/gi;

/** Text that people can read, without nonces; runs of other bytes become one mark. */
function printable(payload: Buffer): string {
  const text = payload
    .subarray(0, VALUE_CHARACTERS * 2)
    .toString('utf8')
    .replaceAll(NONCES, '$1…');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be replaced.
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f\ufffd]+/g, '·').slice(0, VALUE_CHARACTERS);
}
