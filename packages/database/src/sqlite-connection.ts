import type { Client, Transaction } from '@libsql/client';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';

/** How long a statement waits for another process's write, in ms. */
const busyTimeoutMs = 5_000;

/** Prisma's adapter on one connection that several processes' worth of readers and writers get along with. */
export async function connectSqlite(url: string): Promise<SqlDriverAdapter> {
  const factory = new PrismaLibSql({ url, timeout: busyTimeoutMs });
  const createClient = factory.createClient;
  factory.createClient = (config) => keepOneConnection(createClient.call(factory, config));
  const adapter = await factory.connect();
  // foreign_keys is on by default in libSQL. Under WAL, NORMAL loses no committed data when a process dies.
  await adapter.executeScript('PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;');
  return adapter;
}

/**
 * libSQL's client gives its connection away to each transaction, opens another one without our settings, and
 * begins transactions as readers, which fail at once (whatever the timeout) when another process wrote before
 * their first write. Here transactions run on the one connection and begin as writers. The adapter lets no other
 * statement in between: it holds a mutex from begin to commit or rollback.
 */
function keepOneConnection(client: Client): Client {
  client.transaction = async () => {
    await client.execute('BEGIN IMMEDIATE');
    const rollback = async () => {
      await client.execute('ROLLBACK');
    };
    // The members that the adapter uses.
    const transaction: Pick<Transaction, 'execute' | 'commit' | 'rollback'> = {
      execute: client.execute.bind(client),
      commit: async () => {
        try {
          await client.execute('COMMIT');
        } catch (error) {
          // The connection outlives the transaction, so the transaction must not stay open on it.
          await rollback().catch(() => {});
          throw error;
        }
      },
      rollback,
    };
    return transaction as Transaction;
  };
  return client;
}
