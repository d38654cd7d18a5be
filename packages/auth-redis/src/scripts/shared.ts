/**
 * What several scripts begin with. `base` begins every key, so that a script reaches keys whose names it learns from
 * others: all have one hash tag, hence one slot. Times are Redis's own, in ms.
 */
export const PRELUDE = `
local base = ARGV[1]
local function key(part, id) return base .. part .. ':' .. id end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function text(number) return string.format('%.0f', number) end
local function epochOf(user) return redis.call('GET', key('e', user)) or '-' end
local function keepAtLeast(name, ms)
  if redis.call('PTTL', name) < ms then redis.call('PEXPIRE', name, ms) end
end
`;

/** Keeps a user and all that belongs to them for another while. */
export const KEEP_USER = `
local function keepUser(user, idleMs)
  if redis.call('PEXPIRE', key('u', user), idleMs) == 0 then return end
  local mail = redis.call('HGET', key('u', user), 'mail')
  if mail then redis.call('PEXPIRE', key('m', mail), idleMs) end
  for index, part in pairs({ l = 'a', x = 'w' }) do
    for _, id in ipairs(redis.call('SMEMBERS', key(index, user))) do redis.call('PEXPIRE', key(part, id), idleMs) end
    redis.call('PEXPIRE', key(index, user), idleMs)
  end
end
`;

/** Ends a user's sessions but one ('': none is kept), and gives them a new epoch. Returns how many ended. */
export const END_SESSIONS = `
local function endSessions(user, newEpoch, kept, keepMs)
  local index, epoch, ended = key('i', user), epochOf(user), 0
  local score
  for _, id in ipairs(redis.call('ZRANGE', index, 0, -1)) do
    local session = key('s', id)
    if id == kept and redis.call('HGET', session, 'epoch') == epoch then
      score = redis.call('ZSCORE', index, id)
      redis.call('HSET', session, 'epoch', newEpoch)
    else
      ended = ended + redis.call('DEL', session)
    end
  end
  redis.call('DEL', index)
  redis.call('SET', key('e', user), newEpoch, 'PX', keepMs)
  if score then
    redis.call('ZADD', index, score, kept)
    redis.call('PEXPIRE', index, keepMs)
  end
  return ended
end
`;
