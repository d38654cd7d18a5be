import type { RedisScript } from '@tbi/redis';
import { KEEP_USER, PRELUDE } from './shared.ts';

/*
 * What a user owns besides sessions: accounts (`a`, index `l`) and authenticators (`w`, index `x`). Each is a hash:
 * user, data (sealed), counter (authenticators).
 */

/**
 * ARGV: base, part, part of the index, id, user, data, counter, how long to keep the user (ms), '1': the user may write
 * their own once more. Returns `stored`, `no-user` or `taken`.
 */
export const STORE_OWNED: RedisScript = {
  name: 'store what a user owns',
  lua: `${PRELUDE}${KEEP_USER}
local record, index, id, user = key(ARGV[2], ARGV[4]), key(ARGV[3], ARGV[5]), ARGV[4], ARGV[5]
if redis.call('EXISTS', key('u', user)) == 0 then return 'no-user' end
local owner = redis.call('HGET', record, 'user')
if owner and (owner ~= user or ARGV[9] ~= '1') then return 'taken' end
redis.call('HSET', record, 'user', user, 'data', ARGV[6], 'counter', ARGV[7])
redis.call('SADD', index, id)
keepUser(user, tonumber(ARGV[8]))
return 'stored'
`,
};

/** ARGV: base, part, part of the index, id. */
export const REMOVE_OWNED: RedisScript = {
  name: 'remove what a user owns',
  lua: `${PRELUDE}
local record = key(ARGV[2], ARGV[4])
local user = redis.call('HGET', record, 'user')
if user then redis.call('SREM', key(ARGV[3], user), ARGV[4]) end
return redis.call('DEL', record)
`,
};

/** ARGV: base, part, part of the index, user. Returns a list of id and hash. */
export const LIST_OWNED: RedisScript = {
  name: 'list what a user owns',
  lua: `${PRELUDE}
local owned = {}
for _, id in ipairs(redis.call('SMEMBERS', key(ARGV[3], ARGV[4]))) do
  owned[#owned + 1] = {id, redis.call('HGETALL', key(ARGV[2], id))}
end
return owned
`,
};

/** ARGV: base, part, id, counter. Returns the hash as it is then; nothing when there is none. */
export const SET_COUNTER: RedisScript = {
  name: "set an authenticator's counter",
  lua: `${PRELUDE}
local record = key(ARGV[2], ARGV[3])
if redis.call('EXISTS', record) == 0 then return {} end
redis.call('HSET', record, 'counter', ARGV[4])
return redis.call('HGETALL', record)
`,
};
