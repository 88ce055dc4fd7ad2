import { median } from "../lib/rounds.mjs";
import { galleryPlugin, PluginSite } from "../lib/plugin-site.mjs";
import { load as wrk } from "../lib/wrk/wrk.mjs";

const callers = 200;
const isolations = ["shared-process", "process"];
const pages = { "/well": "made anew", "/": "stored" };

export const hang = {
  name: "hang",
  says: `${callers} callers in a plugin that hangs, in and out of the server's process: other pages, made anew and stored, keep 0.9 of their requests/s, with inline_hits and without (isolation: 1 in, 2 out, 3 both)`,
  needs: ["wrk", "platform", "gallery"],
  defaults: { seconds: 3, rounds: 5, isolation: 3 },

  async run({ scratch, seconds, rounds, isolation }) {
    const goals = [];
    for (const [bit, where] of isolations.entries()) {
      if (!(isolation & (1 << bit))) continue;
      for (const inline of [true, false]) {
        for (const page of Object.keys(pages)) goals.push(...(await measure({ scratch, where, inline, page, seconds, rounds })));
      }
    }

    return goals;
  },
};

async function measure({ scratch, where, inline, page, seconds, rounds }) {
  const what = `${where}, inline_hits ${inline}, pages ${pages[page]}`;
  const plugins = `timeout_ms: 5000\nfailures_until_off: 1000\neach:\n  sleeps-for-ever: { isolation: ${where}, timeout_ms: 1000 }`;
  const site = new PluginSite(scratch, { plugins, server: `{ inline_hits: ${inline} }`, paths: ["well", "misbehave"], keys: ["swap", "gallery"] });
  site.write("plugins/swap.dll", galleryPlugin("swap-plain"));
  site.write("plugins/sleeps-for-ever.dll", galleryPlugin("sleeps-for-ever"));
  const [kept, failed] = [[], []];
  for (let round = 0; round < rounds; round++) {
    // A server of its own for each round: one that knows the plugin to hang asks it no more, and is faster for it.
    const server = await site.start(page);
    const others = async (time) => await wrk(server.url, { scratch, seconds: time }).figures;
    // Pages of both kinds: those of the callers are made anew, and that what makes them is compiled is no cost of the hanging.
    await wrk(`${server.origin}/well`, { scratch, seconds: 3 }).figures;
    await others(3);
    const alone = await others(seconds);
    // Each caller waits for its answer, and asks again.
    const hanging = wrk(`${server.origin}/misbehave`, { scratch, seconds: 3600, connections: callers, script: "callers.lua" });
    // Until the first calls are past their deadline (1 s) nobody can know that they hang, and every page that asks the plugin waits with them.
    // The load goes on in the meantime, as it did before what it is compared with: one that has rested begins slower.
    await others(3);
    const together = await others(seconds);
    hanging.end();
    const answers = await hanging.figures;
    // Alone once more: what a machine gives differs from one moment to the next, by more than the tenth that is looked for.
    const after = await others(seconds);
    await server.child.stop();
    kept.push(together.perSecond / ((alone.perSecond + after.perSecond) / 2));
    failed.push(alone.failed + together.failed + after.failed);
    console.log(`  ${what}: ${alone.perSecond.toFixed(0)} requests/s alone, ${together.perSecond.toFixed(0)} with ${callers} callers that hang, ${after.perSecond.toFixed(0)} alone again; p99 ${alone.p99.toFixed(1)} → ${together.p99.toFixed(1)} ms; the callers: ${answers.requests} answers, ${answers.failed} failed`);
  }

  return [
    { text: `${what}: at least 0.9 of their requests/s`, found: `${median(kept).toFixed(2)} (${kept.map((one) => one.toFixed(2)).join(" ")})`, holds: median(kept) >= 0.9 },
    { text: `${what}: no failed answer`, found: String(failed.reduce((sum, one) => sum + one, 0)), holds: failed.every((one) => one === 0) },
  ];
}
