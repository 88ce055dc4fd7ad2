import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processes } from "../lib/processes.mjs";
import { templates } from "../lib/templates.mjs";
import { Random } from "../lib/random.mjs";

const pairsEach = 2;
const batch = 250;
const brokenPart = 0.05;
const mostShrunk = 20;
const shrinkSeconds = 5;
const mostShown = 12;

export const diffHandlebars = {
  name: "diff-handlebars",
  says: "generated templates and data, byte for byte as Handlebars.js renders them, or an error where it has one",
  needs: ["templates", "handlebars"],
  defaults: { pairs: 100_000, seed: 1 },
  most: 1_000_000_000,

  async run({ scratch, pairs, seed }) {
    // What they need is installed only now.
    const { Grammar, broken } = await import("../templates/Differential/grammar.mjs");
    const { model } = await import("../templates/Differential/data.mjs");
    const { Control } = await import("../templates/Differential/control.mjs");
    const { Explainer, explanations } = await import("../templates/Differential/explained.mjs");
    const { Ours } = await import("../templates/Differential/ours.mjs");
    const ours = new Ours(processes.start("templates", templates, ["lines"], { scratch, isPiped: true }));
    const handlebars = new Control();
    const control = (asked) => safely(handlebars, asked);
    const explainer = new Explainer(scratch);
    const explain = (asked, answer) => explainer.explain(asked, (other) => isSame(other, answer));
    console.log(`  Handlebars.js ${handlebars.version}; seed ${seed}`);

    const random = new Random(seed);
    const grammar = new Grammar(random);
    const next = () => {
      const pair = grammar.pair();
      if (random.chance(brokenPart)) pair.template = broken(random, pair.template);
      return { ...pair, models: Array.from({ length: pairsEach }, () => model(random)) };
    };

    const found = { rendered: 0, failed: 0, explained: new Map(), open: [] };
    const started = performance.now();
    for (let done = 0; done < pairs;) {
      const cases = Array.from({ length: Math.min(batch, Math.ceil((pairs - done) / pairsEach)) }, next);
      const answers = Promise.all(cases.map((asked) => ours.ask(asked)));
      const expected = cases.map(control);
      for (const [i, all] of (await answers).entries()) {
        for (const [j, answer] of all.entries()) {
          if (done++ >= pairs) break;
          found[expected[i][j].error === undefined ? "rendered" : "failed"]++;
          if (isSame(expected[i][j], answer)) continue;
          const asked = { ...cases[i], models: [cases[i].models[j]] };
          const why = explain(asked, answer);
          if (why) found.explained.set(why, (found.explained.get(why) ?? 0) + 1);
          else found.open.push(asked);
        }
      }
    }

    const seconds = (performance.now() - started) / 1000;
    console.log(`  ${found.rendered} pairs rendered, ${found.failed} are errors in Handlebars.js; ${seconds.toFixed(0)} s`);
    for (const { name, reason } of [...explanations, { name: "several of these", reason: "none of them alone" }]) {
      console.log(`  explained ${String(found.explained.get(name) ?? 0).padStart(6)}  ${name}: ${reason}`);
    }
    if (found.open.length) console.log(`  ${found.open.length} differ; making them small`);
    await report(found.open, { ours, control, explain });
    return [
      { text: "no difference that is not explained", found: `${found.open.length} of ${pairs}`, holds: found.open.length === 0 },
      { text: "at least half of the pairs render", found: String(found.rendered), holds: found.rendered * 2 >= pairs },
    ];
  },
};

function safely(handlebars, asked) {
  try {
    return handlebars.render(asked);
  } catch (error) {
    return asked.models.map(() => ({ error: error.message }));
  }
}

const isSame = (a, b) => (a.error === undefined ? a.out === b.out : b.error !== undefined);

/** Shrinks what differs, and shows each kind once. */
async function report(open, { ours, control, explain }) {
  if (open.length === 0) return;
  const { shrink } = await import("../templates/Differential/shrink.mjs");
  const { json } = await import("../templates/Differential/data.mjs");
  const kinds = new Map();
  for (const asked of open.slice(0, mostShrunk)) {
    const compare = async (one) => [control(one)[0], (await ours.ask(one))[0]];
    const sides = (a, b) => `${a.error === undefined}${b.error === undefined}`;
    const kind = sides(...(await compare(asked)));
    const small = await shrink(asked, async (one) => {
      const [a, b] = await compare(one);
      return !isSame(a, b) && sides(a, b) === kind && !explain(one, b);
    }, shrinkSeconds);
    const key = kind + small.template + JSON.stringify(small.partials);
    if (!kinds.has(key)) kinds.set(key, { small, answers: await compare(small) });
  }
  const file = join(tmpdir(), "diff-handlebars.jsonl");
  writeFileSync(file, [...kinds.values()].map(({ small }) => json(small) + "\n").join(""));
  for (const { small, answers: [expected, answer] } of [...kinds.values()].slice(0, mostShown)) {
    console.log(`\n  template     ${JSON.stringify(small.template)}`);
    if (Object.keys(small.partials).length) console.log(`  partials     ${JSON.stringify(small.partials)}`);
    if (Object.keys(small.options).length) console.log(`  options      ${JSON.stringify(small.options)}`);
    console.log(`  data         ${json(small.models[0])}`);
    console.log(`  Handlebars   ${said(expected)}`);
    console.log(`  here         ${said(answer)}`);
  }
  console.log(`\n  ${kinds.size} kinds in ${file}, from the first ${Math.min(mostShrunk, open.length)} of ${open.length} differences`);
}

const said = ({ out, error }) => (error === undefined ? JSON.stringify(out) : `error: ${error}`);
