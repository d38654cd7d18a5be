export { addressPrefix, addressToCount, describeBrowser } from './describe-client.ts';
export type { AuthError, AuthErrorCode } from './errors.ts';
export { evictionWarning } from './eviction.ts';
export { sessionKeyPrefix } from './keys.ts';
export type { AuthRedisOptions } from './options.ts';
export { RedisAdapter } from './redis-adapter.ts';
export { inRequest, type RequestFacts } from './request-scope.ts';
export { createSessionControl, type SessionControl, type SessionInfo } from './session-control.ts';
export type {
  AdapterAccount,
  AdapterAuthenticator,
  AdapterSession,
  AdapterUser,
  RedisAuthAdapter,
  VerificationToken,
} from './types.ts';
export {
  type BaseAdapter,
  type RedisSessionsOptions,
  type WithRedisSessions,
  withRedisSessions,
} from './with-redis-sessions.ts';
