import type { RedisScript } from '@tbi/redis';
import { END_SESSIONS, KEEP_USER, PRELUDE } from './shared.ts';

/*
 * A user is a hash: mail (id of the address) and, for each property, `f:<name>` (sealed on its own, so that concurrent
 * updates of different properties keep both). An address is a string: its user.
 */

const CLAIM_MAIL = `
local function isTaken(mail, user)
  local owner = redis.call('GET', key('m', mail))
  return owner and owner ~= user and redis.call('EXISTS', key('u', owner)) == 1
end
`;

/** ARGV: base, user, id of the address ('': none), how long to keep the user (ms), then names and values of fields. */
export const CREATE_USER: RedisScript = {
  name: 'create a user',
  lua: `${PRELUDE}${CLAIM_MAIL}
local user, mail, idleMs = ARGV[2], ARGV[3], ARGV[4]
if redis.call('EXISTS', key('u', user)) == 1 then return 'exists' end
if mail ~= '' and isTaken(mail, user) then return 'email-taken' end
for i = 5, #ARGV, 2 do redis.call('HSET', key('u', user), ARGV[i], ARGV[i + 1]) end
redis.call('PEXPIRE', key('u', user), idleMs)
if mail ~= '' then
  redis.call('HSET', key('u', user), 'mail', mail)
  redis.call('SET', key('m', mail), user, 'PX', idleMs)
end
return 'created'
`,
};

/**
 * ARGV: base, how the user is named (`u` by their id, `m` by an address, `a` by an account), that id.
 * Returns nothing, or user, epoch of their sessions, fields.
 */
export const READ_USER: RedisScript = {
  name: 'read a user',
  lua: `${PRELUDE}
local by, user = ARGV[2], ARGV[3]
if by == 'm' then user = redis.call('GET', key('m', user)) end
if by == 'a' then user = redis.call('HGET', key('a', user), 'user') end
if not user then return {} end
local fields = redis.call('HGETALL', key('u', user))
if #fields == 0 then return {} end
return {user, epochOf(user), fields}
`,
};

/**
 * ARGV: base, user, id of the new address ('': none any more, '=': as it is), how long to keep the user (ms), then names
 * and values of fields. Returns the outcome, then epoch and all fields.
 */
export const UPDATE_USER: RedisScript = {
  name: 'update a user',
  lua: `${PRELUDE}${KEEP_USER}${CLAIM_MAIL}
local user, mail, idleMs = ARGV[2], ARGV[3], tonumber(ARGV[4])
local record = key('u', user)
if redis.call('EXISTS', record) == 0 then return {'no-user'} end
local before = redis.call('HGET', record, 'mail')
if mail ~= '=' and mail ~= before then
  if mail ~= '' and isTaken(mail, user) then return {'email-taken'} end
  if before then redis.call('DEL', key('m', before)) end
  redis.call('HDEL', record, 'mail')
  if mail ~= '' then
    redis.call('HSET', record, 'mail', mail)
    redis.call('SET', key('m', mail), user, 'PX', idleMs)
  end
end
for i = 5, #ARGV, 2 do redis.call('HSET', record, ARGV[i], ARGV[i + 1]) end
keepUser(user, idleMs)
return {'updated', epochOf(user), redis.call('HGETALL', record)}
`,
};

/**
 * Everything that belongs to a user. ARGV: base, user, a new epoch, how long to keep it (ms), id of the user's address
 * where users are not kept here ('': as the user says). Returns the fields that the user had.
 */
export const DELETE_USER: RedisScript = {
  name: 'delete a user',
  lua: `${PRELUDE}${END_SESSIONS}
local user = ARGV[2]
local fields = redis.call('HGETALL', key('u', user))
local ownMail = redis.call('HGET', key('u', user), 'mail')
if ownMail then redis.call('DEL', key('m', ownMail)) end
for _, mail in ipairs({ ownMail or '', ARGV[5] }) do
  for _, id in ipairs(redis.call('ZRANGE', key('k', mail), 0, -1)) do redis.call('DEL', key('t', id)) end
  redis.call('DEL', key('k', mail))
end
for index, part in pairs({ l = 'a', x = 'w' }) do
  for _, id in ipairs(redis.call('SMEMBERS', key(index, user))) do redis.call('DEL', key(part, id)) end
  redis.call('DEL', key(index, user))
end
redis.call('DEL', key('u', user))
endSessions(user, ARGV[3], '', ARGV[4])
return fields
`,
};
