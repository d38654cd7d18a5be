import type { Reason } from './reasons.ts';
import type { TagStates } from './tag-states.ts';
import type { Entry } from './types.ts';
import type { WriteMarks } from './write-marks.ts';

/** What an entry is judged against: a moment of this process's knowledge. */
export interface Knowledge {
  readonly epoch: string | null;
  readonly tags: Pick<TagStates, 'get' | 'floor'>;
  /** Invalidated here, not yet recorded in the log: neither served nor stored. */
  isPending(tag: string): boolean;
  readonly marks: Pick<WriteMarks, 'holds'>;
  /** Redis time. */
  readonly nowMs: number;
}

export interface Verdict {
  readonly usable: boolean;
  readonly stale: boolean;
  readonly reason: Reason;
}

const unusable = (reason: Reason): Verdict => ({ usable: false, stale: false, reason });
const EPOCH = unusable('epoch');
const BELOW_FLOOR = unusable('below-floor');
const EXPIRED_TAG = unusable('expired-tag');
const BEING_WRITTEN = unusable('being-written');
const EXPIRED_TTL = unusable('expired-ttl');
const STALE_TAG: Verdict = { usable: true, stale: true, reason: 'stale-tag' };
const STALE_TTL: Verdict = { usable: true, stale: true, reason: 'stale-ttl' };
const FRESH: Verdict = { usable: true, stale: false, reason: 'fresh' };

type Dated = Pick<Entry, 'stamp' | 'tags' | 'createdMs' | 'freshForMs' | 'keepForMs'>;

/** Whether an entry may be used: a pure function of the entry, the tags of the read, and what this process knows. */
export function judge(entry: Dated, softTags: readonly string[], known: Knowledge): Verdict {
  if (entry.stamp.epoch !== known.epoch) return EPOCH;
  if (entry.stamp.position < known.tags.floor) return BELOW_FLOOR;
  const own = judgeTags(entry, entry.tags, known);
  if (!own.usable) return own;
  const soft = softTags.length === 0 ? FRESH : judgeTags(entry, softTags, known);
  if (!soft.usable) return soft;
  const ageMs = known.nowMs - entry.createdMs;
  if (ageMs >= entry.keepForMs) return EXPIRED_TTL;
  if (own === STALE_TAG || soft === STALE_TAG) return STALE_TAG;
  return ageMs >= entry.freshForMs ? STALE_TTL : FRESH;
}

function judgeTags(entry: Dated, tags: readonly string[], known: Knowledge): Verdict {
  let verdict = FRESH;
  for (const tag of tags) {
    if (known.isPending(tag)) return EXPIRED_TAG;
    if (known.marks.holds(tag)) return BEING_WRITTEN;
    const state = known.tags.get(tag);
    if (state === undefined) continue;
    if (state.expirePos > entry.stamp.position) return EXPIRED_TAG;
    if (state.stalePos > entry.stamp.position) {
      if (state.staleDeadlineMs <= known.nowMs) return EXPIRED_TAG;
      verdict = STALE_TAG;
    }
  }
  return verdict;
}
