import { memoryGoal, noFailures, ratioGoal } from "../lib/goals.mjs";
import { get } from "../lib/http.mjs";
import { comparePages } from "../lib/page.mjs";
import { interleave, print } from "../lib/rounds.mjs";
import { bareKestrel, bareKestrelInline, fastify, nginx, outputCaching, platform } from "../lib/servers.mjs";

export const hit = {
  name: "hit",
  says: "a cached page: at least 0.8 of bare Kestrel, under 120 MB",
  needs: ["wrk", "nginx", "platform", "kestrel", "fastify"],
  defaults: { seconds: 10, rounds: 3, warmup: 3 },

  async run({ scratch, seconds, rounds, warmup }) {
    const servers = [];
    for (const start of [platform, bareKestrel, bareKestrelInline, nginx, outputCaching, fastify]) servers.push(await start(scratch));
    await comparePages(servers);
    await mustBeHit(servers[0]);
    const results = await interleave(servers, { scratch, seconds, rounds, warmup, right: (server, bytes) => bytes >= server.pageBytes });
    print(results, "bare Kestrel");
    return [ratioGoal(results, "bare Kestrel", 0.8), memoryGoal(results, 120), noFailures(results)];
  },
};

async function mustBeHit(server) {
  const outcome = (await get(server.url)).headers["cache-status"];
  if (!/; *hit/.test(outcome ?? "")) throw new Error(`${server.name}: Cache-Status '${outcome ?? ""}' found; expected a hit at the second request.`);
}
