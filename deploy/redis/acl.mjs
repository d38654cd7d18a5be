import { createHash } from 'node:crypto';

/*
 * Who may do what in the site's Redis. What is not named here is refused, to the users of the site too: no flushing, no
 * listing of all keys by KEYS, no configuration, no scripts kept on the server, no keys of others.
 */

/** What a client needs to connect, to sentinels and Clusters as well. */
const connecting = [
  ...['hello', 'auth', 'ping', 'select', 'info', 'client|setname', 'client|id', 'acl|whoami'],
  ...['cluster|slots', 'cluster|shards', 'cluster|nodes', 'cluster|info', 'cluster|myid'],
  // Before a command for a slot that is on its way to another node.
  ...['readonly', 'asking'],
];

/** The engine: packages/cache/src/redis, its scripts included, which need what they call. */
const engine = [
  ...['get', 'mget', 'set', 'getrange', 'del', 'time', 'eval', 'evalsha'],
  ...['pexpire', 'pttl'],
  ...['hget', 'hmget', 'hset', 'hdel', 'hlen', 'hgetall', 'hscan'],
  ...['xadd', 'xread', 'xrange', 'xrevrange', 'xtrim'],
];

/** What the editor's desk and the metrics look at. SCAN and UNLINK take a slice at a time. */
const operating = [
  ...['scan', 'strlen', 'exists', 'type', 'ttl', 'unlink', 'dbsize', 'xlen'],
  ...['memory|usage', 'memory|stats', 'slowlog|get', 'slowlog|len', 'latency|latest'],
];

/** Users, sessions and tokens: packages/auth-redis. */
const sessions = [
  ...['get', 'mget', 'set', 'del', 'unlink', 'getdel', 'getrange', 'exists', 'time', 'eval', 'evalsha'],
  ...['hget', 'hmget', 'hset', 'hsetnx', 'hdel', 'hlen', 'hgetall', 'hexists', 'hscan'],
  ...['pexpire', 'pexpireat', 'persist', 'pttl', 'type'],
  ...['sadd', 'srem', 'smembers', 'sismember', 'scard'],
  // Counted for operators, a slice at a time.
  'scan',
  // Attempts that are counted: apps/web/src/server/throttle.ts.
  ...['incrby', 'expire'],
  ...['zadd', 'zrem', 'zcard', 'zscore', 'zrange', 'zpopmin', 'zremrangebyscore', 'zremrangebyrank'],
];

/** The users by name: which commands, and whether the keys of the cache, of sessions, all or none. */
export const USERS = {
  'tbi-cache': { keys: 'cache', commands: [...connecting, ...engine, ...operating] },
  'tbi-sessions': { keys: 'sessions', commands: [...connecting, ...sessions] },
  // For a monitor such as redis_exporter: numbers, and no key at all.
  'tbi-metrics': {
    keys: 'none',
    commands: [...connecting, ...['dbsize', 'memory|stats', 'slowlog|get', 'slowlog|len', 'latency|latest']],
  },
  // For replicas and sentinels, as Redis documents them.
  'tbi-replica': { keys: 'none', commands: [...connecting, 'psync', 'replconf'] },
  'tbi-sentinel': {
    keys: 'none',
    channels: true,
    commands: [
      ...connecting,
      ...['multi', 'exec', 'slaveof', 'role', 'publish', 'subscribe', 'config|rewrite', 'script|kill'],
      'client|kill',
    ],
  },
  // For people, by redis-cli on the machine itself.
  'tbi-admin': { keys: 'all', channels: true, commands: ['@all'] },
};

/**
 * Nobody can be this user. It keeps its rights all the same: Redis (7.0) loads its append-only file as if it were it, and
 * without them drops every transaction in there, which is what each script has written. Sessions would be lost.
 */
const DEFAULT_USER = 'user default off resetpass ~* &* +@all';

/**
 * The text of an ACL file, in which nobody can read a password. `default`, whom everybody is who does not say who they
 * are, is off.
 *
 * @param {Readonly<Record<string, string>>} passwords by user; users without one are left out
 * @param {{ cachePrefix?: string, sessionsPrefix?: string }} [prefixes] as REDIS_KEY_PREFIX and REDIS_SESSIONS_PREFIX
 * @returns {string}
 * @throws {Error} for an unknown user, a short password, a prefix that is a pattern
 */
export function renderAcl(passwords, { cachePrefix = 'tbi:', sessionsPrefix = 'tbi-sess:' } = {}) {
  const unknown = Object.keys(passwords).filter((name) => !(name in USERS));
  if (unknown.length > 0) throw new Error(`no such user: ${unknown.join(', ')}`);
  for (const prefix of [cachePrefix, sessionsPrefix]) {
    if (!/^[\w:.-]+$/.test(prefix)) throw new Error(`"${prefix}" cannot begin keys`);
  }
  const patterns = {
    cache: [`~${cachePrefix}*`],
    sessions: [`~${sessionsPrefix}*`],
    all: ['~*'],
    none: [],
  };
  const lines = Object.entries(USERS).flatMap(([name, user]) => {
    const password = passwords[name];
    if (password === undefined) return [];
    if (password.length < 16) throw new Error(`the password of ${name} is shorter than 16 characters`);
    const hash = createHash('sha256').update(password).digest('hex');
    const channels = 'channels' in user && user.channels ? ['&*'] : ['resetchannels'];
    const rules = [...patterns[/** @type {keyof typeof patterns} */ (user.keys)], ...channels, '-@all'];
    return [`user ${name} on #${hash} ${[...rules, ...user.commands.map((one) => `+${one}`)].join(' ')}`];
  });
  return `${[DEFAULT_USER, ...lines].join('\n')}\n`;
}
