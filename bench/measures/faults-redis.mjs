import { setTimeout as delay } from "node:timers/promises";
import { noFailures } from "../lib/goals.mjs";
import { get, until } from "../lib/http.mjs";
import { comparePages } from "../lib/page.mjs";
import { Redis } from "../lib/redis.mjs";
import { platform } from "../lib/servers.mjs";
import { load } from "../lib/wrk/wrk.mjs";

// Far more pages than the memory tier holds, so that most requests need Redis.
const pages = 5000;
const memoryMb = 2;
const frozenSeconds = 3;
// The server looks at its own keys now and then; the load is far more.
const leastLookupsPerSecond = 100;
const limits = { downMs: 3000, upMs: 5000 };

export const faultsRedis = {
  name: "faults-redis",
  says: "Redis killed and frozen under load: no failed answer, down seen within 3 s, up within 5 s (seconds: how long it is away, and back)",
  needs: ["wrk", "redis-server", "platform"],
  defaults: { seconds: 4, rounds: 5 },

  async run({ scratch, seconds, rounds }) {
    const redis = await Redis.create(scratch);
    const server = await platform(scratch, {
      path: "/page/1",
      env: {
        PLATFORM_CACHE__STRATEGY: "hybrid",
        PLATFORM_CACHE__MAX_SIZE_MB: String(memoryMb),
        PLATFORM_REDIS__CONNECTION: `127.0.0.1:${redis.port}`,
      },
    });
    await comparePages([server]);
    if ((await seen(server, true)) === null) throw new Error("platform: /health does not say that Redis is up; expected it before the first fault.");

    // Longer than all faults together; cut short after the last.
    const wrk = load(server.url, { scratch, seconds: 9999, script: "many-pages.lua", args: [pages] });
    wrk.figures.catch(() => {});
    const [down, up, lookups] = [[], [], []];
    const inService = async () => {
      const before = await redis.lookups();
      await delay(seconds * 1000);
      lookups.push((await redis.lookups()) - before);
    };

    await inService();
    for (let round = 0; round < rounds; round++) {
      await redis.kill();
      down.push(await seen(server, false));
      await delay(seconds * 1000);
      await redis.start();
      up.push(await seen(server, true));
      await inService();
    }

    redis.freeze();
    const frozen = seen(server, false, frozenSeconds * 1000);
    await delay(frozenSeconds * 1000);
    redis.thaw();
    const thawed = await seen(server, true);
    await inService();
    wrk.end();
    const figures = await wrk.figures;

    console.log(`  ${figures.requests.toLocaleString("en")} answers in ${figures.seconds.toFixed(0)} s, p99 ${figures.p99.toFixed(1)} ms, longest ${figures.max.toFixed(0)} ms`);
    console.log(`  statuses but 200: ${figures.status}; socket errors: ${figures.sockets}; time-outs: ${figures.timeouts}`);
    console.log(`  Redis look-ups while up, each: ${lookups.join(" ")}`);
    console.log(`  down seen after ms: ${down.map(said).join(" ")}; up seen after ms: ${up.map(said).join(" ")}`);
    console.log(`  frozen for ${frozenSeconds} s: seen after ms: ${said(await frozen)}; up seen after ms: ${said(thawed)}`);
    return [
      noFailures([{ name: "platform", failed: figures.failed, wrongRounds: figures.requests > 0 ? 0 : 1 }]),
      within("/health says that Redis is down", down, limits.downMs),
      within("/health says that Redis is up again", [...up, thawed], limits.upMs),
      asked(lookups, seconds),
    ];
  },
};

/** Milliseconds until /health says so, or null when the time is over. */
function seen(server, isUp, within = 2 * limits.upMs) {
  return until(`${server.origin}/health`, (answer) => redisIsUp(answer) === isUp, { every: 50, within, server: server.child });
}

function redisIsUp({ body }) {
  const state = JSON.parse(body).redis?.state;
  if (state !== "up" && state !== "down") throw new Error(`platform: /health says redis.state '${state}'; expected up or down.`);
  return state === "up";
}

function within(text, times, limit) {
  const late = times.filter((ms) => ms === null || ms > limit);
  return { text: `${text} within ${limit / 1000} s`, found: late.length ? `late ${late.length} times of ${times.length}` : "always", holds: late.length === 0 };
}

function asked(lookups, seconds) {
  const least = Math.min(...lookups) / seconds;
  return { text: `Redis looks up at least ${leastLookupsPerSecond} keys a second whenever it is up`, found: least.toFixed(0), holds: least >= leastLookupsPerSecond };
}

const said = (ms) => (ms === null ? "never" : ms.toFixed(0));
