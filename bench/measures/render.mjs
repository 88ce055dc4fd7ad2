import { noFailures, ratioGoal } from "../lib/goals.mjs";
import { get } from "../lib/http.mjs";
import { comparePages } from "../lib/page.mjs";
import { interleave, print } from "../lib/rounds.mjs";
import { fastify, platform } from "../lib/servers.mjs";

export const render = {
  name: "render",
  says: "a page rendered from a plugin's data each time: at least 2.0 times fastify with Handlebars.js",
  needs: ["wrk", "platform", "fastify"],
  defaults: { seconds: 10, rounds: 3, warmup: 3 },

  async run({ scratch, seconds, rounds, warmup }) {
    const servers = [];
    for (const start of [platform, fastify]) servers.push(await start(scratch, { path: "/uncached" }));
    await comparePages(servers);
    await mustNotBeHit(servers[0]);
    const results = await interleave(servers, { scratch, seconds, rounds, warmup, right: (server, bytes) => bytes >= server.pageBytes });
    print(results, "fastify");
    return [ratioGoal(results, "fastify", 2.0), noFailures(results)];
  },
};

async function mustNotBeHit(server) {
  const outcome = (await get(server.url)).headers["cache-status"];
  if (/; *hit/.test(outcome ?? "")) throw new Error(`${server.name}: Cache-Status '${outcome}' found; expected a page rendered anew.`);
}
