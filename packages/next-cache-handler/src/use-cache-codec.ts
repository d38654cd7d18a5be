import { recordedForm } from './tags.ts';

/**
 * What is stored of a `'use cache'` result; its tags and time are in the engine's frame. Lifetimes in seconds.
 *
 * The engine has one form of a tag for all that may name it. Before 16.4 Next compares tags with those of its own, as
 * the app wrote them: where they are not in the engine's form they are stored here too.
 */
export interface StoredUseCache {
  /** As Next gave them. Undefined: as the engine has them. */
  readonly tags?: readonly string[] | undefined;
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
 *
 * and with tags:
 *
 *    25  length of the tags   4 bytes
 *    29  tags                 JSON
 *        the value's bytes    the rest
 */
const VERSION = 1;
const VERSION_WITH_TAGS = 2;
const STALE_AT = 1;
const EXPIRE_AT = 9;
const REVALIDATE_AT = 17;
const LIFETIMES_END = 25;
const TAGS_AT = 29;

export function encodeUseCache({ bytes, tags, stale, expire, revalidate }: StoredUseCache): Buffer {
  const start = Buffer.alloc(LIFETIMES_END);
  start.writeUInt8(tags === undefined ? VERSION : VERSION_WITH_TAGS, 0);
  start.writeDoubleBE(stale, STALE_AT);
  start.writeDoubleBE(expire, EXPIRE_AT);
  start.writeDoubleBE(revalidate, REVALIDATE_AT);
  return Buffer.concat(tags === undefined ? [start, bytes] : [start, ...withLength(tags), bytes]);
}

function withLength(tags: readonly string[]): readonly Buffer[] {
  const json = Buffer.from(JSON.stringify(tags));
  const length = Buffer.alloc(TAGS_AT - LIFETIMES_END);
  length.writeUInt32BE(json.length);
  return [length, json];
}

/**
 * The bytes share the payload's memory: read only. Null when the payload is not of these versions.
 * @throws when it is, and its tags are cut off.
 */
export function decodeUseCache(payload: Buffer): StoredUseCache | null {
  const [version] = payload;
  const hasTags = version === VERSION_WITH_TAGS;
  if (payload.length < LIFETIMES_END || (version !== VERSION && !hasTags)) return null;
  const bytesAt = hasTags ? TAGS_AT + payload.readUInt32BE(LIFETIMES_END) : LIFETIMES_END;
  const stored = {
    stale: payload.readDoubleBE(STALE_AT),
    expire: payload.readDoubleBE(EXPIRE_AT),
    revalidate: payload.readDoubleBE(REVALIDATE_AT),
    bytes: payload.subarray(bytesAt),
  };
  if (!hasTags) return stored;
  // Written by `encodeUseCache` alone.
  return { ...stored, tags: JSON.parse(payload.toString('utf8', TAGS_AT, bytesAt)) as string[] };
}

/** The tags that have to be stored beside the engine's. */
export function ownTags(tags: readonly string[]): readonly string[] | undefined {
  return tags.every((tag) => tag === recordedForm(tag)) ? undefined : tags;
}
