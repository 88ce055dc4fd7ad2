import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { get, until } from "../lib/http.mjs";
import { Paced } from "../lib/paced.mjs";
import { galleryPlugin, PluginSite } from "../lib/plugin-site.mjs";
import { core, processes } from "../lib/processes.mjs";
import { bench } from "../lib/scratch.mjs";

const mostMb = 20;

export const frames = {
  name: "frames",
  says: `mutated frames of a plugin's process: calls fail and nothing else, memory grows less than ${mostMb} MB`,
  needs: ["platform", "gallery", "isolation"],
  defaults: { count: 2_000_000, seed: 1, seconds: 10 },
  most: 1_000_000_000,

  async run({ scratch, count, seed, seconds }) {
    const found = await fuzz(["frames", count, seed], scratch);
    console.log(`  ${found.Received.toLocaleString("en")} frames over ${found.Connections} connections in ${found.Seconds.toFixed(0)} s: ${found.Answered.toLocaleString("en")} answers, ${found.Failed.toLocaleString("en")} failed calls, ${found.Lines.toLocaleString("en")} lines, ${found.Purges.toLocaleString("en")} purges; ${found.GrownMb.toFixed(1)} MB more`);
    return [
      { text: "each connection ends, and all its calls with it", found: `${found.Cuts} of ${found.Connections}`, holds: found.Cuts === found.Connections && found.Received >= count },
      { text: `the connection's memory grows less than ${mostMb} MB`, found: `${found.GrownMb.toFixed(1)} MB`, holds: found.GrownMb < mostMb },
      ...(await serve(scratch, seconds)),
    ];
  },
};

/** A real server with a plugin whose process says whatever comes to its mind. */
async function serve(scratch, seconds) {
  const site = new PluginSite(scratch, { plugins: "timeout_ms: 500\nfailures_until_off: 1000\ncrashes_until_quarantine: 1000000", paths: ["well", "liar"], keys: ["swap"] });
  site.write("plugins/swap.dll", galleryPlugin("swap-plain"));
  site.write("plugins/liar/plugin.yaml", "command: [node, liar.mjs]\n");
  site.write("plugins/liar/liar.mjs", readFileSync(join(bench, "isolation", "liar.mjs")));
  const server = await site.start("/well");
  const whole = (answer) => answer.status === 200 && /<p id="swap">[^<]+</.test(String(answer.body));
  await until(server.url, whole, { server: server.child });
  for (let i = 0; i < 300; i++) await get(server.url);
  const before = own(server.child.pid);
  const others = new Paced(server.origin, { perSecond: 200, connections: 16, paths: ["/well", "/liar"], right: (body) => (/<p id="swap">[^<]+</.test(body) ? null : "without what the other plugin gives") });
  await delay(seconds * 1000);
  await others.stop();
  const grown = own(server.child.pid) - before;
  const crashes = (site.log().match(/its process ended and is started again/g) ?? []).length;
  console.log(`  a server with such a plugin: ${others.requests} pages, ${others.failed} wrong${others.failures.map((one) => `; ${one}`).join("")}; its process was started again ${crashes} times; ${grown.toFixed(0)} MB more`);
  return [
    { text: "the server lives, and its other plugin's pages are right", found: server.child.exited ?? `${others.failed} wrong of ${others.requests}`, holds: !server.child.exited && others.failed === 0 && others.requests > 0 },
    { text: "the plugin was cut off and started again", found: String(crashes), holds: crashes > 0 },
    { text: `the server's memory grows less than ${mostMb} MB`, found: `${grown.toFixed(0)} MB`, holds: grown < mostMb },
  ];
}

const own = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;

async function fuzz(args, scratch) {
  const child = processes.start("isolation", join(bench, "isolation", "bin", "Release", "net10.0", "isolation"), args.map(String), { scratch, on: `${core.server},${core.load}`, isPiped: true });
  let printed = "";
  child.process.stdout.setEncoding("utf8").on("data", (part) => { printed += part; });
  await Promise.all([child.ended, once(child.process.stdout, "close")]);
  if (child.exited !== "ended with 0") throw new Error(`isolation ${args[0]} ${child.exited}.\n${printed}`);
  return JSON.parse(printed);
}
