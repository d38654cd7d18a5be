import { createRedis, type RedisPool, type RedisPoolOptions } from './create-redis.ts';
import { clearProcessSlot, fingerprint, processSlot } from './process-slot.ts';
import type { RedisSettings } from './settings.ts';

/**
 * The connections that everything in this process shares which uses equal settings. Whoever closes them closes them for
 * all; the next call makes new ones.
 *
 * @param options Those of the first caller count.
 */
export function sharedRedis(settings: RedisSettings, options: RedisPoolOptions): RedisPool {
  const slot = `redis/${fingerprint(settings)}`;
  return processSlot(slot, () => {
    const pool = createRedis(settings, options);
    return {
      ...pool,
      close() {
        clearProcessSlot(slot);
        return pool.close();
      },
    };
  });
}
