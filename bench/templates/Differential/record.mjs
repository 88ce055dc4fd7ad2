// node bench/templates/Differential/record.mjs COUNT SEED > tests/Platform.Templating.Tests/Proofs/handlebars.jsonl
// Writes generated cases with what Handlebars.js makes of them, for the tests: no case that an explanation touches, nothing in it without effect.
import { prepare } from "../../lib/prepare.mjs";
import { Scratch } from "../../lib/scratch.mjs";
import { Control } from "./control.mjs";
import { json, model } from "./data.mjs";
import { Explainer } from "./explained.mjs";
import { Grammar, broken } from "./grammar.mjs";
import { Random } from "../../lib/random.mjs";

const [count, seed] = process.argv.slice(2).map(Number);
const mostLetters = 1500;
const scratch = new Scratch();
try {
  await prepare(["handlebars"]);
  const random = new Random(seed);
  const grammar = new Grammar(random);
  const handlebars = new Control();
  const explainer = new Explainer(scratch);
  const render = (asked) => {
    try {
      return handlebars.render(asked)[0];
    } catch (error) {
      return { error: error.message };
    }
  };

  for (let written = 0; written < count;) {
    const pair = grammar.pair();
    if (random.chance(0.05)) pair.template = broken(random, pair.template);
    const asked = lean({ ...pair, models: [model(random)] }, render);
    const { out, error } = render(asked);
    if (error !== undefined && random.chance(0.7)) continue;
    const line = json({ ...asked, expected: out ?? null });
    if (line.length > mostLetters || out === "" || explainer.touches(asked, { out, error })) continue;
    process.stdout.write(line + "\n");
    written++;
  }
} finally {
  scratch.remove();
}

/** Without partials, options and data that change nothing. */
function lean(asked, render) {
  const expected = JSON.stringify(render(asked));
  const isSame = (other) => JSON.stringify(render(other)) === expected;
  const drop = (map, put) => {
    for (const name of Object.keys(map ?? {})) {
      const less = Object.fromEntries(Object.entries(map).filter(([key]) => key !== name));
      if (isSame(put(less))) [asked, map] = [put(less), less];
    }
  };
  drop(asked.partials, (partials) => ({ ...asked, partials }));
  drop(asked.options, (options) => ({ ...asked, options }));
  const [data] = asked.models;
  if (data && typeof data === "object" && !Array.isArray(data)) drop(data, (less) => ({ ...asked, models: [less] }));
  return asked;
}
