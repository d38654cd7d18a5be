import { type Cache, codeOf } from '@tbi/cache';
import type { RedisPool, RedisSettings } from '@tbi/redis';
import { figure, word } from './info.ts';
import { operationsKeys } from './keys.ts';
import { figuresOf, reportServers, type ServerReport } from './redis-report.ts';
import { textOf } from './replies.ts';
import { createServers, type OperationsRedis } from './servers.ts';

export interface Finding {
  readonly check: string;
  readonly level: 'ok' | 'advice' | 'problem';
  readonly found: string;
  /** What to do; null where nothing is to be done. */
  readonly cure: string | null;
}

export interface Patient {
  readonly cache: Cache;
  readonly pool: RedisPool;
  readonly redis: OperationsRedis;
  readonly sessions: RedisSettings | null;
  readonly connected: boolean;
}

const OLDEST = [6, 2];
const SLOW_MS = 5;
const CLOCK_MS = 1_000;

const ok = (check: string, found: string): Finding => ({ check, level: 'ok', found, cure: null });
const advice = (check: string, found: string, cure: string): Finding => ({
  check,
  level: 'advice',
  found,
  cure,
});
const problem = (check: string, found: string, cure: string): Finding => ({
  check,
  level: 'problem',
  found,
  cure,
});

/** Looks at a Redis as the site will use it, and holds its settings against what we recommend. */
export async function examine(patient: Patient): Promise<readonly Finding[]> {
  const { pool, redis, connected } = patient;
  if (!connected) {
    return [problem('connection', pool.health().reason, 'Nothing else can be checked before this is cured.')];
  }
  const log = { info() {}, warn() {} };
  const servers = createServers(redis, log);
  try {
    const report = await reportServers(servers);
    if (!report.ok) {
      return [
        problem(
          'connection',
          `no answer (${report.code})`,
          'Look at the server: SLOWLOG GET, its log, memory.',
        ),
      ];
    }
    const { servers: found } = report;
    return [
      ok(
        'connection',
        `${redis.settings.mode}, ${found.length} ${found.length === 1 ? 'server' : 'primaries'}`,
      ),
      ...found.flatMap((one) => [version(one), policy(one), memoryLimit(one), persistence(one)]),
      await latency(patient),
      await clock(patient),
      ...(await permissions(patient)),
      await invalidationLog(patient),
      ...settings(patient, found),
    ];
  } finally {
    await servers.close();
  }
}

function version({ info }: ServerReport): Finding {
  const text = word(info, 'server', 'valkey_version') || word(info, 'server', 'redis_version');
  if (text === '')
    return advice('version', 'unknown', 'Give the user the right to INFO (+info): health needs it.');
  const [major = 0, minor = 0] = text.split('.').map(Number);
  const old = major < (OLDEST[0] ?? 0) || (major === OLDEST[0] && minor < (OLDEST[1] ?? 0));
  return old ? problem('version', text, 'Use Redis 6.2 or later, or Valkey.') : ok('version', text);
}

function policy({ info }: ServerReport): Finding {
  const text = word(info, 'memory', 'maxmemory_policy');
  if (text === 'volatile-lru' || text === 'volatile-lfu' || text === 'volatile-ttl')
    return ok('eviction policy', text);
  if (text === 'noeviction') {
    return advice(
      'eviction policy',
      text,
      'When memory is full nothing new is stored. CONFIG SET maxmemory-policy volatile-lru, and in redis.conf.',
    );
  }
  return advice(
    'eviction policy',
    text || 'unknown',
    'It may evict the invalidation log, which costs the whole cache. CONFIG SET maxmemory-policy volatile-lru.',
  );
}

const isSameServer = (a: RedisSettings, b: RedisSettings) =>
  a.mode === 'standalone' && b.mode === 'standalone'
    ? a.host === b.host && a.port === b.port
    : a.mode === b.mode && a.mode !== 'standalone';

function memoryLimit({ info }: ServerReport): Finding {
  const most = figure(info, 'memory', 'maxmemory');
  if (most === 0) {
    return advice(
      'maxmemory',
      'none',
      'Redis grows until the machine has no memory. CONFIG SET maxmemory 256mb.',
    );
  }
  const used = Math.round((figure(info, 'memory', 'used_memory') / most) * 100);
  return ok('maxmemory', `${Math.round(most / 1024 / 1024)} MiB, ${used} % in use`);
}

function persistence({ info }: ServerReport): Finding {
  const appendOnly = figure(info, 'persistence', 'aof_enabled') === 1;
  const saved = figure(info, 'persistence', 'rdb_last_save_time');
  const failed = word(info, 'persistence', 'rdb_last_bgsave_status') === 'err';
  if (failed) {
    return problem(
      'persistence',
      'the last snapshot failed',
      'Redis may refuse writes. Free disk, or for a cache: CONFIG SET save "" .',
    );
  }
  return appendOnly
    ? advice(
        'persistence',
        'append-only file',
        'A cache needs none: CONFIG SET appendonly no saves its writes to disk.',
      )
    : ok('persistence', saved > 0 ? 'no append-only file' : 'none');
}

async function latency({ pool }: Patient): Promise<Finding> {
  const times: number[] = [];
  for (let i = 0; i < 20; i += 1) {
    const sentMs = performance.now();
    await pool.data.command('PING', []);
    times.push(performance.now() - sentMs);
  }
  const median = times.sort((a, b) => a - b)[10] ?? 0;
  const text = `${median.toFixed(2)} ms median, ${(times.at(-1) ?? 0).toFixed(2)} ms worst of 20`;
  return median > SLOW_MS
    ? advice(
        'latency',
        text,
        'Each hit that is not in memory waits so long: bring Redis nearer, or look at SLOWLOG GET.',
      )
    : ok('latency', text);
}

async function clock({ cache }: Patient): Promise<Finding> {
  const apartMs = Math.abs(cache.nowMs() - Date.now());
  const text = `${apartMs.toFixed(0)} ms apart`;
  return apartMs > CLOCK_MS
    ? advice(
        'clock',
        text,
        'Nothing of the cache depends on it, but logs and dashboards do: run an NTP client.',
      )
    : ok('clock', text);
}

/** Every command that the engine sends, tried on a key of its own. */
async function permissions({ pool, redis }: Patient): Promise<Finding[]> {
  const key = `${operationsKeys(redis.keyPrefix).audit}-doctor`;
  const tries: readonly (readonly [string, readonly (string | number)[]])[] = [
    ['SET', [key, '1', 'PX', 1_000]],
    ['GET', [key]],
    ['MGET', [key]],
    ['GETRANGE', [key, 0, 1]],
    ['STRLEN', [key]],
    ['UNLINK', [key]],
    ['HSET', [key, 'a', '1']],
    ['HGETALL', [key]],
    ['HDEL', [key, 'a']],
    ['XADD', [key, 'MAXLEN', '~', 1, '*', 'a', '1']],
    ['XREVRANGE', [key, '+', '-', 'COUNT', 1]],
    ['EVAL', ["return redis.call('TIME')[1]", 0]],
    ['DEL', [key]],
  ];
  const refused: string[] = [];
  for (const [name, args] of tries) {
    await pool.data.command(name, args).catch((error: unknown) => {
      const reply = error instanceof Error && 'reply' in error ? String(error.reply) : codeOf(error);
      if (reply === 'NOPERM') refused.push(name);
      else if (reply !== 'WRONGTYPE') throw error;
    });
  }
  const user = textOf(await pool.data.command('ACL', ['WHOAMI']).catch(() => null)) || 'unknown';
  if (refused.length === 0) return [ok('permissions', `user ${user} may do everything that is needed`)];
  return [
    problem(
      'permissions',
      `user ${user} may not ${refused.join(', ')}`,
      `ACL SETUSER ${user} ~${redis.keyPrefix}* ${refused.map((name) => `+${name.toLowerCase()}`).join(' ')}`,
    ),
  ];
}

async function invalidationLog({ cache }: Patient): Promise<Finding> {
  const synced = await cache.sync();
  const { tagStates, epoch } = cache.stats();
  return synced
    ? ok('invalidation log', `epoch ${epoch?.slice(0, 8)}, ${tagStates} tags remembered`)
    : problem(
        'invalidation log',
        'cannot be followed',
        'The site cannot cache. Look at the log of the site.',
      );
}

function settings({ redis, sessions }: Patient, servers: readonly ServerReport[]): Finding[] {
  const findings: Finding[] = [];
  const { password, tls, mode } = redis.settings;
  const local = mode === 'standalone' && /^(localhost|127\.|::1)/.test(redis.settings.host);
  if (password === undefined && !local) {
    findings.push(
      problem('password', 'none', 'Anybody who reaches this port owns the cache: set requirepass.'),
    );
  }
  if (tls === undefined && !local) {
    findings.push(advice('TLS', 'off', 'Pages and sessions cross the network in plain text: use rediss://.'));
  }
  const evicts = servers.some(({ info }) => word(info, 'memory', 'maxmemory_policy') !== 'noeviction');
  if (evicts && sessions !== null && isSameServer(sessions, redis.settings)) {
    findings.push(
      advice(
        'sessions',
        'in the Redis of the cache, which may evict them',
        'With USE_REDIS_SESSIONS=true that signs people out. Give them a Redis with noeviction: REDIS_SESSIONS_URL.',
      ),
    );
  }
  const figures = figuresOf(servers);
  if (figures.rejectedConnections > 0) {
    findings.push(
      advice(
        'maxclients',
        `${figures.rejectedConnections} connections rejected`,
        'CONFIG SET maxclients 10000',
      ),
    );
  }
  return findings;
}
