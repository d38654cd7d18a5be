import type { RedisReply } from './types.ts';

/**
 * Checks what the client made of a reply. With RESP2 and commands in capitals (its own reshaping of replies goes by
 * lower-case names) that is a `RedisReply` as it came.
 *
 * @throws An error that came within a list, as if it had come alone.
 */
export function toReply(value: unknown): RedisReply {
  if (value === null || typeof value === 'number' || Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => toReply(item));
  if (value instanceof Error) throw value;
  throw new TypeError('The client returned something that is no reply of RESP2.');
}
