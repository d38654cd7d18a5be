export type { Backend } from './backend.ts';
export { type CacheOptions, createCache } from './engine.ts';
export { type CacheErrorCode, codeOf } from './errors.ts';
export type { CacheEvent, CacheEventListener, CacheEventSource } from './events.ts';
export { type MemoryBackendOptions, memoryBackend } from './memory-backend.ts';
export { formatPosition, type Position, parsePosition } from './position.ts';
export { REASONS, type Reason, type Tier } from './reasons.ts';
export { type RedisBackendOptions, redisBackend } from './redis/backend.ts';
export type { RedisConnection, RedisConnections, RedisReply, RedisScript } from './redis/connection.ts';
export { joinSections, splitSections } from './sections.ts';
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
