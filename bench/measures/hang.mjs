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
  defaults: { seconds: 1, rounds: 3, turns: 8, isolation: 3 },

  async run({ scratch, seconds, rounds, turns, isolation }) {
    const goals = [];
    for (const [bit, where] of isolations.entries()) {
      if (!(isolation & (1 << bit))) continue;
      for (const inline of [true, false]) {
        for (const page of Object.keys(pages)) goals.push(...(await measure({ scratch, where, inline, page, seconds, rounds, turns })));
      }
    }

    return goals;
  },
};

async function measure({ scratch, where, inline, page, seconds, rounds, turns }) {
  const what = `${where}, inline_hits ${inline}, pages ${pages[page]}`;
  const plugins = `timeout_ms: 5000\nfailures_until_off: 1000\neach:\n  sleeps-for-ever: { isolation: ${where}, timeout_ms: 1000 }`;
  const site = new PluginSite(scratch, { plugins, server: `{ inline_hits: ${inline} }`, paths: ["well", "misbehave"], keys: ["swap", "gallery"] });
  site.write("plugins/swap.dll", galleryPlugin("swap-plain"));
  site.write("plugins/sleeps-for-ever.dll", galleryPlugin("sleeps-for-ever"));
  const [kept, failed] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const server = await site.start(page);
    const others = async (time) => {
      const figures = await wrk(server.url, { scratch, seconds: time }).figures;
      failed.push(figures.failed);
      return figures;
    };
    // Pages of both kinds: those of the callers are made anew, and that what makes them is compiled is no cost of the hanging.
    await wrk(`${server.origin}/well`, { scratch, seconds: 6 }).figures;
    await others(4);
    // Each caller waits for its answer, and asks again.
    const hanging = wrk(`${server.origin}/misbehave`, { scratch, seconds: 3600, connections: callers, script: "callers.lua" });
    // Until the first calls are past their deadline (1 s) nobody can know that they hang, and every page that asks the plugin waits with them.
    await others(3);
    // In turn, without the callers and with them: what a machine gives differs from one moment to the next, by more than the tenth that is looked for.
    const [alone, together] = [[], []];
    for (let turn = 0; turn <= turns; turn++) {
      hanging.pause();
      alone.push(await others(seconds));
      if (turn === turns) break;
      hanging.resume();
      // All that came due in the pause is asked in this second.
      await others(1);
      together.push(await others(seconds));
    }

    hanging.resume();
    hanging.end();
    const answers = await hanging.figures;
    await server.child.stop();
    const ratios = together.map((one, turn) => one.perSecond / ((alone[turn].perSecond + alone[turn + 1].perSecond) / 2));
    kept.push(...ratios);
    const [without, withThem] = [alone, together].map((all) => [median(all.map((one) => one.perSecond)).toFixed(0), median(all.map((one) => one.p99)).toFixed(1)]);
    console.log(`  ${what}: ${without[0]} requests/s alone, ${withThem[0]} with ${callers} callers that hang; p99 ${without[1]} and ${withThem[1]} ms; turn by turn ${ratios.map((one) => one.toFixed(2)).join(" ")}; the callers: ${answers.requests} answers, ${answers.failed} failed`);
  }

  return [
    { text: `${what}: at least 0.9 of their requests/s`, found: median(kept).toFixed(2), holds: median(kept) >= 0.9 },
    { text: `${what}: no failed answer`, found: String(failed.reduce((sum, one) => sum + one, 0)), holds: failed.every((one) => one === 0) },
  ];
}
