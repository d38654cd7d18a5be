import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  Transaction,
} from '@prisma/driver-adapter-utils';
import type { Announcements } from './announcements.ts';
import { readCatalogue } from './catalogue.ts';
import type { SayOnce } from './say-once.ts';
import type { Statements } from './statements.ts';
import type { Tables } from './tables.ts';
import { tapTransaction } from './tap-transaction.ts';
import { createWritten, type Written } from './write-tags.ts';

export interface TapParts {
  readonly tables: Tables;
  readonly statements: Statements;
  readonly announcements: Announcements;
  readonly singleStatements: 'lease' | 'transaction';
  readonly say: SayOnce;
}

/** Wraps Prisma's way to the database: everything that a client executes passes here, whatever it was made from. */
export function tapFactory(factory: SqlDriverAdapterFactory, parts: TapParts): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect();
      await learn(adapter, parts);
      return tapAdapter(adapter, parts);
    },
  };
}

/** What cascades where. What cannot be known costs precision, not correctness. */
async function learn(adapter: SqlDriverAdapter, { tables, say }: TapParts): Promise<void> {
  if (!tables.knowsModels) {
    say(
      'models',
      'The client is not extended with `extension`, which knows its models: every write will expire everything.',
    );
  }
  try {
    tables.use({ catalogue: await readCatalogue(adapter) });
  } catch {
    tables.use({ catalogue: null });
    say('catalogue', 'The foreign keys could not be read: every UPDATE and DELETE will expire everything.');
  }
}

function tapAdapter(adapter: SqlDriverAdapter, parts: TapParts): SqlDriverAdapter {
  const { statements, announcements, tables } = parts;
  const learnAgain = () => learn(adapter, parts);

  /** A statement outside of any transaction: it is committed when it has been executed. */
  async function single<T>(
    query: SqlQuery,
    run: (on: SqlDriverAdapter | Transaction) => Promise<T>,
  ): Promise<T> {
    const effect = statements.effectOf(query.sql, adapter.provider);
    if (effect === null) return run(adapter);
    const written = createWritten(tables);
    effect.addTo(written, query.args);
    if (written.isEmpty) return run(adapter);
    const execute = () =>
      parts.singleStatements === 'transaction' && !effect.changesSchema
        ? inOwnTransaction(written, run)
        : announcements.around(written.tags(), () => run(adapter), { unchanged: effect.unchangedBy });
    const result = await execute();
    if (effect.changesSchema) await learnAgain();
    return result;
  }

  async function inOwnTransaction<T>(written: Written, run: (on: Transaction) => Promise<T>): Promise<T> {
    const transaction = await adapter.startTransaction();
    let result: T;
    try {
      result = await run(transaction);
    } catch (error) {
      // The statement's error tells more than that of the rollback.
      await transaction.rollback().catch(() => {});
      throw error;
    }
    await announcements.around(written.tags(), () => transaction.commit());
    return result;
  }

  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => single(query, (on) => on.queryRaw(query)),
    executeRaw: (query) => single(query, (on) => on.executeRaw(query)),
    executeScript: (script) =>
      single({ sql: script, args: [], argTypes: [] }, () => adapter.executeScript(script)),
    startTransaction: async (isolationLevel?: IsolationLevel) =>
      tapTransaction(await adapter.startTransaction(isolationLevel), parts, learnAgain),
    ...(adapter.getConnectionInfo && { getConnectionInfo: () => adapter.getConnectionInfo?.() ?? NO_INFO }),
    dispose: () => adapter.dispose(),
  };
}

const NO_INFO = { supportsRelationJoins: false };
