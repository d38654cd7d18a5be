export { type CloseOnSignalsOptions, closeOnSignals } from './close-on-signals.ts';
export { createRedis, type RedisPool, type RedisPoolOptions } from './create-redis.ts';
export type { RedisError, RedisErrorCode } from './errors.ts';
export { clearProcessSlot, fingerprint, processSlot } from './process-slot.ts';
export type { Log } from './quiet-log.ts';
export type { HostPort, RedisSettings, RedisTarget } from './settings.ts';
export { sharedRedis } from './shared-redis.ts';
export type {
  CommandOptions,
  Health,
  RedisArgument,
  RedisConnection,
  RedisReply,
  RedisScript,
} from './types.ts';
