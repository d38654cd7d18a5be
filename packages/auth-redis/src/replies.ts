import type { RedisReply } from '@tbi/redis';

/** Readers of what our scripts return. A reply of another shape is a defect, not data. */

export function textOf(reply: RedisReply | undefined): string {
  if (Buffer.isBuffer(reply)) return reply.toString('utf8');
  if (typeof reply === 'number') return String(reply);
  throw new TypeError('Redis answered a script of auth-redis in an unknown form.');
}

export const numberOf = (reply: RedisReply | undefined): number => Number(textOf(reply));

export function listOf(reply: RedisReply | undefined): readonly RedisReply[] {
  if (Array.isArray(reply)) return reply;
  throw new TypeError('Redis answered a script of auth-redis in an unknown form.');
}

/** The fields and values of a hash. */
export function hashOf(reply: RedisReply | undefined): Map<string, string> {
  const items = listOf(reply).map(textOf);
  const fields = new Map<string, string>();
  for (let i = 0; i + 1 < items.length; i += 2) fields.set(items[i] ?? '', items[i + 1] ?? '');
  return fields;
}
