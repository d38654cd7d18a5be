import type { RedisScript } from '@tbi/redis';
import { END_SESSIONS, KEEP_USER, PRELUDE } from './shared.ts';

/*
 * A session is a hash: user (hash of the id), epoch, created, seen, refreshed, expires, absolute (ms), data (sealed).
 * A user's index is a sorted set of session ids, scored by when they expire: the lowest was refreshed longest ago.
 */

/**
 * ARGV: base, id, user, expected epoch ('': whichever it is), ttl, absolute (ms), data, most sessions, how long to
 * keep the epoch (ms), the session presented ('': none), how long to keep the user (ms; 0: users are not kept here).
 * Returns the outcome, and when it expires.
 */
export const CREATE_SESSION: RedisScript = {
  name: 'create a session',
  lua: `${PRELUDE}${KEEP_USER}
local id, user, expected = ARGV[2], ARGV[3], ARGV[4]
local absolute, most, keepMs = now + ARGV[6], tonumber(ARGV[8]), tonumber(ARGV[9])
local session, index, idleMs = key('s', id), key('i', user), tonumber(ARGV[11])
local epoch = epochOf(user)
if idleMs > 0 and redis.call('EXISTS', key('u', user)) == 0 then return {'no-user'} end
if expected ~= '' and expected ~= epoch then return {'revoked'} end
if redis.call('EXISTS', session) == 1 then return {'reused'} end
local expires = math.min(now + ARGV[5], absolute)
redis.call('HSET', session, 'user', user, 'epoch', epoch, 'created', text(now), 'seen', text(now),
  'refreshed', text(now), 'expires', text(expires), 'absolute', text(absolute), 'data', ARGV[7])
redis.call('PEXPIREAT', session, text(expires))
if ARGV[10] ~= '' then
  local owner = redis.call('HGET', key('s', ARGV[10]), 'user')
  if owner then
    redis.call('DEL', key('s', ARGV[10]))
    redis.call('ZREM', key('i', owner), ARGV[10])
  end
end
redis.call('ZREMRANGEBYSCORE', index, '-inf', text(now))
for _ = most, redis.call('ZCARD', index) do
  redis.call('DEL', key('s', redis.call('ZPOPMIN', index)[1]))
end
redis.call('ZADD', index, text(expires), id)
redis.call('PEXPIRE', index, keepMs)
redis.call('PEXPIRE', key('e', user), keepMs)
if idleMs > 0 then keepUser(user, idleMs) end
return {'created', text(expires)}
`,
};

/**
 * ARGV: base, id, how exact "last seen" is (ms), '1': with the user's own hash. One that was revoked is none.
 * Returns nothing, or user, created, seen, refreshed, expires, absolute, data, now, the user's fields.
 */
export const READ_SESSION: RedisScript = {
  name: 'read a session',
  lua: `${PRELUDE}
local session = key('s', ARGV[2])
local found = redis.call('HMGET', session, 'user', 'epoch', 'created', 'seen', 'refreshed', 'expires', 'absolute', 'data')
local user, epoch, created, seen, refreshed, expires, absolute, data = unpack(found)
if not user or epoch ~= epochOf(user) or tonumber(expires) <= now then return {} end
if now - seen >= tonumber(ARGV[3]) then
  -- A Redis that is out of memory still tells who is signed in.
  redis.pcall('HSET', session, 'seen', text(now))
end
local fields = {}
if ARGV[4] == '1' then fields = redis.call('HGETALL', key('u', user)) end
return {user, created, seen, refreshed, expires, absolute, data, text(now), fields}
`,
};

/**
 * ARGV: base, id, ttl, least age of the last refresh, how long to keep the epoch, how long to keep the user (ms; 0: not
 * kept here). Returns nothing when there is no such session any more, or when it expires now, and 1 if that is new.
 */
export const REFRESH_SESSION: RedisScript = {
  name: 'refresh a session',
  lua: `${PRELUDE}${KEEP_USER}
local session = key('s', ARGV[2])
local user, epoch, refreshed, expires, absolute =
  unpack(redis.call('HMGET', session, 'user', 'epoch', 'refreshed', 'expires', 'absolute'))
if not user or epoch ~= epochOf(user) or tonumber(expires) <= now then return {} end
if now - refreshed < tonumber(ARGV[4]) then return {expires, 0} end
local later = math.max(tonumber(expires), math.min(now + ARGV[3], tonumber(absolute)))
redis.call('HSET', session, 'expires', text(later), 'refreshed', text(now), 'seen', text(now))
redis.call('PEXPIREAT', session, text(later))
redis.call('ZADD', key('i', user), 'XX', text(later), ARGV[2])
keepAtLeast(key('i', user), tonumber(ARGV[5]))
redis.call('PEXPIRE', key('e', user), ARGV[5])
if tonumber(ARGV[6]) > 0 then keepUser(user, tonumber(ARGV[6])) end
return {text(later), 1}
`,
};

/** ARGV: base, id, user ('': whoever's). Returns nothing, or expires and data of the session that it ended. */
export const END_SESSION: RedisScript = {
  name: 'end a session',
  lua: `${PRELUDE}
local session = key('s', ARGV[2])
local user, expires, data = unpack(redis.call('HMGET', session, 'user', 'expires', 'data'))
if not user or (ARGV[3] ~= '' and ARGV[3] ~= user) then return {} end
redis.call('DEL', session)
redis.call('ZREM', key('i', user), ARGV[2])
return {expires, data}
`,
};

/** ARGV: base, user, a new epoch, the session to keep ('': none), how long to keep the epoch (ms). Returns how many ended. */
export const END_SESSIONS_OF_USER: RedisScript = {
  name: "end a user's sessions",
  lua: `${PRELUDE}${END_SESSIONS}
return endSessions(ARGV[2], ARGV[3], ARGV[4], ARGV[5])
`,
};

/** ARGV: base, user. Returns a list of id, created, seen, expires, data. */
export const LIST_SESSIONS: RedisScript = {
  name: "list a user's sessions",
  lua: `${PRELUDE}
local user, epoch, sessions = ARGV[2], epochOf(ARGV[2]), {}
for _, id in ipairs(redis.call('ZRANGE', key('i', user), 0, -1)) do
  local of, created, seen, expires, data =
    unpack(redis.call('HMGET', key('s', id), 'epoch', 'created', 'seen', 'expires', 'data'))
  if of == epoch and tonumber(expires) > now then
    sessions[#sessions + 1] = {id, created, seen, expires, data}
  end
end
return sessions
`,
};
