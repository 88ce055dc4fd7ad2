import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { get } from "../lib/http.mjs";
import { Paced } from "../lib/paced.mjs";
import { galleryPlugin, PluginSite } from "../lib/plugin-site.mjs";
import { root } from "../lib/scratch.mjs";

const gallery = JSON.parse(readFileSync(join(root, "tests", "TestPlugins", "gallery", "gallery.json"), "utf8"));
const rate = 500;
// A loaded machine makes such times by itself.
const leastMs = 100;
const isolations = ["shared-process", "process"];

export const hostile = {
  name: "hostile",
  says: "a plugin that misbehaves, one of the gallery after another, in and out of the server's process: everybody else's page as before (seconds: each; isolation: 1 in, 2 out, 3 both; first, last: of the list)",
  needs: ["platform", "gallery"],
  defaults: { seconds: 5, isolation: 3, first: 1, last: gallery.length },

  async run({ scratch, seconds, isolation, first, last }) {
    const results = [];
    for (const [bit, where] of isolations.entries()) {
      if (!(isolation & (1 << bit))) continue;
      console.log(`  isolation ${where}${bit === 0 ? `; not here, because they end any process: ${gallery.filter((plugin) => plugin.ends).map((plugin) => plugin.name).join(", ")}` : ""}`);
      for (const plugin of gallery.slice(first - 1, last).filter((one) => bit === 1 || !one.ends)) results.push(await show(scratch, plugin, where, seconds));
    }

    const bad = (key) => results.filter((result) => result[key]).map((result) => `${result.name} (${result.where})`);
    const none = (text, key) => ({ text, found: bad(key).join(", ") || "none", holds: bad(key).length === 0 });
    return [
      { text: "gallery shown", found: String(results.length), holds: results.length > 0 },
      none("server ended or replaced", "gone"),
      none("failed or wrong answer of other pages", "failed"),
      none(`p99 of other pages above twice that before, and above ${leastMs} ms`, "slow"),
      none("own page not as documented", "page"),
      none("log without the reason", "silent"),
    ];
  },
};

async function show(scratch, plugin, where, seconds) {
  const settings = where === "shared-process" && plugin.shared ? `settings: ${JSON.stringify(plugin.shared)}` : "";
  const each = `\n  ${plugin.name}: { isolation: ${where}, timeout_ms: 500${[plugin.options, settings].filter(Boolean).map((more) => `, ${more}`).join("")} }`;
  // The plugin of the other pages is in the server's process in any case.
  const site = new PluginSite(scratch, { plugins: `timeout_ms: 5000\neach:${each}`, paths: ["well", "misbehave"], keys: ["swap", "gallery"] });
  site.write("plugins/swap.dll", galleryPlugin("swap-plain"));
  const server = await site.start("/well");
  const { pid } = server.child;
  const load = new Paced(server.origin, { perSecond: rate, connections: 16, paths: ["/well"], right: (body) => (body.includes('<p id="swap">version-00000000</p>') ? null : body.slice(0, 200)) });
  try {
    await delay(1500);
    load.take();
    await delay(2000);
    const before = load.take();

    if (plugin.with) site.write(`plugins/${plugin.with}.dll`, galleryPlugin(plugin.with));
    site.write(`plugins/${plugin.name}.dll`, plugin.text ?? galleryPlugin(plugin.name));
    const begins = new RegExp(plugin.at === "start" ? plugin.log : `plugin ${plugin.name} \\S+: in service[^]*generation \\d+ in force`);
    const begun = await waitFor(() => begins.test(site.log()), 20000);
    load.take();
    const own = [];
    for (const until = performance.now() + seconds * 1000; performance.now() < until && !server.child.exited;) {
      const answers = await Promise.all([1, 2, 3].map(() => get(`${server.origin}/misbehave`, {}, 20000).catch((error) => ({ error: error.message }))));
      own.push(...answers);
      await delay(200);
    }
    const during = load.take();
    await load.stop();
    const result = {
      name: plugin.name, where,
      gone: server.child.exited !== null || server.child.pid !== pid,
      failed: load.failed > 0,
      // What burns the processor that it shares with the server, nobody in the same process can take back; and for data of
      // every page each page waits until their deadline, before the plugin is switched off; and while the process of one is
      // started again, because it ended or was ended for what it holds, a page that asks it waits.
      slow: !(plugin.delays || plugin.ends || (plugin.greedy && where === "process") || (plugin.burns && where === "shared-process")) && during.p99 > 2 * before.p99 && during.p99 > leastMs,
      page: !begun || !isAsDocumented(plugin, where, own),
      silent: !(await waitFor(() => lines(plugin, where).every((line) => line.test(site.log())), 3000)),
    };
    const faults = ["gone", "failed", "slow", "page", "silent"].filter((key) => result[key]);
    console.log(`  ${plugin.name.padEnd(30)} p99 ${before.p99.toFixed(1).padStart(6)} → ${during.p99.toFixed(1).padStart(6)} ms, longest ${during.max.toFixed(0).padStart(5)} ms; own page ${said(own)}${faults.length ? `; ${faults.join(", ")}` : ""}`);
    for (const failure of load.failures.slice(0, 2)) console.log(`    ${failure}`);
    return result;
  } finally {
    await load.stop();
    await server.child.stop();
  }
}

/** A failed plugin costs its page its data: 200, marked degraded. One that was never started costs nothing. */
function isAsDocumented(plugin, where, own) {
  if (own.length === 0 || own.some((answer) => answer.error)) return false;
  const isDegraded = (answer) => answer.status === 200 && /degraded/.test(answer.headers["cache-status"] ?? "");
  const isWhole = (answer) => answer.status === 200 && !isDegraded(answer);
  const expected = plugin.at === "start" ? "whole" : (plugin.page ?? "degraded");
  return expected === "any" || own.every(expected === "whole" ? isWhole : isDegraded);
}

/** What the log must say. */
function lines(plugin, where) {
  return [plugin.log, where === "shared-process" && plugin.shared_log].filter(Boolean).map((line) => new RegExp(line));
}

function said(own) {
  const kinds = own.map((answer) => answer.error ?? `${answer.status}${/degraded/.test(answer.headers["cache-status"] ?? "") ? " degraded" : ""}`);
  return [...new Set(kinds)].map((kind) => `${kinds.filter((one) => one === kind).length} × ${kind}`).join(", ");
}

async function waitFor(holds, ms) {
  for (const until = performance.now() + ms; performance.now() < until; await delay(50)) if (holds()) return true;
  return false;
}
