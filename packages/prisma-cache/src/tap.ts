import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  Transaction,
} from '@prisma/driver-adapter-utils';
import type { Announcements } from './announcements.ts';
import { type CatalogueLearner, createCatalogueLearner } from './learn-catalogue.ts';
import type { SayOnce } from './say-once.ts';
import type { Statements } from './statements.ts';
import type { Tables } from './tables.ts';
import { tapTransaction } from './tap-transaction.ts';
import { createWritten } from './write-tags.ts';

export interface TapParts {
  readonly tables: Tables;
  readonly statements: Statements;
  readonly announcements: Announcements;
  readonly singleStatements: 'lease' | 'transaction';
  readonly say: SayOnce;
}

const NOT_EXTENDED =
  'The client is not extended with `extension`, which knows its models: every write will expire everything.';

/** Wraps Prisma's way to the database: everything that a client executes passes here, whatever it was made from. */
export function tapFactory(factory: SqlDriverAdapterFactory, parts: TapParts): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect();
      const { tables, say } = parts;
      if (!tables.knowsModels) say('models', NOT_EXTENDED);
      const catalogue = createCatalogueLearner(adapter, tables, say);
      await catalogue.learn();
      return tapAdapter(adapter, catalogue, parts);
    },
  };
}

function tapAdapter(
  adapter: SqlDriverAdapter,
  catalogue: CatalogueLearner,
  parts: TapParts,
): SqlDriverAdapter {
  const { statements, announcements, tables } = parts;

  /** A statement outside of any transaction: it is committed when it has been executed. */
  async function single<T>(
    query: SqlQuery,
    run: (on: SqlDriverAdapter | Transaction) => Promise<T>,
  ): Promise<T> {
    const effect = statements.effectOf(query.sql, adapter.provider);
    if (effect === null) return run(adapter);
    await catalogue.retry();
    const written = createWritten(tables);
    effect.addTo(written, query.args);
    if (written.isEmpty) return run(adapter);
    const execute = () =>
      parts.singleStatements === 'transaction' && !effect.changesSchema
        ? inOwnTransaction(run)
        : announcements.around(announcements.begin(written.tags()), () => run(adapter), effect);
    const result = await execute();
    if (effect.changesSchema) await catalogue.learn();
    return result;
  }

  async function begin(isolationLevel?: IsolationLevel): Promise<Transaction> {
    return tapTransaction(await adapter.startTransaction(isolationLevel), parts, catalogue.learn);
  }

  async function inOwnTransaction<T>(run: (on: Transaction) => Promise<T>): Promise<T> {
    const transaction = await begin();
    let result: T;
    try {
      result = await run(transaction);
    } catch (error) {
      // The statement's error tells more than that of the rollback.
      await transaction.rollback().catch(() => {});
      throw error;
    }
    await transaction.commit();
    return result;
  }

  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => single(query, (on) => on.queryRaw(query)),
    executeRaw: (query) => single(query, (on) => on.executeRaw(query)),
    executeScript: (script) =>
      single({ sql: script, args: [], argTypes: [] }, () => adapter.executeScript(script)),
    async startTransaction(isolationLevel?: IsolationLevel) {
      // Before it begins: SQLite's adapter lets nobody in between.
      await catalogue.retry();
      return begin(isolationLevel);
    },
    ...(adapter.getConnectionInfo && { getConnectionInfo: () => adapter.getConnectionInfo?.() ?? NO_INFO }),
    dispose: () => adapter.dispose(),
  };
}

const NO_INFO = { supportsRelationJoins: false };
