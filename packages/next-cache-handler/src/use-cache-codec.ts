/** What is stored of a `'use cache'` result; its tags and time are in the engine's frame. Lifetimes in seconds. */
export interface StoredUseCache {
  readonly stale: number;
  readonly expire: number;
  readonly revalidate: number;
  readonly bytes: Buffer;
}

/**
 *     0  version              1 byte
 *     1  stale, s             8 bytes, a double: Next uses fractions and infinity
 *     9  expire, s            8 bytes
 *    17  revalidate, s        8 bytes
 *        the value's bytes    the rest
 */
const VERSION = 1;
const STALE_AT = 1;
const EXPIRE_AT = 9;
const REVALIDATE_AT = 17;
const BYTES_AT = 25;

export function encodeUseCache({ bytes, stale, expire, revalidate }: StoredUseCache): Buffer {
  const start = Buffer.alloc(BYTES_AT);
  start.writeUInt8(VERSION, 0);
  start.writeDoubleBE(stale, STALE_AT);
  start.writeDoubleBE(expire, EXPIRE_AT);
  start.writeDoubleBE(revalidate, REVALIDATE_AT);
  return Buffer.concat([start, bytes]);
}

/** The bytes share the payload's memory: read only. Null when the payload is not of this version. */
export function decodeUseCache(payload: Buffer): StoredUseCache | null {
  if (payload.length < BYTES_AT || payload[0] !== VERSION) return null;
  return {
    stale: payload.readDoubleBE(STALE_AT),
    expire: payload.readDoubleBE(EXPIRE_AT),
    revalidate: payload.readDoubleBE(REVALIDATE_AT),
    bytes: payload.subarray(BYTES_AT),
  };
}
