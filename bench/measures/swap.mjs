import { setTimeout as delay } from "node:timers/promises";
import { held } from "../lib/held.mjs";
import { Paced } from "../lib/paced.mjs";
import { galleryPlugin, PluginSite } from "../lib/plugin-site.mjs";
import { median } from "../lib/rounds.mjs";
import { stamped } from "../lib/stamped.mjs";

const variants = ["swap-plain", "swap-regex", "swap-json", "swap-threads", "swap-timer"];
const longestWarmup = 200;

export const swap = {
  name: "swap",
  says: "a plugin replaced under load, time and again: no failed answer, every version unloaded, memory level (rate: requests a second)",
  needs: ["platform", "gallery"],
  defaults: { rounds: 2000, rate: 5000 },

  async run({ scratch, rounds, rate }) {
    const assemblies = variants.map(galleryPlugin);
    const site = new PluginSite(scratch, { plugins: "global_data_ttl: 300", paths: ["page"], keys: ["swap"] });
    const versions = { written: 0, seen: 0 };
    const put = (number) => {
      versions.written = number;
      site.write("plugins/swap.dll", stamped(assemblies[number % variants.length], "version", number));
    };
    put(1);
    const server = await site.start("/page");
    const before = held(server.child);
    const load = new Paced(server.origin, { perSecond: rate, paths: ["/page"], mark: () => versions.seen, right: (body, _, sent) => wrong(body, sent, versions) });
    await delay(2000);
    load.take();

    const [memory, took, p99] = [[], [], []];
    const from = performance.now();
    for (let round = 2; round <= rounds + 1; round++) {
      const at = performance.now();
      put(round);
      while (versions.seen < round) {
        if (server.child.exited) throw new Error(`the server ${server.child.exited}.`);
        if (performance.now() - at > 20000) throw new Error(`version ${round} (${variants[round % variants.length]}) was not served within 20 s of being put there.`);
        await delay(5);
      }
      took.push(performance.now() - at);
      memory.push(held(server.child).mb);
      if (round % 50 === 0 || round === rounds + 1) p99.push(load.take());
    }
    const seconds = (performance.now() - from) / 1000;
    await load.stop();
    const ledger = await settled(site, rounds);
    const after = held(server.child);

    const warmup = Math.min(longestWarmup, Math.floor(rounds / 4));
    const window = Math.max(1, Math.min(longestWarmup, Math.floor((rounds - warmup) / 2)));
    const [early, late] = [median(memory.slice(warmup, warmup + window)), median(memory.slice(-window))];
    const grown = late / early - 1;
    console.log(`  ${rounds} versions in ${seconds.toFixed(0)} s, ${(load.requests / (seconds + 2)).toFixed(0)} requests/s; from the file to the first answer: median ${median(took).toFixed(0)} ms, longest ${Math.max(...took).toFixed(0)} ms`);
    console.log(`  p50 ${median(p99.map((f) => f.p50)).toFixed(2)} ms, p99 ${median(p99.map((f) => f.p99)).toFixed(1)} ms, longest ${Math.max(...p99.map((f) => f.max)).toFixed(0)} ms (medians over 50 swaps each)`);
    console.log(`  memory at start ${before.mb.toFixed(0)} MB, after ${warmup} swaps ${early.toFixed(0)} MB, at the end ${late.toFixed(0)} MB; every tenth of the way: ${tenths(memory).map((mb) => mb.toFixed(0)).join(" ")}`);
    console.log(`  unloaded ${ledger.unloaded}, held ${ledger.held}; files ${before.files} → ${after.files}, threads ${before.threads} → ${after.threads}, children ${before.children} → ${after.children}`);
    for (const line of ledger.holders) console.log(`  ${line}`);
    for (const failure of load.failures) console.log(`  ${failure}`);
    return [
      { text: "no failed or wrong answer", found: `${load.failed} of ${load.requests}`, holds: load.failed === 0 && load.requests > 0 },
      { text: `requests a second at least 0.95 of ${rate}`, found: (load.requests / (seconds + 2)).toFixed(0), holds: load.requests / (seconds + 2) >= 0.95 * rate },
      { text: "every version unloaded", found: `${ledger.unloaded} of ${rounds}`, holds: ledger.unloaded === rounds && ledger.held === 0 },
      { text: `memory within 5 % after ${warmup} swaps`, found: `${(100 * grown).toFixed(1)} %`, holds: grown <= 0.05 },
      { text: "no process, file or socket left", found: `${after.children - before.children} processes, ${after.files - before.files} files`, holds: after.children <= before.children && after.files <= before.files + 2 },
      { text: "no thread of a plugin left", found: `${after.threads - before.threads} more threads`, holds: after.threads <= before.threads + 16 },
    ];
  },
};

/** An answer is of a version that can have been in force: none older than one seen before it was asked for, none that was not yet there. */
function wrong(body, sent, versions) {
  const number = Number(/<p id="swap">version-(\d{8})<\/p>/.exec(body)?.[1] ?? NaN);
  if (!(number >= sent && number <= versions.written)) return `${body.slice(0, 200)}; expected a version from ${sent} to ${versions.written}`;
  versions.seen = Math.max(versions.seen, number);
  return null;
}

/** What became of the versions, once all of them are accounted for, or 15 s later. */
async function settled(site, rounds) {
  for (let i = 0; ; i++) {
    const log = site.log();
    const [unloaded, holders] = [(log.match(/is unloaded after/g) ?? []).length, log.match(/.*its code stays in memory.*/g) ?? []];
    if (unloaded + holders.length >= rounds || i === 60) return { unloaded, held: holders.length, holders: holders.slice(0, 5) };
    await delay(250);
  }
}

function tenths(values) {
  return Array.from({ length: 10 }, (_, i) => values[Math.floor(((i + 1) * values.length) / 10) - 1] ?? values.at(-1));
}
