import { bareKestrel } from "../lib/peers.mjs";
import { median } from "../lib/rounds.mjs";
import { platform } from "../lib/servers.mjs";

export const start = {
  name: "start",
  says: "from the start of the process to the first 200 of a page: under 600 ms",
  needs: ["platform", "kestrel"],
  defaults: { rounds: 7 },

  async run({ scratch, rounds }) {
    const times = new Map();
    for (let round = 0; round < rounds; round++) {
      for (const begin of [platform, bareKestrel]) {
        const { name, startMs, child } = await begin(scratch);
        times.set(name, [...(times.get(name) ?? []), startMs]);
        await child.stop();
      }
    }

    for (const [name, all] of times) {
      console.log(`  ${name.padEnd(24)} ${median(all).toFixed(0).padStart(6)} ms   ${all.map((ms) => ms.toFixed(0)).join(" ")}`);
    }

    const found = median(times.get("platform"));
    return [{ text: "platform answers within 600 ms of its start", found: `${found.toFixed(0)} ms`, holds: found < 600 }];
  },
};
