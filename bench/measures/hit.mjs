import { allocatedEach } from "../lib/allocated.mjs";
import { memoryGoal, noFailures, p99Goal, ratioGoal } from "../lib/goals.mjs";
import { get } from "../lib/http.mjs";
import { comparePages } from "../lib/page.mjs";
import { bareKestrel, bareKestrelInline, fastify, nginx, nginxCache, outputCaching, varnish } from "../lib/peers.mjs";
import { interleave, print } from "../lib/rounds.mjs";
import { platformLogged, platformSilent } from "../lib/servers.mjs";

const mostAllocated = 200;

export const hit = {
  name: "hit",
  says: "a cached page, with access log: 1.3 of bare Kestrel, 0.9 of nginx, 1.6 of ASP.NET output caching, 1.3 of Varnish; 200 bytes allocated",
  needs: ["wrk", "nginx", "varnishd", "platform", "kestrel", "fastify"],
  defaults: { seconds: 3, rounds: 11, warmup: 3 },

  async run({ scratch, seconds, rounds, warmup }) {
    const servers = [];
    for (const start of [platformLogged, platformSilent, bareKestrel, bareKestrelInline, nginx, outputCaching, fastify]) servers.push(await start(scratch));
    const origin = servers.at(-1);
    servers.push(await nginxCache(scratch, origin, { valid: "1h" }), await varnish(scratch, origin, { valid: 3600 }));
    await comparePages(servers);
    for (const server of servers.slice(0, 2)) await mustBeHit(server);
    const results = await interleave(servers, { scratch, seconds, rounds, warmup, right: (server, bytes) => bytes >= server.pageBytes });
    print(results, "bare Kestrel");
    return [
      ratioGoal(results, "bare Kestrel", 1.3),
      ratioGoal(results, "nginx", 0.9),
      ratioGoal(results, "ASP.NET output caching", 1.6),
      ratioGoal(results, "Varnish, fastify", 1.3),
      ratioGoal(results, "platform, no access log", 0.95),
      p99Goal(results, "bare Kestrel", 1.5),
      await allocationGoal(servers, { scratch, seconds }),
      memoryGoal(results, 120),
      noFailures(results),
    ];
  },
};

async function allocationGoal([ours, silent, bare], how) {
  const each = [];
  for (const server of [ours, silent, bare]) each.push(await allocatedEach(server, how));
  console.log(`  allocated each: platform ${each[0].toFixed(0)} bytes, without access log ${each[1].toFixed(0)}, bare Kestrel ${each[2].toFixed(0)}`);
  const beyond = each[0] - each[2];
  return { text: `platform allocates at most ${mostAllocated} bytes a hit beyond bare Kestrel's`, found: beyond.toFixed(0), holds: beyond <= mostAllocated };
}

async function mustBeHit(server) {
  const outcome = (await get(server.url)).headers["cache-status"];
  if (!/; *hit/.test(outcome ?? "")) throw new Error(`${server.name}: Cache-Status '${outcome ?? ""}' found; expected a hit at the second request.`);
}
