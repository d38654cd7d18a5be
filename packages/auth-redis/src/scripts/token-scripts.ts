import type { RedisScript } from '@tbi/redis';
import { PRELUDE } from './shared.ts';

/** ARGV: base, id, id of the address, ttl (ms), most tokens of one address. A token is a string: when it expires. */
export const CREATE_TOKEN: RedisScript = {
  name: 'create a verification token',
  lua: `${PRELUDE}
local index, expires = key('k', ARGV[3]), text(now + ARGV[4])
redis.call('SET', key('t', ARGV[2]), expires, 'PX', ARGV[4])
redis.call('ZREMRANGEBYSCORE', index, '-inf', text(now))
redis.call('ZADD', index, expires, ARGV[2])
for _ = tonumber(ARGV[5]) + 1, redis.call('ZCARD', index) do
  redis.call('DEL', key('t', redis.call('ZPOPMIN', index)[1]))
end
keepAtLeast(index, tonumber(ARGV[4]))
return expires
`,
};
