import { noFailures, ratioGoal } from "../lib/goals.mjs";
import { get } from "../lib/http.mjs";
import { comparePages } from "../lib/page.mjs";
import { bareKestrel, bareKestrelInline, nginx } from "../lib/peers.mjs";
import { interleave, print } from "../lib/rounds.mjs";
import { platformLogged, platformSilent } from "../lib/servers.mjs";

export const notmodified = {
  name: "notmodified",
  says: "304 for a page the visitor has: 1.3 of bare Kestrel, with access log",
  needs: ["wrk", "nginx", "platform", "kestrel"],
  defaults: { seconds: 3, rounds: 11, warmup: 3 },

  async run({ scratch, seconds, rounds, warmup }) {
    const servers = [];
    for (const start of [platformLogged, platformSilent, bareKestrel, bareKestrelInline, nginx]) servers.push(await start(scratch));
    await comparePages(servers);
    for (const server of servers) Object.assign(server, await notModified(server));
    const results = await interleave(servers, {
      scratch, seconds, rounds, warmup,
      headers: (server) => ({ "If-None-Match": server.etag }),
      // One whole page among a hundred answers would show.
      right: (server, bytes) => bytes < server.headBytes + server.pageBytes / 100,
    });
    print(results, "bare Kestrel");
    return [ratioGoal(results, "bare Kestrel", 1.3), noFailures(results)];
  },
};

async function notModified(server) {
  const { etag } = (await get(server.url)).headers;
  if (!etag) throw new Error(`${server.name}: no ETag found on ${server.url}; expected one.`);
  const { status, body, headBytes } = await get(server.url, { "If-None-Match": etag });
  if (status !== 304 || body.length > 0) throw new Error(`${server.name}: ${status} with ${body.length} bytes found for If-None-Match: ${etag}; expected 304 without body.`);
  return { etag, headBytes };
}
