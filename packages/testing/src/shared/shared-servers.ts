import { connectToBroker } from './broker.ts';
import { BROKER_VARIABLE } from './environment.ts';
import { createRunServers, type RedisShare, type RunServers } from './run-servers.ts';

let servers: Pick<RunServers, 'shareRedis' | 'createDatabase'> | undefined;

/**
 * The run's Redis, with a key prefix of the caller's own. Other tests use it at the same time: never flush,
 * reconfigure or stop it (`startRedis` gives one that may be broken).
 */
export function sharedRedis(): Promise<RedisShare> {
  return getServers().shareRedis();
}

/** The URL of an empty database of the caller's own on the run's MariaDB, which other tests use too. */
export function sharedDatabase(): Promise<string> {
  return getServers().createDatabase();
}

/** Outside a run of the whole project there is no broker: this process then has servers of its own. */
function getServers(): Pick<RunServers, 'shareRedis' | 'createDatabase'> {
  const socketPath = process.env[BROKER_VARIABLE];
  servers ??= socketPath === undefined ? createRunServers() : connectToBroker(socketPath);
  return servers;
}
