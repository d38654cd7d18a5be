// What reading a session costs: Redis, beside decoding a JWT and beside Prisma on MariaDB, in turns in one run.
import { randomBytes } from 'node:crypto';
import { type AuthRedisOptions, createSessionControl, RedisAdapter } from '@tbi/auth-redis';
import { createDatabase, type Database } from '@tbi/database';
import { migrate } from '@tbi/database/migrate';
import { createRedis } from '@tbi/redis';
import { createDatabase as createSchema, type RedisServer, startMariadb, startRedis } from '@tbi/testing';
import { decode, encode } from 'next-auth/jwt';
import { median, percentile, printTable } from './table.ts';

const SESSIONS = 100_000;
/** Enough to measure the size of one. */
const ENCRYPTED_SESSIONS = 20_000;
const OF_ONE_USER = 1_000;
const USERS = 1_000;
const ROUNDS = 7;
const READS = 1_000;
const SILENT = { info() {}, warn() {} };

type Read = (i: number) => Promise<unknown>;
interface Contender {
  readonly name: string;
  readonly read: Read;
}

/** Runs a job for every number below `count`, so many at a time. */
async function forEach(count: number, atOnce: number, run: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < count; i = next++) await run(i);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function measure(read: Read, atOnce: number): Promise<{ perSecond: number; p99Ms: number }> {
  const latencies: number[] = [];
  const startedMs = performance.now();
  await forEach(READS, atOnce, async (i) => {
    const sentMs = performance.now();
    if ((await read(i)) === null) throw new Error('A session was not found.');
    latencies.push(performance.now() - sentMs);
  });
  const tookMs = performance.now() - startedMs;
  return { perSecond: (READS * 1000) / tookMs, p99Ms: percentile(latencies, 99) };
}

function openStore({ port }: RedisServer, options: AuthRedisOptions) {
  const pool = createRedis(
    { mode: 'standalone', host: '127.0.0.1', port, db: 0, commandTimeoutMs: 10_000 },
    { name: 'bench', log: SILENT },
  );
  const all = { maxSessionsPerUser: 2 * OF_ONE_USER, ...options };
  return {
    adapter: RedisAdapter(pool.data, all),
    control: createSessionControl(pool.data, all),
    close: () => pool.close(),
  };
}
type Store = ReturnType<typeof openStore>;

const expires = () => new Date(Date.now() + 30 * 86_400_000);

/** So many sessions: 1,000 of the first user, the others of the other 999. */
async function fillRedis({ adapter }: Store, count: number): Promise<{ tokens: string[]; busiest: string }> {
  const ids: string[] = [];
  await forEach(USERS, 32, async (i) => {
    const user = { email: `person-${i}@example.com`, emailVerified: null, name: `Person ${i}` };
    ids[i] = (await adapter.createUser(user)).id;
  });
  const tokens: string[] = [];
  await forEach(count, 64, async (i) => {
    const userId = ids[i < OF_ONE_USER ? 0 : 1 + (i % (USERS - 1))] ?? '';
    const sessionToken = randomBytes(32).toString('base64url');
    await adapter.createSession({ sessionToken, userId, expires: expires() });
    tokens[i] = sessionToken;
  });
  return { tokens, busiest: ids[0] ?? '' };
}

const usedBytes = async (server: RedisServer) =>
  Number(/used_memory:(\d+)/.exec(String(await server.command('INFO', 'memory')))?.[1]);

/** Rows under a unique key, each with a user: what a session is to an adapter on Prisma. */
async function fillDatabase({ client }: Database): Promise<void> {
  const users = Array.from({ length: USERS }, (_, i) => ({
    id: `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`,
    email: `person-${i}@example.com`,
    name: `Person ${i}`,
  }));
  await client.user.createMany({ data: users });
  for (let from = 0; from < SESSIONS; from += 2_000) {
    const data = Array.from({ length: 2_000 }, (_, i) => ({
      userId: users[(from + i) % USERS]?.id ?? '',
      type: 'session',
      provider: 'session',
      providerAccountId: `token-${from + i}`,
    }));
    await client.account.createMany({ data });
  }
}

/** As `getSessionAndUser` of @auth/prisma-adapter asks: one row by a unique key, with its user. */
const readWithPrisma =
  ({ client }: Database): Read =>
  (i) =>
    client.account.findUnique({
      where: {
        provider_providerAccountId: {
          provider: 'session',
          providerAccountId: `token-${(i * 7919) % SESSIONS}`,
        },
      },
      include: { user: true },
    });

async function readJwt(): Promise<Read> {
  const secret = 'a secret for benchmarks, of no use elsewhere';
  const token = await encode({
    secret,
    token: { sub: crypto.randomUUID(), email: 'person-1@example.com', name: 'Person 1', role: 'user' },
  });
  return () => decode({ secret, token });
}

// What is started below keeps no process alive by itself.
const alive = setInterval(() => {}, 60_000);
const server = await startRedis({ config: { maxmemory: '0' } });
const encrypted = { keyPrefix: 'enc:', encryptionKeys: [randomBytes(32).toString('base64')] };
const plainStore = openStore(server, { keyPrefix: 'plain:' });
const sealedStore = openStore(server, encrypted);
const mariadb = await startMariadb();
const url = await createSchema(mariadb.url, 'bench_sessions');
await migrate(url);
const database = createDatabase(url);
const rows: string[][] = [];

try {
  const emptyBytes = await usedBytes(server);
  const plain = await fillRedis(plainStore, SESSIONS);
  const plainBytes = (await usedBytes(server)) - emptyBytes;
  const sealed = await fillRedis(sealedStore, ENCRYPTED_SESSIONS);
  const sealedBytes = (await usedBytes(server)) - emptyBytes - plainBytes;
  await fillDatabase(database);

  const pick = (tokens: readonly string[], i: number) => tokens[(i * 7919) % tokens.length] ?? '';
  const contenders: readonly Contender[] = [
    { name: 'Redis', read: (i) => plainStore.adapter.getSessionAndUser(pick(plain.tokens, i)) },
    { name: 'Redis, encrypted', read: (i) => sealedStore.adapter.getSessionAndUser(pick(sealed.tokens, i)) },
    { name: 'JWT decoding', read: await readJwt() },
    { name: 'Prisma on MariaDB', read: readWithPrisma(database) },
  ];
  for (const atOnce of [1, 32]) {
    const results = new Map(
      contenders.map(({ name }) => [name, { perSecond: [] as number[], p99Ms: [] as number[] }]),
    );
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const { name, read } of contenders) {
        const { perSecond, p99Ms } = await measure(read, atOnce);
        results.get(name)?.perSecond.push(perSecond);
        results.get(name)?.p99Ms.push(p99Ms);
      }
    }
    const base = results.get('Redis')?.perSecond ?? [];
    for (const [name, { perSecond, p99Ms }] of results) {
      const ratio = median(perSecond.map((value, round) => value / (base[round] ?? Number.NaN)));
      rows.push([
        `${name}, ${atOnce} at once`,
        Math.round(median(perSecond)).toLocaleString('en'),
        ratio.toFixed(2),
        `${median(p99Ms).toFixed(2)} ms`,
      ]);
    }
  }
  printTable(['one session with its user', 'reads/s', '÷ Redis', 'p99'], rows);

  const listMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedMs = performance.now();
    const list = await plainStore.control.list(plain.busiest);
    if (list.length !== OF_ONE_USER) throw new Error(`Listed ${list.length} sessions.`);
    listMs.push(performance.now() - startedMs);
  }
  const startedMs = performance.now();
  await plainStore.control.revokeAll(plain.busiest);
  const revokeMs = performance.now() - startedMs;
  console.log();
  printTable(
    ['store', 'figure'],
    [
      [
        'bytes of Redis for a session, of 100,000 (with their users and indexes)',
        Math.round(plainBytes / SESSIONS).toString(),
      ],
      ['the same of 20,000, encrypted', Math.round(sealedBytes / ENCRYPTED_SESSIONS).toString()],
      ['list the 1,000 sessions of one user', `${median(listMs).toFixed(1)} ms`],
      ['end the 1,000 sessions of one user', `${revokeMs.toFixed(1)} ms`],
    ],
  );
} finally {
  await Promise.all([plainStore.close(), sealedStore.close(), database.close()]);
  await Promise.all([server.stop(), mariadb.stop()]);
  clearInterval(alive);
}
