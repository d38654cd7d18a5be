import type { SqlQuery, Transaction } from '@prisma/driver-adapter-utils';
import type { Outcome } from './announcements.ts';
import { createEarlyAnnouncement } from './early-announcement.ts';
import { mayEndTransaction } from './refused.ts';
import type { SqlEffect } from './statements.ts';
import type { TapParts } from './tap.ts';
import { createWritten, type Written } from './write-tags.ts';

/** What is committed with a statement stays so when the statement fails. */
const COMMITTED: Outcome = { unchangedBy: () => false, isAtomic: false };

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
  /** A statement has ended the database's transaction, or may have, so that those after it commit by themselves. */
  let ended = false;
  let schemaChanged = false;

  async function statement<T>(query: SqlQuery, run: () => Promise<T>): Promise<T> {
    const effect = statements.effectOf(query.sql, transaction.provider);
    try {
      return await (effect === null ? run() : write(effect, query.args, run));
    } catch (error) {
      ended ||= mayEndTransaction(error) || effect?.isAtomic === false;
      throw error;
    }
  }

  async function write<T>(effect: SqlEffect, args: readonly unknown[], run: () => Promise<T>): Promise<T> {
    schemaChanged ||= effect.changesSchema;
    if (ended || effect.endsTransaction) return committing(effect, args, run);
    try {
      const running = run();
      early.note(() => tagsOf(effect, args));
      const result = await running;
      if (!effect.unchangedBy(result)) effect.addTo(written, args);
      return result;
    } catch (error) {
      // The database has undone the statement, most likely; if not, it is known.
      effect.addTo(written, args);
      throw error;
    }
  }

  /** A statement that commits, and with it, if it is the first, what was written before. */
  function committing<T>(effect: SqlEffect, args: readonly unknown[], run: () => Promise<T>): Promise<T> {
    effect.addTo(written, args);
    const tags = ended ? tagsOf(effect, args) : written.tags();
    ended = true;
    return tags.length === 0 ? run() : announcements.around(early.take(tags), run, COMMITTED);
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
