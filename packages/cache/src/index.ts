export type { Backend } from './backend.ts';
export { type CacheOptions, createCache } from './engine.ts';
export { type CacheErrorCode, codeOf } from './errors.ts';
export type { CacheEvent, CacheEventListener, CacheEventSource } from './events.ts';
export { decodeFrame } from './frame.ts';
export type { Inspected, Inspector } from './inspector.ts';
export { canonicalTag, entryId, kindOfId, kindTag } from './keys.ts';
export { type MemoryBackendOptions, memoryBackend } from './memory-backend.ts';
export { depthOf, MAX_PATH_DEPTH, pathTags, tagOfPattern, urlTag } from './path-tags.ts';
export { formatPosition, type Position, parsePosition, positionMs } from './position.ts';
export { REASONS, type Reason, type Tier } from './reasons.ts';
export { type RedisBackendOptions, redisBackend } from './redis/backend.ts';
export type { RedisConnection, RedisConnections, RedisReply, RedisScript } from './redis/connection.ts';
export { redisKeys } from './redis/keys.ts';
export { type DescribedRecord, describeRecord } from './redis/replies.ts';
export { inRootContext } from './root-context.ts';
export { joinSections, splitSections } from './sections.ts';
export type { TagState } from './tag-states.ts';
export type {
  Cache,
  CacheStats,
  Claim,
  Codec,
  Entry,
  GetOptions,
  GetOrSetOptions,
  InvalidateOptions,
  Invalidation,
  Lifetime,
  Lookup,
  Resolved,
  SetOptions,
  SetResult,
  Stamp,
  WriteLease,
} from './types.ts';
