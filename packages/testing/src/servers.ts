/** What starting servers that outlive this process needs (`pnpm services:up`); tests use `startRedis` and the like. */
export { canListen } from './free-port.ts';
export { execute } from './mariadb/execute.ts';
export { prepareMariadb } from './mariadb/prepare-mariadb.ts';
export { MARIADB, REDIS } from './programs/catalogue.ts';
export { findDocker } from './programs/docker.ts';
export { findProgram } from './programs/find-program.ts';
export { provide } from './programs/provide.ts';
export { type RedisAddress, sendRedisCommand } from './redis/redis-command.ts';
export { renderRedisConfig } from './redis/redis-config.ts';
