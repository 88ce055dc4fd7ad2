-- Asks for /page/1 … /page/N at random; every answer but 200 counts as failed. wrk … -- N
dofile("report.lua")

local threads = {}

function setup(thread) table.insert(threads, thread) end

function init(args)
  pages, others = tonumber(args[1]), 0
  math.randomseed(42)
end

function request() return wrk.format("GET", "/page/" .. math.random(pages)) end

-- 400 and above is counted by wrk itself.
function response(status)
  if status ~= 200 and status < 400 then others = others + 1 end
end

function unexpected()
  local sum = 0
  for _, thread in ipairs(threads) do sum = sum + thread:get("others") end
  return sum
end
