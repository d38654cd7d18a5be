import { Redis } from 'ioredis';

export interface RedisAddress {
  readonly port: number;
  /** Default: Redis's own `default`. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** PEM; given when the server speaks TLS. */
  readonly tlsCa?: string | undefined;
}

/** Sends one command on a connection of its own and returns the reply. Rejects after 5 s without an answer. */
export async function sendRedisCommand(address: RedisAddress, args: readonly string[]): Promise<unknown> {
  const { port, username, password, tlsCa } = address;
  const [name = 'PING', ...rest] = args;
  const client = new Redis({
    host: '127.0.0.1',
    port,
    lazyConnect: true,
    enableReadyCheck: false,
    commandTimeout: 5000,
    connectTimeout: 2000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tlsCa === undefined ? {} : { tls: { ca: tlsCa } }),
  });
  client.on('error', () => {
    // Every failure also rejects the calls below.
  });
  try {
    await client.connect();
    return await client.call(name, ...rest);
  } finally {
    client.disconnect();
  }
}
