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
interface Surroundings {
  readonly raw?: { readonly tables: readonly string[]; readonly options: ReadOptions };
  readonly report?: (report: ReadReport) => void;
}

/** One read of an extended client, on its way through Prisma. */
export interface ReadContext extends Surroundings {
  /** Of this query. False: not to be cached. */
  readonly options: ReadOptions | false | undefined;
}

export interface ReadContexts {
  /** The read that is under way. Undefined: the query comes from a client without the extension. */
  current(): ReadContext | undefined;
  read<T>(options: ReadContext['options'], run: () => T): T;
  surround<T>(what: Surroundings, run: () => T): T;
}

export function createReadContexts(): ReadContexts {
  const surroundings = new AsyncLocalStorage<Surroundings>();
  const reads = new AsyncLocalStorage<ReadContext>();
  return {
    current: () => reads.getStore(),
    read: (options, run) => reads.run({ ...surroundings.getStore(), options }, run),
    surround: (what, run) => surroundings.run({ ...surroundings.getStore(), ...what }, run),
  };
}
