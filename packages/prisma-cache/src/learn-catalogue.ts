import type { SqlQueryable } from '@prisma/driver-adapter-utils';
import { readCatalogue } from './catalogue.ts';
import type { SayOnce } from './say-once.ts';
import type { Tables } from './tables.ts';

export interface CatalogueLearner {
  /** Reads the catalogue (again). Never rejects: what is not known costs precision, not correctness. */
  learn(): Promise<void>;
  /** Reads it if that failed before, now and then. */
  retry(): Promise<void>;
}

const RETRY_AFTER_MS = 30_000;

/** Keeps what the tables know of the database up to date. */
export function createCatalogueLearner(
  database: SqlQueryable,
  tables: Tables,
  say: SayOnce,
): CatalogueLearner {
  let triedAtMs = 0;

  async function learn() {
    triedAtMs = performance.now();
    try {
      tables.use({ catalogue: await readCatalogue(database) });
    } catch {
      tables.use({ catalogue: null });
      say(
        'catalogue',
        'The foreign keys could not be read: every UPDATE and DELETE expires everything until they can.',
      );
    }
  }

  return {
    learn,
    async retry() {
      if (!tables.knowsCascades && performance.now() - triedAtMs > RETRY_AFTER_MS) await learn();
    },
  };
}
