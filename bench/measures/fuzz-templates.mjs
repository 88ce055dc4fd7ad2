import { copyFileSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { core } from "../lib/processes.mjs";
import { bench, root } from "../lib/scratch.mjs";
import { ask } from "../lib/templates.mjs";

const specification = join(root, "tests", "conformance", "node_modules", "handlebars-spec", "spec");

export const fuzzTemplates = {
  name: "fuzz-templates",
  says: "mutated templates against hostile data: no crash, no input above 2 s, only errors with a place in the text",
  needs: ["templates", "specification"],
  defaults: { count: 10_000_000, seed: 1 },
  most: 1_000_000_000,

  async run({ scratch, count, seed }) {
    const seeds = corpus();
    const file = join(scratch.path, "corpus.json");
    writeFileSync(file, JSON.stringify(seeds));
    const folder = scratch.folder("fuzz");
    console.log(`  ${seeds.length} templates to start from; seed ${seed}`);

    let found;
    try {
      found = JSON.parse(await ask(["fuzz", file, folder, count, seed], { scratch, on: `${core.server},${core.load}` }));
    } catch (error) {
      if (!error.ended) throw error;
      return [{ text: "no crash, no hang, every error with a place", found: `the process ${error.ended}; it had in hand ${inHand(folder).join(" and ")}`, holds: false }];
    }

    if (found.What) {
      const input = keep(found.File);
      return [{ text: "no crash, no hang, every error with a place", found: `${found.What}; bench/templates/bin/Release/net10.0/templates input ${input}`, holds: false }];
    }

    const { Executions, Seconds, Outcomes, LongestMs } = found;
    console.log(`  ${Executions.toLocaleString("en")} templates in ${Seconds.toFixed(0)} s, ${Math.round(Executions / Seconds).toLocaleString("en")} a second`);
    for (const [outcome, times] of Object.entries(Outcomes)) console.log(`  ${outcome.padEnd(12)} ${times.toLocaleString("en").padStart(12)}  ${(100 * times / Executions).toFixed(1).padStart(5)} %`);
    console.log(`  longest ${LongestMs.toFixed(0)} ms: ${keep(found.LongestFile)}`);
    return [
      { text: "no crash, no hang, every error with a place", found: `none in ${Executions.toLocaleString("en")}`, holds: Executions === count },
      { text: "at least a tenth is rendered", found: Outcomes.Rendered.toLocaleString("en"), holds: Outcomes.Rendered * 10 >= Executions },
    ];
  },
};

/** The specification's templates and partials, those of this repository, and a few for what both leave out. */
function corpus() {
  const spec = readdirSync(specification).filter((name) => name.endsWith(".json")).flatMap((name) => JSON.parse(readFileSync(join(specification, name), "utf8")));
  const cases = spec.flatMap(({ template, partials }) => [template, ...Object.values(partials ?? {})]).filter((text) => typeof text === "string");
  const files = [join(root, "wwwroot", "templates"), join(bench, "page"), join(bench, "site")]
    .flatMap((folder) => readdirSync(folder, { recursive: true }).filter((name) => /\.(html|hbs|xml)$/.test(name)).map((name) => readFileSync(join(folder, name), "utf8")));
  return [...new Set([...cases, ...files, ...own])];
}

const own = [
  "{{#each list as |v i|}}{{i}}={{v}}{{#unless @last}}, {{/unless}}{{else}}none{{/each}}\n",
  "{{#> p x=1}}\n  {{#*inline \"q\"}}{{x}}{{/inline}}\n  {{> q}}\n{{/p}}\n",
  "{{> (lookup . 'name')}}{{> self}}{{> loop}}{{> ping}}",
  "{{{{raw}}}} {{x}} {{{{/raw}}}}",
  "{{#with (lookup map 'k') as |v|}}{{~v~}}{{^}}{{@root.x}}{{/with}}",
  "{{#if (and x (or y (not y)))}}{{{json map}}}{{else if (eq x 1)}}{{truncate x 3}}{{/if}}",
  "{{format_date x}}{{format_number 1.5 \"0.00\"}}{{url x}}{{attr x}}{{len wide}}{{json deep}}{{json cycle}}{{deep}}{{cycle}}",
  "{{#wide}}{{#../wide}}{{this}}{{/../wide}}{{/wide}}",
  "<a href=\"{{x}}\" class='{{y}}' data-z={{z}}><!-- {{x}} --><script>{{{json x}}}</script></a>",
];

/** Out of the throw-away folder, so that it can be looked at. */
function keep(path) {
  const to = join(mkdtempSync(join(tmpdir(), "fuzz-templates-")), basename(path));
  copyFileSync(path, to);
  return to;
}

/** Where the process dies, what each worker had in hand is still in its file: a length, then UTF-16. */
function inHand(folder) {
  return readdirSync(folder).filter((name) => name.startsWith("current-")).map((name) => {
    const bytes = readFileSync(join(folder, name));
    const path = join(folder, `${name}.utf16`);
    writeFileSync(path, Buffer.concat([Buffer.from("\ufeff", "utf16le"), bytes.subarray(4, 4 + 2 * bytes.readInt32LE(0))]));
    return keep(path);
  });
}
