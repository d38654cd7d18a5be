import type { RedisReply } from '@tbi/redis';

/** Replies are data from outside. Text of anything that is not text is empty. */
export function textOf(reply: RedisReply | undefined): string {
  if (Buffer.isBuffer(reply)) return reply.toString('utf8');
  return typeof reply === 'number' ? String(reply) : '';
}

export function listOf(reply: RedisReply | undefined): readonly RedisReply[] {
  return Array.isArray(reply) ? reply : [];
}

/** A flat list of names and values, as HGETALL and the fields of a stream entry are. */
export function pairsOf(reply: RedisReply | undefined): ReadonlyMap<string, string> {
  const flat = listOf(reply);
  const pairs = new Map<string, string>();
  for (let i = 0; i + 1 < flat.length; i += 2) pairs.set(textOf(flat[i]), textOf(flat[i + 1]));
  return pairs;
}

/** Undefined for text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
