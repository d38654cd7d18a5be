import type { RedisConnection } from '@tbi/redis';
import { createScripts } from './connect.ts';

/**
 * Why this Redis may lose sessions, in a sentence; null: it keeps them, or does not tell.
 *
 * @throws The connection's errors.
 */
export async function evictionWarning(redis: RedisConnection): Promise<string | null> {
  const info = String(await createScripts(redis).command('INFO', ['memory']));
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  if (policy === undefined || policy === 'noeviction') return null;
  return `The sessions' Redis may evict sessions when its memory is full (maxmemory-policy ${policy}): give sessions a Redis of their own with noeviction.`;
}
