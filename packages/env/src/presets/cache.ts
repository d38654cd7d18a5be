import { flag, text, wholeNumber } from '../formats.ts';
import { definePreset } from '../preset.ts';
import { optionalVariable, variable } from '../variable.ts';

export interface CacheEnv {
  /** Lifetime where neither Next nor the caller gives one, in ms. */
  readonly defaultTtlMs: number;
  /** Memory that one process spends on its own tier, in bytes. 0: no tier of its own. */
  readonly l1MaxBytes: number;
  /** Where invalidations that Redis could not take survive the process. Undefined: a folder for temporary files. */
  readonly spoolFolder: string | undefined;
  /** Write every lookup, store and invalidation to the debug log. */
  readonly debug: boolean;
  readonly debugLog: { readonly path: string; readonly maxBytes: number };
}

/** How long and how much the cache keeps. */
export const cacheEnv = definePreset({
  variables: {
    CACHE_TTL: variable(wholeNumber(1, 2_592_000), {
      expected: 'a whole number of seconds from 1 to 2592000 (30 days)',
      example: '3600',
      default: '3600',
    }),
    CACHE_L1_MAX_BYTES: variable(wholeNumber(0, 2 ** 40), {
      expected: 'a whole number of bytes; 0 switches this tier off',
      example: '67108864',
      default: String(64 * 1024 * 1024),
    }),
    CACHE_SPOOL_DIR: optionalVariable(text, {
      expected: 'a folder that the processes of the site may write to',
      example: '/var/lib/tbi/spool',
    }),
    CACHE_DEBUG_FILE: variable(text, {
      expected: 'the path of a file that the site may write',
      example: '/var/log/tbi/REDISLOG.md',
      default: 'REDISLOG.md',
    }),
    CACHE_DEBUG_MAX_BYTES: variable(wholeNumber(10_000, 2 ** 40), {
      expected: 'a whole number of bytes from 10000',
      example: '10485760',
      default: '10485760',
    }),
    DEBUG_CACHE_HANDLER: variable(flag, { expected: 'true or false', example: 'true', default: 'false' }),
  },
  build: (values): CacheEnv => ({
    defaultTtlMs: values.CACHE_TTL * 1000,
    l1MaxBytes: values.CACHE_L1_MAX_BYTES,
    spoolFolder: values.CACHE_SPOOL_DIR,
    debug: values.DEBUG_CACHE_HANDLER,
    debugLog: { path: values.CACHE_DEBUG_FILE, maxBytes: values.CACHE_DEBUG_MAX_BYTES },
  }),
});
