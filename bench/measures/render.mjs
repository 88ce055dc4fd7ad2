import { noFailures, ratioGoal } from "../lib/goals.mjs";
import { get } from "../lib/http.mjs";
import { comparePages } from "../lib/page.mjs";
import { fastify, razor } from "../lib/peers.mjs";
import { interleave, print } from "../lib/rounds.mjs";
import { platform } from "../lib/servers.mjs";

export const render = {
  name: "render",
  says: "a page rendered from a plugin's data each time: 2.5 times fastify with Handlebars.js, 4.0 times a Razor page",
  needs: ["wrk", "platform", "fastify", "razor"],
  defaults: { seconds: 10, rounds: 3, warmup: 3 },

  async run({ scratch, seconds, rounds, warmup }) {
    const servers = [];
    for (const start of [platform, fastify, razor]) servers.push(await start(scratch, { path: "/uncached" }));
    await comparePages(servers);
    await mustNotBeHit(servers[0]);
    const results = await interleave(servers, { scratch, seconds, rounds, warmup, right: (server, bytes) => bytes >= server.pageBytes });
    print(results, "fastify");
    return [ratioGoal(results, "fastify", 2.5), ratioGoal(results, "Razor page", 4.0), noFailures(results)];
  },
};

async function mustNotBeHit(server) {
  const outcome = (await get(server.url)).headers["cache-status"];
  if (/; *hit/.test(outcome ?? "")) throw new Error(`${server.name}: Cache-Status '${outcome}' found; expected a page rendered anew.`);
}
