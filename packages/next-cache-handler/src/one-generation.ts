import { setTimeout as sleep } from 'node:timers/promises';
import type { Cache, Claim, Lookup, Reason } from '@tbi/cache';
import { USE_CACHE_KIND } from './keys.ts';

/** Lets one process generate a `'use cache'` value while the others wait a moment for it. */
export interface OneGeneration {
  /** After a lookup that found nothing: what another process has generated meanwhile, or that there is nothing. */
  instead(key: string, softTags: readonly string[], missed: Lookup): Promise<Lookup>;
  /** The generation of a value has ended. */
  end(key: string, stored: boolean): void;
}

/**
 * Whether a generation goes on, and whether anything will be stored of it, is known to Next alone. So nobody waits for
 * longer than this, and who waited in vain does not wait again for a while.
 */
const MAX_WAIT_MS = 1_000;
const IN_VAIN_MS = 30_000;
const FIRST_POLL_MS = 10;
const MAX_POLL_MS = 100;
const MAX_KEYS = 10_000;

/** Only then may another process be generating what can be stored, and say so. */
const MAY_WAIT: ReadonlySet<Reason> = new Set([
  'absent',
  'expired-ttl',
  'expired-tag',
  'epoch',
  'below-floor',
]);

interface Held {
  readonly claim: Claim;
  readonly untilMs: number;
}

export function createOneGeneration(engine: Cache): OneGeneration {
  const held = new Map<string, Held>();
  const inVainUntilMs = new Map<string, number>();

  const find = (key: string, softTags: readonly string[]) => engine.get(USE_CACHE_KIND, key, { softTags });
  const isHeld = (key: string) => (held.get(key)?.untilMs ?? 0) > performance.now();
  const isInVain = (key: string) => (inVainUntilMs.get(key) ?? 0) > performance.now();

  async function instead(key: string, softTags: readonly string[], missed: Lookup): Promise<Lookup> {
    if (!MAY_WAIT.has(missed.reason) || isHeld(key) || isInVain(key)) return missed;
    const startedMs = performance.now();
    for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(2 * pollMs, MAX_POLL_MS)) {
      const claim = await engine.claim(USE_CACHE_KIND, key, MAX_WAIT_MS);
      // Whoever had the claim before has stored what this finds.
      const found = await find(key, softTags);
      const hasWaited = pollMs > FIRST_POLL_MS;
      if (found.entry !== null) {
        claim?.release();
        return found;
      }
      if (claim !== null) hold(key, claim);
      const isOver = claim !== null || performance.now() - startedMs > MAX_WAIT_MS;
      if (isOver && hasWaited) giveUp(key);
      if (isOver) return found;
      await sleep(pollMs);
    }
  }

  function hold(key: string, claim: Claim) {
    remember(held, key, { claim, untilMs: performance.now() + MAX_WAIT_MS });
  }

  function giveUp(key: string) {
    remember(inVainUntilMs, key, performance.now() + IN_VAIN_MS);
  }

  return {
    instead,
    end(key, stored) {
      if (!stored) giveUp(key);
      held.get(key)?.claim.release();
      held.delete(key);
    },
  };
}

/** The oldest goes when there are too many. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MAX_KEYS) return;
    map.delete(oldest);
  }
}
