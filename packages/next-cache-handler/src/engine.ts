import type { Cache } from '@tbi/cache';
import { type EngineRedis, getRuntime } from './runtime.ts';

/**
 * The engine of this process, the one that Next's cache handlers use: made from the environment at its first use
 * (Redis when one is configured, otherwise memory; memory during `next build`) and closed when the process ends.
 * An environment that cannot be understood is reported once, and then nothing is cached.
 */
export function getEngine(): Cache {
  return getRuntime().engine;
}

/** The Redis that this engine uses, for operators' tools. Null: it uses none. */
export function getEngineRedis(): EngineRedis | null {
  return getRuntime().redis;
}
