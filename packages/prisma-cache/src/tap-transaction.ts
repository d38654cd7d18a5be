import type { SqlQuery, Transaction } from '@prisma/driver-adapter-utils';
import { createEarlyAnnouncement } from './early-announcement.ts';
import type { SqlEffect } from './statements.ts';
import type { TapParts } from './tap.ts';
import { createWritten, type Written } from './write-tags.ts';

/**
 * A transaction whose writes are announced before its COMMIT. What was rolled back, as a whole or to a savepoint, is
 * withdrawn.
 */
export function tapTransaction(
  transaction: Transaction,
  parts: TapParts,
  onSchemaChange: () => Promise<void>,
): Transaction {
  const { tables, statements, announcements } = parts;
  const savepoints = new Map<string, Written>();
  const early = createEarlyAnnouncement(announcements);
  let written = createWritten(tables);
  /** A statement has ended the database's transaction, so that those after it commit by themselves. */
  let ended = false;
  let schemaChanged = false;

  async function statement<T>(query: SqlQuery, run: () => Promise<T>): Promise<T> {
    const effect = statements.effectOf(query.sql, transaction.provider);
    if (effect === null) return run();
    schemaChanged ||= effect.changesSchema;
    if (effect.endsTransaction || ended) {
      ended = true;
      effect.addTo(written, query.args);
      return written.isEmpty ? run() : announcements.around(early.take(written.tags()), run);
    }
    try {
      const running = run();
      early.note(() => tagsOf(effect, query.args));
      const result = await running;
      if (!effect.unchangedBy(result)) effect.addTo(written, query.args);
      return result;
    } catch (error) {
      // The database has undone the statement, most likely; if not, it is known.
      effect.addTo(written, query.args);
      throw error;
    }
  }

  function tagsOf(effect: SqlEffect, args: readonly unknown[]): readonly string[] {
    const own = createWritten(tables);
    effect.addTo(own, args);
    return own.tags();
  }

  async function finish() {
    early.withdraw();
    written = createWritten(tables);
    if (schemaChanged) await onSchemaChange();
  }

  return {
    provider: transaction.provider,
    adapterName: transaction.adapterName,
    options: transaction.options,
    queryRaw: (query) => statement(query, () => transaction.queryRaw(query)),
    executeRaw: (query) => statement(query, () => transaction.executeRaw(query)),
    async commit() {
      if (written.isEmpty) await transaction.commit();
      else await announcements.around(early.take(written.tags()), () => transaction.commit());
      await finish();
    },
    async rollback() {
      await transaction.rollback();
      await finish();
    },
    ...(transaction.createSavepoint && {
      async createSavepoint(name: string) {
        await transaction.createSavepoint?.(name);
        savepoints.set(name, written.snapshot());
      },
    }),
    ...(transaction.rollbackToSavepoint && {
      async rollbackToSavepoint(name: string) {
        await transaction.rollbackToSavepoint?.(name);
        written = savepoints.get(name)?.snapshot() ?? written;
      },
    }),
    ...(transaction.releaseSavepoint && {
      async releaseSavepoint(name: string) {
        await transaction.releaseSavepoint?.(name);
        savepoints.delete(name);
      },
    }),
  };
}
