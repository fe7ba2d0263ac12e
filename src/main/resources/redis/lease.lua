-- Shares a limit among nodes: one call reports what a node spent, renews what it holds, and grants it more.
--
-- KEYS[1]  a hash: 's<slot>' holds what was spent in that slot of time; 'r<node>' what a node holds unspent, as
--          '<amount>:<until, ms>'.
-- ARGV     1 node, 2 quota, 3 window in ms (0: a number of things at once, nothing is ever spent), 4 slots of a window,
--          5 spent since the last call, 6 held and kept, 7 wanted, 8 for how long the node is believed, in ms,
--          9 now in ms (0: this server's clock)
-- Answers  granted, left for all after it, ms until some of what was spent comes back (0: nothing was), nodes that hold some
--
-- A window is covered by its slots and the one that has begun, so that in no window of that length, wherever it begins,
-- more than the quota is granted. Who is not heard of any more is taken to have spent what they held.
if redis.replicate_commands then redis.replicate_commands() end
local node, quota, window, slots = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local spent, held, wanted, believed = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local now = tonumber(ARGV[9])
if now == 0 then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local width = window > 0 and math.max(1, math.floor(window / slots)) or 1
local covering = window > 0 and math.ceil(window / width) or 0
local current = math.floor(now / width)
local slotToSpent, used, nodes = {}, 0, 0
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local name, value = all[i], all[i + 1]
  local kind, rest = string.sub(name, 1, 1), string.sub(name, 2)
  if kind == 's' then
    local slot = tonumber(rest)
    slotToSpent[slot] = (slotToSpent[slot] or 0) + tonumber(value)
  elseif rest ~= node then
    local colon = string.find(value, ':', 1, true)
    local amount, untilMillis = tonumber(string.sub(value, 1, colon - 1)), tonumber(string.sub(value, colon + 1))
    if untilMillis > now then
      used = used + amount
      nodes = nodes + 1
    else
      redis.call('HDEL', KEYS[1], name)
      if window > 0 then
        local slot = math.floor(untilMillis / width)
        slotToSpent[slot] = (slotToSpent[slot] or 0) + amount
        redis.call('HSET', KEYS[1], 's' .. string.format('%d', slot), slotToSpent[slot])
      end
    end
  end
end
if window > 0 and spent > 0 then
  slotToSpent[current] = (slotToSpent[current] or 0) + spent
  redis.call('HSET', KEYS[1], 's' .. string.format('%d', current), slotToSpent[current])
end
local oldest = nil
for slot, amount in pairs(slotToSpent) do
  if slot < current - covering then
    redis.call('HDEL', KEYS[1], 's' .. string.format('%d', slot))
  else
    used = used + amount
    if oldest == nil or slot < oldest then oldest = slot end
  end
end
local free = math.max(0, quota - used - held)
local granted = 0
if wanted > 0 and free > 0 then
  local share = nodes > 0 and math.ceil(free / (2 * (nodes + 1))) or math.ceil(free / 2)
  granted = math.min(wanted, math.max(1, math.min(share, free)))
end
if held + granted > 0 then
  redis.call('HSET', KEYS[1], 'r' .. node, string.format('%d:%d', held + granted, now + believed))
else
  redis.call('HDEL', KEYS[1], 'r' .. node)
end
redis.call('PEXPIRE', KEYS[1], math.floor(window + 2 * width + believed + 1000))
local back = 0
if oldest ~= nil then back = math.max(1, (oldest + covering + 1) * width - now) end
return {granted, free - granted, back, nodes + 1}
