export type { Browser, Page } from 'playwright-core';
export { findChromium, launchBrowser } from './browser/launch-browser.ts';
export { findFreePort } from './free-port.ts';
export {
  type FetchHandler,
  type FetchServer,
  startFetchServer,
} from './http/start-fetch-server.ts';
export { createDatabase, dropDatabase } from './mariadb/databases.ts';
export { type MariadbServer, startMariadb } from './mariadb/start-mariadb.ts';
export { type BuildNextOptions, buildNext } from './next/build-next.ts';
export { type NextServer, type StartNextOptions, startNext } from './next/start-next.ts';
export { type NginxServer, type StartNginxOptions, startNginx } from './nginx/start-nginx.ts';
export { type PollOptions, poll, sleep } from './poll.ts';
export { adoptDaemon } from './process/adopt-daemon.ts';
export { cleanEnv } from './process/clean-env.ts';
export { type ForkedNode, type ForkNodeOptions, forkNode } from './process/fork-node.ts';
export { type Methods, serveParent } from './process/serve-parent.ts';
export { LOGROTATE, NGINX, SYSTEMD } from './programs/catalogue.ts';
export { findProgram } from './programs/find-program.ts';
export { requireSource } from './programs/source.ts';
export { type FaultProxy, type Faults, startFaultProxy } from './proxy/fault-proxy.ts';
export type { DirectionFaults } from './proxy/pump.ts';
export { type Certificate, createCertificate } from './redis/certificate.ts';
export { redisAuthority } from './redis/hardened.ts';
export { locateSlot, moveSlot, type Slot } from './redis/move-slot.ts';
export { sendRedisCommand } from './redis/redis-command.ts';
export { redisAt, settingsOf, trustOf, urlAs } from './redis/redis-url.ts';
export { type RedisCluster, startRedisCluster } from './redis/start-cluster.ts';
export { type ConfiguredRedis, startConfiguredRedis } from './redis/start-configured-redis.ts';
export { type RedisServer, type StartRedisOptions, startRedis } from './redis/start-redis.ts';
export { type RedisSentinels, startSentinel } from './redis/start-sentinel.ts';
export type { RedisShare } from './shared/run-servers.ts';
export { sharedDatabase, sharedRedis } from './shared/shared-servers.ts';
export { createTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts';
