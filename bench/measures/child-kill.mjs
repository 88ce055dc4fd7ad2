import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { get, until } from "../lib/http.mjs";
import { Paced } from "../lib/paced.mjs";
import { galleryPlugin, PluginSite } from "../lib/plugin-site.mjs";

const limitMs = 300;
const perSecond = 500;
/** A server compiles what is hot in its first seconds, on the core that the plugin's process needs. */
const settleMs = 10_000;

export const childKill = {
  name: "child-kill",
  says: `kill -9 of a plugin's process under load: its pages are whole again within ${limitMs} ms each time, stored pages don't notice`,
  needs: ["platform", "gallery"],
  defaults: { count: 200 },

  async run({ scratch, count }) {
    const site = new PluginSite(scratch, {
      plugins: "timeout_ms: 2000\ncrashes_until_quarantine: 1000000\neach:\n  swap: { isolation: process }",
      paths: ["well"],
      keys: ["swap"],
    });
    site.write("plugins/swap.dll", galleryPlugin("swap-plain"));
    const server = await site.start("/well");
    const whole = (answer) => answer.status === 200 && /<p id="swap">[^<]+</.test(String(answer.body));
    if ((await until(server.url, whole, { server: server.child })) === null) throw new Error("the page does not show what the plugin gives; expected it before the first kill.");
    const stored = `${server.origin}/`;
    await get(stored);
    const outcome = (await get(stored)).headers["cache-status"];
    if (!/; *hit/.test(outcome ?? "")) throw new Error(`${stored}: Cache-Status '${outcome}' found; expected a hit.`);

    // Stored pages beside it, all the while.
    const others = new Paced(server.origin, { perSecond, paths: ["/"] });
    await delay(settleMs);
    const times = [];
    for (let kill = 0; kill < count; kill++) {
      const [child] = childrenOf(server.child.pid);
      if (!child) throw new Error(`no process of the plugin is there after ${kill} kills.`);
      const from = performance.now();
      process.kill(child, "SIGKILL");
      await until(server.url, whole, { every: 1, server: server.child });
      times.push(performance.now() - from);
      await delay(50);
    }

    const figures = others.take();
    await others.stop();
    times.sort((a, b) => a - b);
    const late = times.filter((ms) => ms > limitMs);
    console.log(`  ${count} kills; whole again after ms: median ${times[count >> 1].toFixed(0)}, p90 ${times[Math.floor(count * 0.9)].toFixed(0)}, longest ${times.at(-1).toFixed(0)}`);
    console.log(`  stored pages: ${figures.requests} answers at ${perSecond}/s, p99 ${figures.p99.toFixed(1)} ms, longest ${figures.max.toFixed(0)} ms, ${others.failed} failed`);
    return [
      { text: `whole again within ${limitMs} ms`, found: late.length ? `late ${late.length} times of ${count}` : "always", holds: late.length === 0 },
      { text: "no failed answer of stored pages", found: String(others.failed), holds: others.failed === 0 && figures.requests > 0 },
    ];
  },
};

/** The children of a process that have plugins and run: not the one that is kept ready; one that has ended stays in the system's table for a moment. */
function childrenOf(pid) {
  const all = readdirSync(`/proc/${pid}/task`).flatMap((task) => readOrEmpty(`/proc/${pid}/task/${task}/children`).trim().split(/\s+/).filter(Boolean).map(Number));
  return all.filter((child) => /^\d+ \(plugin:.*\) [^ZX] /.test(readOrEmpty(`/proc/${child}/stat`)));
}

/** Threads and processes may end while they are looked at. */
function readOrEmpty(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
