import { keyPrefix, secret, text, wholeNumber } from '../formats.ts';
import { redisHosts, redisUrl } from '../redis-address.ts';
import { tlsCa } from '../tls-ca.ts';
import { optionalVariable, type Values, variable } from '../variable.ts';

export const redisPassword = optionalVariable(secret, {
  expected: 'the password of the Redis, as plain text',
  example: 'the output of `openssl rand -hex 24`',
});

export const redisSessionsPassword = optionalVariable(secret, {
  expected: 'the password of the sessions Redis, as plain text',
  example: 'the output of `openssl rand -hex 24`',
});

export const redisVariables = {
  REDIS_URL: optionalVariable(redisUrl, {
    expected: 'a redis:// URL, or rediss:// for TLS',
    example: 'redis://localhost:6379/0',
  }),
  REDIS_USERNAME: optionalVariable(text, {
    expected: 'a user of the Redis',
    example: 'tbi-cache',
  }),
  REDIS_PASSWORD: redisPassword,
  REDIS_SESSIONS_URL: optionalVariable(redisUrl, {
    expected: 'a redis:// URL, or rediss:// for TLS',
    example: 'redis://localhost:6380/0',
  }),
  REDIS_SESSIONS_PASSWORD: redisSessionsPassword,
  REDIS_TLS_CA: optionalVariable(tlsCa, {
    expected: 'the path of a PEM file, or PEM text itself',
    example: '/etc/ssl/redis-ca.pem',
  }),
  REDIS_SENTINELS: optionalVariable(redisHosts(26379), {
    expected: 'host:port of every sentinel, separated by commas',
    example: 'sentinel-1:26379,sentinel-2:26379,sentinel-3:26379',
  }),
  REDIS_SENTINEL_NAME: optionalVariable(text, {
    expected: 'the name by which the sentinels know the primary',
    example: 'mymaster',
  }),
  REDIS_CLUSTER_NODES: optionalVariable(redisHosts(6379), {
    expected: 'host:port of some nodes of the Cluster, separated by commas',
    example: 'node-1:6379,node-2:6379,node-3:6379',
  }),
  REDIS_KEY_PREFIX: optionalVariable(keyPrefix, {
    expected: '1 to 64 letters, digits, or : . _ -',
    example: 'shop:',
  }),
  REDIS_SESSIONS_PREFIX: variable(keyPrefix, {
    expected: '1 to 64 letters, digits, or : . _ -',
    example: 'tbi-sess:',
    default: 'tbi-sess:',
  }),
  REDIS_COMMAND_TIMEOUT_MS: variable(wholeNumber(10, 60_000), {
    expected: 'a whole number of milliseconds from 10 to 60000',
    example: '150',
    default: '150',
  }),
};

export type RedisValues = Values<typeof redisVariables>;
