import { Cluster } from 'ioredis';
import type { Client } from './client.ts';
import { askNodes } from './cluster-nodes.ts';
import { type Failure, failure } from './failure.ts';
import type { RedisSettings } from './settings.ts';

/**
 * Asks a server that has just been connected whether it will do. Null: it will.
 *
 * @throws What the client throws, when the server refuses to answer.
 */
export async function verifyConnection(client: Client, settings: RedisSettings): Promise<Failure | null> {
  if (client instanceof Cluster) return verifyCluster(client, settings);
  if (await ignoresPassword(client, settings)) return failure('password-not-wanted', settings);
  const { db } = { db: 0, ...settings };
  if (db > 0 && !(await selects(client, db))) return failure('no-database', settings);
  const info = await readInfo(client);
  if (/^loading:1/m.test(info)) return failure('loading', settings);
  if (settings.mode === 'sentinel' && /^role:slave/m.test(info)) return failure('not-primary', settings);
  return null;
}

async function verifyCluster(cluster: Cluster, settings: RedisSettings): Promise<Failure | null> {
  const nodes = await askNodes(cluster);
  const [first] = nodes;
  if (first === undefined) return failure('no-node', settings);
  if (await ignoresPassword(first.node, settings)) return failure('password-not-wanted', settings);
  return nodes.some(({ info }) => /^cluster_state:ok/m.test(info)) ? null : failure('no-node', settings);
}

/** The client selects the database when it connects, and goes on in database 0 where that is refused. */
async function selects(client: Client, db: number): Promise<boolean> {
  try {
    await client.callBuffer('SELECT', [db]);
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplyError') return false;
    throw error;
  }
}

/**
 * Without a password of its own, Redis takes any for the default user, and says so only to the old form of AUTH.
 * Going on would hide that the site talks to an unprotected server, or to a wrong one.
 */
async function ignoresPassword(client: Client, { username, password }: RedisSettings): Promise<boolean> {
  if (password === undefined || username !== undefined) return false;
  try {
    await client.callBuffer('AUTH', [password]);
    return false;
  } catch (error) {
    if (messageOf(error).includes('without any password configured')) return true;
    throw error;
  }
}

/** Empty for a user who may not ask. */
async function readInfo(client: Client): Promise<string> {
  try {
    return String(await client.callBuffer('INFO', []));
  } catch (error) {
    if (messageOf(error).startsWith('NOPERM')) return '';
    throw error;
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : '');
