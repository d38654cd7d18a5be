// `pnpm services:up`: a Redis for the cache, one for sessions and a MariaDB for development, on 127.0.0.1, with
// the settings of services/ and their data in .data/services. Programs of this machine are used if there are
// any, then Docker, then (as root on Debian or Ubuntu) packages.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findDocker, findProgram, MARIADB, provide, REDIS } from '@tbi/testing/servers';
import { loadDotenv } from '../lib/load-dotenv.mjs';
import { root } from '../lib/root.mjs';
import { run } from '../lib/run.mjs';
import { composeMarker, folderOf, servicesFolder } from './folders.ts';
import { PORTS, startMysqlService, startRedisService } from './native.ts';
import { readPasswords } from './passwords.ts';

loadDotenv();
try {
  await up();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function up(): Promise<void> {
  const installed =
    (await findProgram(REDIS.programs)) !== null && (await findProgram(MARIADB.programs)) !== null;
  const docker = installed ? null : await findDocker();
  if (docker !== null) return composeUp(docker);

  const sources = await provide([REDIS, MARIADB], { announce: console.log });
  const redis = sources.get(REDIS);
  const mariadb = sources.get(MARIADB);
  if (redis?.kind !== 'program' || mariadb?.kind !== 'program') {
    process.exitCode = 1;
    return;
  }
  await startNative(redis.path, mariadb.path);
}

async function startNative(redisProgram: string, mysqlProgram: string): Promise<void> {
  const passwords = await readPasswords(servicesFolder);
  const cache = await startRedisService({
    program: redisProgram,
    folder: folderOf('redis-cache'),
    configFile: join(root, 'services', 'redis-cache.conf'),
    preferredPort: PORTS.cache,
    password: passwords.cache,
  });
  const sessions = await startRedisService({
    program: redisProgram,
    folder: folderOf('redis-sessions'),
    configFile: join(root, 'services', 'redis-sessions.conf'),
    preferredPort: PORTS.sessions,
    password: passwords.sessions,
  });
  const mysql = await startMysqlService({
    program: mysqlProgram,
    folder: folderOf('mysql'),
    preferredPort: PORTS.mysql,
    password: passwords.mysql,
  });
  const began = [cache, sessions, mysql].some(({ started }) => started);
  console.log(
    `${began ? 'Running' : 'Running already'}; data in ${servicesFolder}; to stop: pnpm services:down\n`,
  );
  const encoded = (password: string) => encodeURIComponent(password);
  console.log('For .env:\n');
  console.log(`REDIS_URL=redis://:${encoded(passwords.cache)}@127.0.0.1:${cache.port}`);
  console.log(`REDIS_SESSIONS_URL=redis://:${encoded(passwords.sessions)}@127.0.0.1:${sessions.port}`);
  console.log(`DATABASE_URL=mysql://tbi:${encoded(passwords.mysql)}@127.0.0.1:${mysql.port}/tbi`);
  console.log('\nThen, once: pnpm db:migrate, pnpm db:seed');
}

async function composeUp(docker: string): Promise<void> {
  console.log('Starting docker-compose.yml; it takes its passwords from .env.');
  const code = await run(docker, ['compose', 'up', '--detach', '--wait']);
  process.exitCode = code;
  if (code !== 0) return;
  await writeFile(composeMarker(), '');
  console.log('\nFor .env, with the passwords that it has:\n');
  console.log(`REDIS_URL=redis://127.0.0.1:${PORTS.cache}`);
  console.log(`REDIS_SESSIONS_URL=redis://127.0.0.1:${PORTS.sessions}`);
  console.log(`DATABASE_URL=mysql://tbi:<MYSQL_PASSWORD>@127.0.0.1:${PORTS.mysql}/tbi`);
  console.log('\nThen, once: pnpm db:migrate, pnpm db:seed');
}
