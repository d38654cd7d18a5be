import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@tbi/database';
import type { failFast } from './fail-fast.ts';

type Guard = ReturnType<typeof failFast>;

/**
 * Prisma's way to the database through a guard: it lies below the query cache, whose results stay of use while the
 * database is away. What happens inside a transaction that has begun is left to the driver's own limits.
 */
export function guardAdapter(factory: SqlDriverAdapterFactory, guard: () => Guard): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => guard()(async () => guardStatements(await factory.connect(), guard())),
  };
}

function guardStatements(adapter: SqlDriverAdapter, guarded: Guard): SqlDriverAdapter {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => guarded(() => adapter.queryRaw(query)),
    executeRaw: (query) => guarded(() => adapter.executeRaw(query)),
    executeScript: (script) => guarded(() => adapter.executeScript(script)),
    startTransaction: (isolationLevel) => guarded(() => adapter.startTransaction(isolationLevel)),
    ...(adapter.getConnectionInfo && { getConnectionInfo: adapter.getConnectionInfo.bind(adapter) }),
    dispose: () => adapter.dispose(),
  };
}
