import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/scratch.mjs";

const run = "tests/conformance/run";

export const spec = {
  name: "spec",
  says: "the Handlebars specification: every case that applies in C#, and more of them than Handlebars.Net",
  needs: [],
  defaults: {},

  async run({ scratch }) {
    const file = join(scratch.path, "figures.json");
    const { status, signal } = spawnSync(join(root, run), ["--figures", file], { stdio: "inherit" });
    // 1 says that a case failed: a goal below is missed.
    if (status !== 0 && status !== 1) throw new Error(`${run} ended with ${signal ?? status}; expected 0 or 1.`);
    const [control, ours, library, guarded] = JSON.parse(readFileSync(file, "utf8"));

    console.log();
    for (const { name, passed, asked } of [control, ours, library, guarded]) {
      console.log(`  ${name.padEnd(24)} ${passed.toString().padStart(4)} of ${asked}   ${(100 * passed / asked).toFixed(1).padStart(5)} %`);
    }
    console.log(`  ${ours.name} passes ${(ours.passed / library.passed).toFixed(2)} times as many as ${library.name}, ${(ours.passed / guarded.passed).toFixed(2)} times as many as it guarded`);
    return [all(control, "of the specification"), all(ours, "that apply"), { text: `more cases than ${library.name}`, found: `${ours.passed} to ${library.passed}`, holds: ours.passed > library.passed }];
  },
};

function all({ name, asked, failed }, which) {
  return { text: `${name} passes all ${asked} cases ${which}, and the tokenizer's`, found: `${failed} failed`, holds: asked > 0 && failed === 0 };
}
