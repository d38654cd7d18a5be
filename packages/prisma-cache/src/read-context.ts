import { AsyncLocalStorage } from 'node:async_hooks';
import type { Reason } from '@tbi/cache';
import type { ReadOptions } from './options.ts';

/** Where a read's result came from, and why. */
export interface ReadReport {
  /** The model; null for raw SQL. */
  readonly model: string | null;
  /** `report.findMany`, `$queryRaw`. */
  readonly operation: string;
  readonly source: 'database' | 'l1' | 'l2';
  /** Of the engine's closed list. */
  readonly reason: Reason;
}

/** What surrounds reads: raw SQL whose tables are declared, somebody who wants to know. */
export interface ReadContext {
  readonly raw?: { readonly tables: readonly string[]; readonly options: ReadOptions };
  readonly report?: (report: ReadReport) => void;
}

export interface ReadContexts {
  current(): ReadContext;
  surround<T>(what: ReadContext, run: () => T): T;
}

const NONE: ReadContext = {};

export function createReadContexts(): ReadContexts {
  const contexts = new AsyncLocalStorage<ReadContext>();
  const current = () => contexts.getStore() ?? NONE;
  return { current, surround: (what, run) => contexts.run({ ...current(), ...what }, run) };
}
