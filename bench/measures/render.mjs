import { noFailures, ratioGoal } from "../lib/goals.mjs";
import { get } from "../lib/http.mjs";
import { comparePages } from "../lib/page.mjs";
import { fastify, razor } from "../lib/peers.mjs";
import { interleave, interleaveFresh, print } from "../lib/rounds.mjs";
import { platform } from "../lib/servers.mjs";

/** How long a server that was started anew is loaded, after its warm-up. */
const secondsFresh = 15;

export const render = {
  name: "render",
  says: "a page rendered from a plugin's data each time: settled, 2.5 times fastify with Handlebars.js; loaded from its start on, 4.0 times a Razor page",
  needs: ["wrk", "platform", "fastify", "razor"],
  defaults: { seconds: 3, rounds: 15, warmup: 3, starts: 5 },

  async run({ scratch, seconds, rounds, warmup, starts }) {
    const servers = [];
    for (const start of [platform, fastify, razor]) servers.push(await start(scratch, { path: "/uncached" }));
    await comparePages(servers);
    await mustNotBeHit(servers[0]);
    const right = (server, bytes) => bytes >= server.pageBytes;
    const settled = await interleave(servers, { scratch, seconds, rounds, warmup, right });
    print(settled, "fastify");
    for (const { child } of servers) await child.stop();
    console.log("  started anew for each round, and loaded from then on:");
    const fresh = await interleaveFresh([platform, razor], { scratch, path: "/uncached", seconds: secondsFresh, rounds: starts, warmup, right });
    print(fresh, "Razor page");
    return [ratioGoal(settled, "fastify", 2.5), ratioGoal(fresh, "Razor page", 4.0), noFailures([...settled, ...fresh])];
  },
};

async function mustNotBeHit(server) {
  const outcome = (await get(server.url)).headers["cache-status"];
  if (/; *hit/.test(outcome ?? "")) throw new Error(`${server.name}: Cache-Status '${outcome}' found; expected a page rendered anew.`);
}
