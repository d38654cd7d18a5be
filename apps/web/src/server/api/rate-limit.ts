import 'server-only';
import { createHash } from 'node:crypto';
import { type RedisConnection, sharedRedis } from '@tbi/redis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { addressOf } from '../client-address.ts';
import { environment } from '../env.ts';
import { processSlot } from '../process-slot.ts';
import { errorResponse } from './respond.ts';

/** Runs of handlers that one address may cause: two in a second on average, all at once if it likes. */
const limit = { points: 120, duration: 60 };

/** Counts in a window that begins with its first run. KEYS: counter. ARGV: points, seconds. */
const increment = {
  name: 'rate-limit',
  lua: `
local consumed = redis.call('INCRBY', KEYS[1], ARGV[1])
local ttl = redis.call('PTTL', KEYS[1])
if ttl < 0 then
  ttl = ARGV[2] * 1000
  redis.call('PEXPIRE', KEYS[1], ttl)
end
return {consumed, ttl}
`,
};

/** 429 for a client whose requests have made too many handlers run; null for all others. */
export async function refuseFlood(request: Request): Promise<Response | null> {
  const address = addressOf(request.headers.get('x-forwarded-for'));
  const key = createHash('sha256').update(address).digest('base64url').slice(0, 22);
  try {
    await limiter().consume(key);
    return null;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    const response = errorResponse(429, 'too-many-requests', `Too many requests; try again in ${seconds} s.`);
    response.headers.set('retry-after', String(seconds));
    return response;
  }
}

/** Counts in Redis, for all processes; in this process's memory where there is none, and while it is away. */
function limiter() {
  return processSlot('api-rate-limiter', () => {
    const memory = new RateLimiterMemory(limit);
    const { redis } = environment().redis;
    if (redis === null) return memory;
    const { data } = sharedRedis(redis, { name: 'cache', log: console });
    return new RateLimiterRedis({
      ...limit,
      storeClient: clientOn(data),
      keyPrefix: `${redis.keyPrefix}rate`,
      insuranceLimiter: memory,
    });
  });
}

/** The one command of the limiter that is used, on a connection with deadlines. */
function clientOn(connection: RedisConnection) {
  return {
    rlflxIncr: ([key = '', points = '', seconds = '']: readonly string[]) =>
      connection.script(increment, [key], [points, seconds]),
  };
}
