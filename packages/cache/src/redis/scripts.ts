import type { RedisScript } from './connection.ts';

/**
 * The only writer of `meta` and `log`.
 * KEYS: meta, log, head, nothing. ARGV: mode, ms (`stale`: until it expires; `begin`, `renew`: the lease), a random
 * epoch to use if there is none, most tag states, most records, least age of trimmed records in ms, the writer's token,
 * then the tags. Modes that append a record: `expire`, `stale`, `begin`, `commit`, `abort`, `reap`. `ensure` only makes
 * sure that there are an epoch and its head key, `epoch` starts a new one, `renew` prolongs a mark.
 * Returns epoch, previous id, id (the previous one when nothing was appended), floor, then in mode `stale` the state of
 * each tag; in modes `renew` and `reap` the deadline of the mark as it stands ('0': there is none any more), and after
 * that the tags that were reaped.
 */
export const APPEND: RedisScript = {
  name: 'append',
  lua: `
local meta, log, headKey = KEYS[1], KEYS[2], KEYS[3]
local mode, ms, newEpoch = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local maxStates, maxRecords, minAgeMs = tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6])
local token, tags = ARGV[7], {unpack(ARGV, 8)}
redis.call('DEL', KEYS[4])
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local function text(number) return string.format('%.0f', number) end
local function parse(id)
  local ms, seq = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end
local function isLater(a, b)
  local aMs, aSeq = parse(a)
  local bMs, bSeq = parse(b)
  if aMs ~= bMs then return aMs > bMs end
  return aSeq > bSeq
end

local epoch = redis.call('HGET', meta, 'epoch')
if not epoch or mode == 'epoch' then
  redis.call('DEL', meta, log)
  epoch = newEpoch
  redis.call('HSET', meta, 'epoch', epoch, 'head', '0-0', 'floor', '0-0')
end
local previous = redis.call('HGET', meta, 'head')
local floor = redis.call('HGET', meta, 'floor')
if mode == 'ensure' or mode == 'epoch' then
  redis.call('SET', headKey, epoch .. '|' .. previous)
  return {epoch, previous, previous, floor}
end

-- A mark is 'position|deadline|tags as JSON'.
local markField = 'w:' .. token
local markPos, markDeadline, markTags = string.match(redis.call('HGET', meta, markField) or '', '^([^|]+)|([^|]+)|(.*)$')
if mode == 'renew' then
  local deadline = markPos and text(nowMs + ms) or '0'
  if markPos then redis.call('HSET', meta, markField, markPos .. '|' .. deadline .. '|' .. markTags) end
  return {epoch, previous, previous, floor, deadline}
end
if mode == 'reap' then
  if not markPos or tonumber(markDeadline) > nowMs then
    return {epoch, previous, previous, floor, markDeadline or '0'}
  end
  tags = cjson.decode(markTags)
end

local headMs, headSeq = parse(previous)
local id = text(nowMs) .. '-0'
if nowMs <= headMs then id = text(headMs) .. '-' .. text(headSeq + 1) end

local states = {}
local function staleState(tag)
  local known = redis.call('HGET', meta, 't:' .. tag)
  local expirePos, deadlineMs = '0-0', nowMs + ms
  if known then
    local knownExpire, knownStale, knownDeadline = string.match(known, '^([^|]+)|([^|]+)|([^|]+)$')
    expirePos = knownExpire
    if isLater(knownStale, knownExpire) then
      if tonumber(knownDeadline) <= nowMs then expirePos = knownStale
      else deadlineMs = math.min(deadlineMs, tonumber(knownDeadline)) end
    end
  end
  return expirePos .. '|' .. id .. '|' .. text(deadlineMs)
end
local record = {'p', previous, 'm', mode}
local function say(field, value)
  record[#record + 1] = field
  record[#record + 1] = value
end
if mode == 'begin' then
  local deadline = text(nowMs + ms)
  redis.call('HSET', meta, markField, id .. '|' .. deadline .. '|' .. cjson.encode(tags))
  say('w', token)
  say('d', deadline)
elseif mode == 'commit' or mode == 'abort' or mode == 'reap' then
  redis.call('HDEL', meta, markField)
  say('w', token)
end
local changes = mode ~= 'begin' and mode ~= 'abort'
for _, tag in ipairs(tags) do
  local state = id .. '|0-0|0'
  say('t', tag)
  if mode == 'stale' then
    state = staleState(tag)
    states[#states + 1] = state
    say('s', state)
  end
  if changes then redis.call('HSET', meta, 't:' .. tag, state) end
end

if redis.call('HLEN', meta) - 3 > maxStates then
  local all, latest, times = redis.call('HGETALL', meta), {}, {}
  for i = 1, #all, 2 do
    if string.sub(all[i], 1, 2) == 't:' then
      local expirePos, stalePos = string.match(all[i + 1], '^([^|]+)|([^|]+)|')
      local last = isLater(stalePos, expirePos) and stalePos or expirePos
      latest[all[i]] = last
      times[#times + 1] = (parse(last))
    end
  end
  table.sort(times)
  local medianMs, dropped = times[math.ceil(#times / 2)], {}
  local function drop()
    if #dropped > 0 then redis.call('HDEL', meta, unpack(dropped)) end
    dropped = {}
  end
  for field, last in pairs(latest) do
    if parse(last) <= medianMs then
      if isLater(last, floor) then floor = last end
      dropped[#dropped + 1] = field
      if #dropped == 1000 then drop() end
    end
  end
  drop()
  say('f', floor)
end

local added = redis.pcall('XADD', log, 'MAXLEN', '~', maxRecords, id, unpack(record))
if type(added) == 'table' and added.err then
  redis.call('DEL', log)
  redis.call('XADD', log, id, unpack(record))
end
redis.call('XTRIM', log, 'MINID', '~', text(nowMs - minAgeMs) .. '-0')
redis.call('HSET', meta, 'head', id, 'floor', floor)
redis.call('SET', headKey, epoch .. '|' .. id)
if mode == 'reap' then states = {'0', unpack(tags)} end
return {epoch, previous, id, floor, unpack(states)}
`,
};

/**
 * What the server says of itself and of the log, in one atomic look. KEYS: meta.
 * Returns epoch (or nil), head, floor, run id, seconds, microseconds.
 */
export const PROBE: RedisScript = {
  name: 'probe',
  lua: `
local fields = redis.call('HMGET', KEYS[1], 'epoch', 'head', 'floor')
local time = redis.call('TIME')
local runId = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
return {fields[1] or '', fields[2] or '0-0', fields[3] or '0-0', runId or '', time[1], time[2]}
`,
};

/**
 * Stores a frame unless a later one of the same epoch is there: a SET that times out and runs late is harmless.
 * KEYS: entry. ARGV: frame, ttl in ms, '1' to store only where nothing of this epoch is.
 * Returns nil when refused, otherwise the header of what was replaced ('' for nothing of this epoch).
 * Positions and times are compared byte by byte: Lua's own string order depends on the server's locale.
 */
export const STORE: RedisScript = {
  name: 'store',
  lua: `
local old, new = redis.call('GETRANGE', KEYS[1], 0, 67), ARGV[1]
local comparable = #old == 68 and string.sub(old, 1, 20) == string.sub(new, 1, 20)
if comparable then
  if ARGV[3] == '1' then return false end
  for i = 21, 44 do
    local a, b = string.byte(old, i), string.byte(new, i)
    if a > b then return false end
    if a < b then break end
  end
end
redis.call('SET', KEYS[1], new, 'PX', ARGV[2])
return comparable and old or ''
`,
};

/** Deletes a lease that is still its holder's. KEYS: lease. ARGV: token. */
export const RELEASE: RedisScript = {
  name: 'release',
  lua: `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`,
};
