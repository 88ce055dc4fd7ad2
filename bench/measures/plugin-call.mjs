import { once } from "node:events";
import { join } from "node:path";
import { ratioGoal, noFailures } from "../lib/goals.mjs";
import { comparePages } from "../lib/page.mjs";
import { core, processes } from "../lib/processes.mjs";
import { interleave, print } from "../lib/rounds.mjs";
import { bench } from "../lib/scratch.mjs";
import { platform } from "../lib/servers.mjs";

const addsUs = 5;
const least = 0.5;

export const pluginCall = {
  name: "plugin-call",
  says: `a plugin's call adds at most ${addsUs} µs in the server's process; with the plugin in one of its own, pages made anew keep ${least} of their rate`,
  needs: ["wrk", "platform", "isolation"],
  defaults: { seconds: 10, rounds: 3, warmup: 3 },

  async run({ scratch, seconds, rounds, warmup }) {
    const { BareUs, BoundedUs } = await ask(["call", seconds * 100, 9], scratch);
    console.log(`  a call in the server's process: ${BoundedUs.toFixed(2)} µs; the same code called without the boundary: ${BareUs.toFixed(2)} µs`);

    const goals = [{ text: `a call adds at most ${addsUs} µs`, found: `${(BoundedUs - BareUs).toFixed(2)} µs`, holds: BoundedUs - BareUs <= addsUs }];
    for (const [path, says] of Object.entries({ "/uncached": "the same data in each call", "/changing": "other data in each call" })) {
      const shared = { ...(await platform(scratch, { path })), name: "in the server's process" };
      const own = { ...(await platform(scratch, { path, env: { PLATFORM_PLUGINS__ISOLATION: "process" } })), name: "platform" };
      await comparePages([shared, own]);
      const results = await interleave([shared, own], { scratch, seconds, rounds, warmup, right: (server, bytes) => bytes >= server.pageBytes });
      console.log(`  ${says}`);
      print(results, shared.name);
      // Data that are others in each call cost their writing and reading too: said, and no goal.
      if (path === "/uncached") goals.push(ratioGoal(results, shared.name, least));
      goals.push(noFailures(results));
      await Promise.all([shared, own].map((server) => server.child.stop()));
    }

    return goals;
  },
};

async function ask(args, scratch) {
  const child = processes.start("isolation", join(bench, "isolation", "bin", "Release", "net10.0", "isolation"), args.map(String), { scratch, on: core.server, isPiped: true });
  let printed = "";
  child.process.stdout.setEncoding("utf8").on("data", (part) => { printed += part; });
  await Promise.all([child.ended, once(child.process.stdout, "close")]);
  if (child.exited !== "ended with 0") throw new Error(`isolation ${args[0]} ${child.exited}.\n${printed}`);
  return JSON.parse(printed);
}
