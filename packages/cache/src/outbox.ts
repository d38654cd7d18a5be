import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend, InvalidationMode } from './backend.ts';
import type { Position } from './position.ts';
import { inRootContext } from './root-context.ts';
import type { Spool } from './spool.ts';
import { createTagHolds, type TagHolds } from './tag-holds.ts';

export interface Outbox {
  /** Tags that wait to be recorded. */
  readonly size: number;
  isPending(tag: string): boolean;
  /** Settles when what is being recorded now has been, or could not be. Null: nothing is. */
  recording(): Promise<unknown> | null;
  /** Takes over what processes that are gone could not send, now and as long as it runs. */
  start(): void;
  /** Records the invalidation; when that fails it is kept, holds in this process, and is sent again. Null: kept. */
  send(tags: readonly string[], what: InvalidationMode): Promise<Position | null>;
  /** Sends what is kept, and what others have left. Called when Redis becomes writable. */
  resume(): void;
  /** Records again what this process invalidated lately: a new epoch's log may not know of it. */
  replayRecent(): void;
  /** Empties the spool if nothing waits any more that it would have to remember. */
  clearSpool(): void;
  /** Sends what waits, for at most `withinMs`. Nothing is sent after that. */
  close(withinMs: number): Promise<void>;
}

export interface OutboxOptions {
  readonly backend: Backend;
  /** Above this many kept tags they collapse to one new epoch. */
  readonly maxPendingTags: number;
  readonly spool: Spool | null;
  /** Tags of writes under way that Redis does not know of: the spool has to remember them too. */
  readonly unmarked: TagHolds;
  readonly onError: (error: unknown) => void;
}

interface Letter {
  readonly tags: readonly string[];
  readonly what: InvalidationMode;
  readonly sentAtMs: number;
}

const RECENT_MS = 60_000;
const MAX_RECENT = 1_000;
const FIRST_RETRY_MS = 200;
const MAX_RETRY_MS = 2_000;
/** How long what a process left behind may lie there while others of its machine run. */
const TAKE_OVER_MS = 2_000;
/** One record's worth: keeps the append script short. */
export const MAX_TAGS_PER_RECORD = 1_000;

/** Invalidations on their way to the log, and those that Redis could not take yet. */
export function createOutbox({ backend, maxPendingTags, spool, unmarked, onError }: OutboxOptions): Outbox {
  /** Tags of letters that are under way or kept: neither served nor stored here. */
  const holds = createTagHolds();
  let kept: Letter[] = [];
  /** What was recorded lately, the oldest first. */
  const recent: Letter[] = [];
  /** How often kept tags have collapsed to a new epoch, and how many of these have had one. */
  let collapses = 0;
  let covered = 0;
  let flushing: Promise<void> | null = null;
  const underWay = new Set<Promise<unknown>>();
  let retryMs = FIRST_RETRY_MS;
  let retryTimer: NodeJS.Timeout | undefined;
  let takeOverTimer: NodeJS.Timeout | undefined;
  let closed = false;

  async function deliver(letter: Letter): Promise<Position> {
    const position = await backend.append(letter.tags, letter.what);
    recent.push(letter);
    forgetOld();
    return position;
  }

  function forgetOld() {
    const sinceMs = performance.now() - RECENT_MS;
    for (let first = recent[0]; first !== undefined; first = recent[0]) {
      if (recent.length <= MAX_RECENT && first.sentAtMs >= sinceMs) return;
      recent.shift();
    }
  }

  /** The letter's tags are held already. */
  function keep(letter: Letter) {
    kept.push(letter);
    if (holds.size > maxPendingTags) collapse();
    else retryLater();
  }

  function collapse() {
    for (const letter of kept) holds.release(letter.tags);
    kept = [];
    collapses += 1;
    retryLater();
  }

  const epochWanted = () => collapses > covered;

  function retryLater() {
    if (closed || retryTimer !== undefined) return;
    retryTimer = inRootContext(() =>
      setTimeout(() => {
        retryTimer = undefined;
        flush();
      }, retryMs),
    );
    retryTimer.unref();
    retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
  }

  async function flushAll() {
    while (epochWanted()) {
      const before = collapses;
      await backend.startNewEpoch();
      // It does not cover what collapsed meanwhile.
      covered = before;
    }
    for (let letter = kept[0]; letter !== undefined; letter = kept[0]) {
      await deliver(letter);
      // A collapse may have emptied the queue meanwhile.
      if (kept[0] !== letter) continue;
      kept.shift();
      holds.release(letter.tags);
    }
    clearSpool();
    retryMs = FIRST_RETRY_MS;
  }

  function clearSpool() {
    if (kept.length === 0 && !epochWanted() && unmarked.size === 0) spool?.clear();
  }

  function flush() {
    if (flushing || closed || (kept.length === 0 && !epochWanted())) return;
    flushing = flushAll()
      .catch((error) => {
        onError(error);
        retryLater();
      })
      .finally(() => {
        flushing = null;
      });
  }

  function takeOver() {
    if (spool === null) return;
    const { invalidations, unreadable } = spool.takeOver();
    for (const tags of invalidations) {
      holds.add(tags);
      keep({ tags, what: { mode: 'expire' }, sentAtMs: performance.now() });
    }
    if (unreadable) collapse();
    clearSpool();
  }

  /** What is under way or waits gets one more chance; what stays is in the spool, if there is one. */
  async function close(withinMs: number) {
    clearInterval(takeOverTimer);
    clearTimeout(retryTimer);
    flush();
    const waiting = new AbortController();
    const late = sleep(withinMs, undefined, { signal: waiting.signal }).catch(() => {});
    await Promise.race([Promise.allSettled([flushing, ...underWay]), late]);
    waiting.abort();
    closed = true;
    clearTimeout(retryTimer);
    spool?.close();
  }

  function sendOne(letter: Letter): Promise<Position | null> {
    const sending = holdAndDeliver(letter).finally(() => underWay.delete(sending));
    underWay.add(sending);
    return sending;
  }

  async function holdAndDeliver(letter: Letter): Promise<Position | null> {
    // An expiry holds here from now on. A stale mark is no reason to refuse reads until it turns out to be unrecorded.
    const holdsNow = letter.what.mode !== 'stale';
    if (holdsNow) holds.add(letter.tags);
    try {
      const position = await deliver(letter);
      if (holdsNow) holds.release(letter.tags);
      return position;
    } catch (error) {
      onError(error);
      if (!holdsNow) holds.add(letter.tags);
      spool?.add(letter.tags);
      keep(letter);
      return null;
    }
  }

  return {
    get size() {
      return kept.reduce((sum, letter) => sum + letter.tags.length, 0);
    },
    isPending: (tag) => epochWanted() || holds.has(tag),
    recording: () => (underWay.size === 0 ? null : Promise.allSettled(underWay)),
    start() {
      takeOver();
      if (spool === null) return;
      takeOverTimer = inRootContext(() => setInterval(takeOver, TAKE_OVER_MS));
      takeOverTimer.unref();
    },
    async send(tags, what) {
      let last: Position | null = null;
      let pending = false;
      for (let at = 0; at < tags.length; at += MAX_TAGS_PER_RECORD) {
        const part = tags.slice(at, at + MAX_TAGS_PER_RECORD);
        const position = await sendOne({ tags: part, what, sentAtMs: performance.now() });
        if (position === null) pending = true;
        else last = position;
      }
      return pending ? null : last;
    },
    resume() {
      takeOver();
      flush();
    },
    clearSpool,
    replayRecent() {
      forgetOld();
      for (const letter of recent.splice(0)) {
        holds.add(letter.tags);
        keep(letter);
      }
      flush();
    },
    close,
  };
}
