-- Each connection is somebody who waits for the answer and asks again just under a second later, no two in step: as many connections,
-- so many requests a second. It takes next to nothing of the core that another load needs.
dofile("report.lua")

function delay()
  return math.random(450, 1450)
end
