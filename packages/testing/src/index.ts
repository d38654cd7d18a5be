export { findFreePort } from './free-port.ts';
export { createDatabase, dropDatabase } from './mariadb/databases.ts';
export { type MariadbServer, startMariadb } from './mariadb/start-mariadb.ts';
export { type PollOptions, poll, sleep } from './poll.ts';
export { type RedisServer, type StartRedisOptions, startRedis } from './redis/start-redis.ts';
