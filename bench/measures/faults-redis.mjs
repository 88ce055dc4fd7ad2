import { setTimeout as delay } from "node:timers/promises";
import { FaultProxy } from "../lib/fault-proxy.mjs";
import { until } from "../lib/http.mjs";
import { comparePages, reference } from "../lib/page.mjs";
import { Paced } from "../lib/paced.mjs";
import { median } from "../lib/rounds.mjs";
import { Redis } from "../lib/redis.mjs";
import { redisFaults } from "../lib/redis-faults.mjs";
import { platform } from "../lib/servers.mjs";

// Far more pages than the memory tier holds, so that most requests need Redis.
const pages = 5000;
const memoryMb = 2;
const perSecond = 400;
const settleMs = 1000;
const limits = { downMs: 3000, upMs: 5000, addedMs: 5, grownMb: 50 };
const expected = reference.toString("latin1");

export const faultsRedis = {
  name: "faults-redis",
  says: `${redisFaults.length} faults of a Redis under load: no failed answer, p99 as before once known, seen within 3 s, over within 5 s (seconds: how long each lasts, and the time before it)`,
  needs: ["redis-server", "platform"],
  defaults: { seconds: 4, rounds: 1 },

  async run({ scratch, seconds, rounds }) {
    const redis = await Redis.create(scratch);
    const proxy = await FaultProxy.create(redis.port);
    let site = await begin(scratch, proxy);
    const found = [];
    console.log(`  ${"".padEnd(33)} ${["p99 before", "at once", "later", "longest", "down after", "up after", "MB more", "failed"].map((text) => text.padStart(11)).join("")}`);
    for (let round = 0; round < rounds; round++) {
      for (const fault of redisFaults) {
        found.push(await suffer(fault, { redis, proxy, ...site, ms: seconds * 1000 }));
        // Where it ended the server, the faults behind it meet another one.
        if (!site.server.child.exited) continue;
        await site.load.stop();
        site = await begin(scratch, proxy);
      }
    }
    await site.load.stop();
    proxy.close();
    return goals(found);
  },
};

/** A server whose pages are in Redis, under load. */
async function begin(scratch, proxy) {
  const server = await platform(scratch, {
    path: "/page/1",
    env: { PLATFORM_CACHE__STRATEGY: "hybrid", PLATFORM_CACHE__MAX_SIZE_MB: String(memoryMb), PLATFORM_REDIS__CONNECTION: `127.0.0.1:${proxy.port}` },
  });
  await comparePages([server]);
  if ((await says(server, "up")) === null) throw new Error("platform: /health does not say that Redis is up; expected it before the first fault.");
  const paths = Array.from({ length: pages }, (_, i) => `/page/${i}`);
  const load = new Paced(server.origin, { perSecond, paths, right: (body) => (body === expected ? null : `${body.length} bytes found; expected the ${expected.length} of the page`) });
  // What is asked first is made, and goes to Redis.
  await delay((pages / perSecond) * 1000);
  return { server, load };
}

async function suffer(fault, { redis, proxy, server, load, ms }) {
  load.take();
  const [failedBefore, memory, asked] = [load.failed, server.child.memory(), await redis.lookups()];
  await delay(ms);
  const before = load.take();
  const lookups = (await redis.lookups()) - asked;
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, server.child.memory())), 100);
  await fault.begin(redis, proxy, ms);
  const down = says(server, "down", ms);
  // The first requests meet it; then it is known.
  await delay(settleMs);
  const first = load.take();
  await delay(Math.max(settleMs, ms - settleMs));
  const later = load.take();
  await fault.end(redis, proxy);
  const [downMs, upMs] = [await down, await says(server, "up")];
  clearInterval(watch);
  const one = { ...fault, before, first, later, downMs, upMs, requests: load.requests, lookups: lookups / (ms / 1000), grown: most - memory, failed: load.failed - failedBefore, ended: server.child.exited };
  const cells = [before.p99.toFixed(1), first.p99.toFixed(1), later.p99.toFixed(1), Math.max(first.max, later.max).toFixed(0), said(downMs), said(upMs), one.grown.toFixed(0), String(one.failed)];
  console.log(`  ${fault.name.padEnd(33)} ${cells.map((text) => text.padStart(11)).join("")}`);
  if (one.ended) console.log(`    the server ${one.ended}`);
  if (one.failed) console.log(`    ${load.failures.splice(0).join("; ")}`);
  return one;
}

function goals(found) {
  const none = (text, are) => ({ text: `no fault ${text}`, found: found.filter(are).map((one) => one.name).join("; ") || "none", holds: !found.some(are) });
  const usual = median(found.map((one) => one.before.p99));
  const least = Math.min(...found.map((one) => one.lookups));
  return [
    none("ends the server", (one) => one.ended),
    none("makes an answer fail or be another", (one) => one.failed > 0 || one.requests === 0),
    none(`adds more than ${limits.addedMs} ms to the p99 once it is known, beyond what Redis itself is late within its time`, (one) => one.later.p99 > Math.max(usual, one.before.p99) + limits.addedMs + (one.lateMs ?? 0)),
    none(`that leaves Redis without answer is seen later than ${limits.downMs / 1000} s`, (one) => one.isAway && (one.downMs === null || one.downMs > limits.downMs)),
    none(`is seen to be over later than ${limits.upMs / 1000} s`, (one) => one.upMs === null || one.upMs > limits.upMs),
    none(`takes more than ${limits.grownMb} MB`, (one) => one.grown > limits.grownMb),
    { text: "Redis was asked before each fault, else nothing was tried", found: `at least ${least.toFixed(0)} keys a second`, holds: least >= perSecond / 4 },
  ];
}

/** Milliseconds until /health says so of Redis, or null. */
function says(server, state, within = 2 * limits.upMs) {
  return until(`${server.origin}/health`, ({ body }) => JSON.parse(body).redis?.state === state, { every: 50, within, server: server.child });
}

const said = (ms) => (ms === null ? "never" : ms.toFixed(0));
