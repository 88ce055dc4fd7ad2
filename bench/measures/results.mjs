import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { machine } from "../lib/machine.mjs";
import { processes } from "../lib/processes.mjs";
import { bench } from "../lib/scratch.mjs";
import { hit } from "./hit.mjs";
import { notmodified } from "./notmodified.mjs";
import { parts } from "./parts.mjs";
import { render } from "./render.mjs";
import { scale } from "./scale.mjs";
import { start } from "./start.mjs";

const measured = [hit, notmodified, render, scale, start, parts];

export const results = {
  name: "results",
  says: `${measured.map((measure) => measure.name).join(", ")}, one after the other; writes bench/results.md`,
  needs: [...new Set(measured.flatMap((measure) => measure.needs))],
  defaults: {},

  async run({ scratch }) {
    const [sections, goals] = [[], []];
    for (const measure of measured) {
      console.log(`${measure.name}: ${measure.says}`);
      const { found, lines } = await observe(measure, scratch);
      await processes.stop();
      goals.push(...found.map((goal) => ({ ...goal, text: `${measure.name}: ${goal.text}` })));
      sections.push(section(measure, lines, found));
    }

    writeFileSync(join(bench, "results.md"), `${head()}\n${sections.join("\n")}`);
    return goals;
  },
};

/** Runs a measure; what it prints is kept too. */
async function observe(measure, scratch) {
  const [lines, { log }] = [[], console];
  console.log = (text = "") => { log(text); lines.push(text.trimEnd()); };
  try {
    return { found: await measure.run({ ...measure.defaults, scratch }), lines };
  } catch (error) {
    return { found: [{ text: "measured", found: error.message.split("\n")[0], holds: false }], lines };
  } finally {
    console.log = log;
  }
}

function head() {
  const rows = Object.entries(machine()).map(([key, value]) => `| ${key} | ${value} |`);
  return `# Results

Written by \`bench/run results\`; medians. Only ratios inside one table compare; README.md says what is measured and how.

| on | |
| --- | --- |
${rows.join("\n")}
`;
}

function section(measure, lines, goals) {
  const how = Object.entries(measure.defaults).map(([name, value]) => `${name} ${value}`).join(", ");
  return `## ${measure.name}

${measure.says} (${how})

\`\`\`
${lines.map((line) => line.replace(/^ {2}/, "")).join("\n").trim()}
\`\`\`

| goal | found | |
| --- | --- | --- |
${goals.map((goal) => `| ${goal.text} | ${goal.found} | ${goal.holds ? "ok" : "missed"} |`).join("\n")}
`;
}
