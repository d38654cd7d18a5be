import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cache, codeOf, createCache, inRootContext, memoryBackend, redisBackend } from '@tbi/cache';
import {
  type CacheEnv,
  type CacheRedisSettings,
  cacheEnv,
  defaultKeyPrefix,
  readEnv,
  redisEnv,
} from '@tbi/env';
import { writeDebugLog } from '@tbi/operations/debug-log';
import { closeOnSignals, fingerprint, processSlot, type RedisPool, sharedRedis } from '@tbi/redis';
import { createDevelopment } from './development.ts';
import { createInvalidations, type Invalidations, unrecorded } from './invalidations.ts';
import { processLog } from './process-log.ts';

/** The Redis that the engine uses. */
export interface EngineRedis {
  readonly pool: RedisPool;
  readonly settings: CacheRedisSettings;
  /** Begins every key of this app. */
  readonly keyPrefix: string;
}

/** What every handler of this process shares, whichever module graph it was loaded into. */
export interface Runtime {
  readonly engine: Cache;
  readonly invalidations: Invalidations;
  /** Null: everything is in this process's memory. */
  readonly redis: EngineRedis | null;
  /**
   * Resolves when the engine follows the log, or after a moment without Redis. A process that has just started would
   * otherwise render its first pages although they are cached. Null once that is over.
   */
  joining(): Promise<void> | null;
  /** Says where Next writes compiled code: in development, what is written there ends what older code computed. */
  watchCode(folder: string): void;
  /** Ends the engine and its connections. What comes afterwards is a miss. */
  close(): Promise<void>;
}

/** How long the first requests wait for a Redis that hangs; for one that is not there, 400 ms. */
const MAX_JOIN_MS = 800;
const MAX_JOIN_TURNS = 20;
const MIN_JOIN_TURNS = 5;
const JOIN_TURN_MS = 20;

const log = {
  info: (message: string) => processLog().info(`[cache] ${message}`),
  warn: (message: string) => processLog().warn(`[cache] ${message}`),
};

/**
 * The runtime of this process, made from the environment at its first use. Opens nothing during `next build`.
 * Never throws: one that cannot be made is reported, and then nothing is cached.
 */
export function getRuntime(): Runtime {
  return processSlot('cache/runtime', () => inRootContext(tryCreateRuntime));
}

function tryCreateRuntime(): Runtime {
  try {
    return createRuntime();
  } catch (error) {
    log.warn(`Nothing is cached. The cache could not be made: ${codeOf(error)}`);
    return createNone();
  }
}

function createRuntime(): Runtime {
  const environment = readSettings();
  if (environment === null) return createNone();
  const { redis, cache } = environment;
  const limits = { l1MaxBytes: cache.l1MaxBytes, defaultTtlMs: cache.defaultTtlMs };
  const runtime = redis === null ? createLocal(limits) : createShared(redis, limits, cache.spoolFolder);
  if (cache.debug) writeDebugLog(runtime.engine.events, { ...cache.debugLog, warn: log.warn });
  return runtime;
}

/**
 * Null when the environment cannot be understood. The site runs on without a cache: one process's memory in place of
 * the Redis that was meant would serve what other processes have changed.
 */
function readSettings(): { readonly redis: CacheRedisSettings | null; readonly cache: CacheEnv } | null {
  try {
    const { redis, cache } = readEnv({ redis: redisEnv, cache: cacheEnv });
    // The pages of a build are kept for that build only: nothing of it needs to be shared.
    const building = process.env.NEXT_PHASE === 'phase-production-build';
    return { redis: building ? null : redis.redis, cache };
  } catch (error) {
    log.warn(`Nothing is cached. ${error instanceof Error ? error.message : 'The environment is wrong.'}`);
    return null;
  }
}

/**
 * Of this user's own: nobody else may write what this process will read. By number: in a container, a user often has
 * no name.
 */
const temporaryFolder = () => join(tmpdir(), `tbi-cache-${process.getuid?.() ?? 'user'}`);

interface Limits {
  readonly l1MaxBytes: number;
  readonly defaultTtlMs?: number;
}

function createLocal(limits: Limits): Runtime {
  const engine = createCache({ backend: memoryBackend(), ...limits });
  return { ...createParts(engine), redis: null, joining: () => null, close: engine.close };
}

/** Others may have what this process invalidates, and cannot hear of it. */
function createNone(): Runtime {
  return { ...createLocal({ l1MaxBytes: 0 }), invalidations: createInvalidations(unrecorded) };
}

function createParts(engine: Cache): Pick<Runtime, 'engine' | 'invalidations' | 'watchCode'> {
  const invalidations = createInvalidations(engine);
  if (process.env.NODE_ENV !== 'development') return { engine, invalidations, watchCode: () => {} };
  const development = createDevelopment(engine, log);
  return { engine: development.engine, invalidations, watchCode: development.watch };
}

function createShared(settings: CacheRedisSettings, limits: Limits, spoolRoot = temporaryFolder()): Runtime {
  const pool = sharedRedis(settings, { name: 'cache', log });
  const keyPrefix = settings.keyPrefix ?? defaultKeyPrefix();
  const backend = redisBackend({ connections: pool, keyPrefix });
  // Other sites on this machine may use the same root; a changed password must not lose what waits.
  const spoolFolder = join(spoolRoot, fingerprint({ ...settings, password: undefined, keyPrefix }));
  const engine = createCache({ backend, spoolFolder, ...limits });
  let joining: Promise<void> | null = joinLog(engine)
    // Closed meanwhile.
    .catch(() => {})
    .finally(() => {
      joining = null;
    });

  async function close() {
    await engine.close();
    await pool.close();
  }
  closeOnSignals(close);
  return {
    ...createParts(engine),
    redis: { pool, settings, keyPrefix },
    joining: () => joining,
    close,
  };
}

/** Counts turns besides time: a process that is still loading its code must get to what its sockets received. */
async function joinLog(engine: Cache): Promise<void> {
  const endMs = performance.now() + MAX_JOIN_MS;
  for (let turn = 0; turn < MAX_JOIN_TURNS && !(await engine.sync()); turn += 1) {
    if (turn >= MIN_JOIN_TURNS && performance.now() > endMs) return;
    await sleep(JOIN_TURN_MS);
  }
}
