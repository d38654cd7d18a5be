import { CHROMIUM, LOGROTATE, MARIADB, NGINX, REDIS, SYSTEMD } from '../programs/catalogue.ts';
import { provide } from '../programs/provide.ts';
import { prepareHardened } from '../redis/hardened.ts';
import { UNHARDENED } from '../redis/unhardened.ts';
import { startBroker } from './broker.ts';
import { BROKER_VARIABLE, givenServers, HARDENED_FOLDER_VARIABLE, hardenedRedis } from './environment.ts';
import { createRunServers } from './run-servers.ts';

/**
 * Vitest's global setup: announces where the servers of the run come from, installs what is missing where that
 * is possible, and hands them out to the workers. A missing program fails the tests that need it, no others.
 */
export async function setup(): Promise<() => Promise<void>> {
  const announce = (line: string) => process.stdout.write(`[servers] ${line}\n`);
  const { redisUrl, databaseUrl } = givenServers();
  if (redisUrl !== undefined) announce(`shared Redis: TEST_REDIS_URL (${describeHost(redisUrl)})`);
  if (databaseUrl !== undefined)
    announce(`shared database: TEST_DATABASE_URL (${describeHost(databaseUrl)})`);
  await provide([REDIS, MARIADB, CHROMIUM, NGINX, LOGROTATE, SYSTEMD], { announce });

  if (hardenedRedis()) {
    announce('TEST_REDIS_HARDENED: every Redis speaks TLS only and has the users of deploy/redis, except');
    for (const { without, because } of Object.values(UNHARDENED))
      announce(`  without ${without}: ${because}`);
    process.env[HARDENED_FOLDER_VARIABLE] = await prepareHardened();
  }
  const servers = createRunServers();
  const broker = await startBroker(servers);
  process.env[BROKER_VARIABLE] = broker.socketPath;
  return async () => {
    await broker.stop();
    await servers.stop();
  };
}

function describeHost(url: string): string {
  return new URL(url).host;
}
