import type { Backend } from './backend.ts';
import { decodeFrame } from './frame.ts';
import { judge, type Knowledge, type Verdict } from './freshness.ts';
import { kindOfId, kindTag } from './keys.ts';
import type { L1 } from './l1.ts';
import type { TagState } from './tag-states.ts';
import type { Entry } from './types.ts';

export interface Inspected {
  /** Where it was found. A copy in this process's memory may be there without one in Redis. */
  readonly tier: 'l1' | 'l2';
  readonly entry: Entry;
  readonly verdict: Verdict;
}

/**
 * A look at what is kept, for operators: it counts as no lookup, refreshes nothing and moves nothing in the order of
 * eviction. Entries are named by their id, `kind:key`, as they are in Redis behind the prefix and `e:`.
 */
export interface Inspector {
  /** The entry as a lookup without soft tags of its own would judge it. Null: nothing is stored, or Redis is away. */
  entry(id: string): Promise<Inspected | null>;
  /** Whether a lookup might use this entry now, and why not. */
  judge(id: string, entry: Pick<Entry, 'stamp' | 'tags' | 'createdMs' | 'freshForMs' | 'keepForMs'>): Verdict;
  /** The copies in this process's memory, the last used first. */
  local(): Iterable<readonly [id: string, entry: Entry]>;
  /** What this process knows of every tag that was invalidated and is still remembered. */
  tagStates(): Iterable<readonly [tag: string, state: TagState]>;
  /** Redis's clock, in ms since 1970. */
  nowMs(): number;
}

export function createInspector(parts: {
  readonly backend: Backend;
  readonly l1: L1;
  readonly knowledge: Knowledge;
}): Inspector {
  const { backend, l1, knowledge } = parts;
  const verdictOf: Inspector['judge'] = (id, entry) => judge(entry, [kindTag(kindOfId(id))], knowledge);

  return {
    async entry(id) {
      const read = backend.shared ? await backend.read(id) : null;
      const stored = read?.ok && read.frame !== null ? decodeFrame(read.frame) : null;
      if (stored !== null) return { tier: 'l2', entry: stored, verdict: verdictOf(id, stored) };
      const local = l1.peek(id);
      return local === undefined ? null : { tier: 'l1', entry: local, verdict: verdictOf(id, local) };
    },
    judge: verdictOf,
    local: () => l1.all(),
    tagStates: () => backend.view.tags.all(),
    nowMs: () => backend.nowMs(),
  };
}
