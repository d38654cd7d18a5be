import { createHash } from 'node:crypto';
import type { RedisConnection } from '@tbi/redis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

export interface Throttle {
  /** Takes one of the key's attempts. `false`: there is none left, and nothing may be done. Never rejects. */
  take(key: string): Promise<boolean>;
  /** The same, and says how long to wait, in ms, until there are attempts again. 0: it took one. Never rejects. */
  consume(key: string): Promise<number>;
  /** Gives one attempt back. Never rejects. */
  giveBack(key: string): Promise<void>;
  /** Gives all attempts back. Never rejects. */
  clear(key: string): Promise<void>;
}

export interface ThrottleOptions {
  /** Begins the names of its keys in Redis; they hold a hash of what is counted. */
  readonly keyPrefix: string;
  /** Attempts in a window. */
  readonly limit: number;
  /** A window begins with the first attempt. */
  readonly windowSeconds: number;
  /** Counts for all processes together. Null, and while it is away: each counts for itself. */
  readonly redis: RedisConnection | null;
}

/** Counts attempts by key in windows of time. */
export function createThrottle({ keyPrefix, limit, windowSeconds, redis }: ThrottleOptions): Throttle {
  const window = { keyPrefix, points: limit, duration: windowSeconds };
  const local = new RateLimiterMemory(window);
  const limiter =
    redis === null
      ? local
      : new RateLimiterRedis({ ...window, storeClient: clientFor(redis), insuranceLimiter: local });

  async function consume(key: string): Promise<number> {
    try {
      await limiter.consume(hashOf(key));
      return 0;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext);
      throw refusal;
    }
  }

  return {
    consume,
    take: async (key) => (await consume(key)) === 0,
    async giveBack(key) {
      await limiter.reward(hashOf(key)).catch(() => {});
    },
    async clear(key) {
      await Promise.all([local.delete(hashOf(key)), limiter.delete(hashOf(key))]);
    },
  };
}

/** Keys are addresses of people and networks, which do not belong into Redis. */
const hashOf = (key: string) => createHash('sha256').update(key).digest('base64url');

/** What the library calls of its client, over a connection of ours: one script, and DEL. */
function clientFor(redis: RedisConnection) {
  let lua = '';
  return {
    defineCommand(_name: string, definition: { readonly lua: string }) {
      lua = definition.lua;
    },
    rlflxIncr: ([key = '', ...args]: readonly string[]) =>
      redis.script({ name: 'count an attempt', lua }, [key], args),
    del: (key: string) => redis.command('DEL', [key]).then(Number),
  };
}
