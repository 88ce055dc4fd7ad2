import { once } from "node:events";
import { join } from "node:path";
import { processes } from "../lib/processes.mjs";
import { bench } from "../lib/scratch.mjs";

/** Bytes a part may allocate for one request. */
const most = { "key, of every page": 0, "key, with user and query": 512, "lookup, one page": 0, "lookup, 10,000 in turn": 0, "lookup, not stored": 0, "route, literal": 0, "route, none": 0, "route, with values": 256, render: 1024 };

export const parts = {
  name: "parts",
  says: "key, lookup, route, merge and render alone (BenchmarkDotNet, short job): nanoseconds and bytes of each; a hit's parts allocate nothing",
  needs: ["parts"],
  defaults: { rounds: 1 },

  async run({ scratch, rounds }) {
    const goals = [];
    for (let round = 0; round < rounds; round++) {
      for (const { name, ns, error, bytes } of await measure(scratch)) {
        console.log(`  ${name.padEnd(26)} ${ns.toFixed(1).padStart(10)} ns  ±${error.toFixed(1).padStart(6)} ${String(bytes).padStart(8)} bytes`);
        if (name in most) goals.push({ text: `${name}: at most ${most[name]} bytes`, found: String(bytes), holds: bytes <= most[name] });
      }
    }
    return goals;
  },
};

async function measure(scratch) {
  const program = join(bench, "parts", "bin", "Release", "net10.0", "parts");
  const child = processes.start("parts", program, [bench, scratch.folder("parts")], { scratch, isPiped: true });
  let printed = "";
  child.process.stdout.setEncoding("utf8").on("data", (part) => { printed += part; });
  await Promise.all([child.ended, once(child.process.stdout, "close")]);
  const figures = /^figures (.*)$/m.exec(printed)?.[1];
  if (!figures || child.exited !== "ended with 0") throw new Error(`parts ${child.exited}.\n${printed}`);
  return JSON.parse(figures);
}
