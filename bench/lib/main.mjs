// The command line: list the measures, or run one and say whether its goals hold.
import { measures } from "../measures/all.mjs";
import { prepare } from "./prepare.mjs";
import { processes } from "./processes.mjs";
import { Scratch } from "./scratch.mjs";
import { takeTurn } from "./turn.mjs";

const exit = { ok: 0, missed: 1, usage: 2, broken: 3 };

export async function main(args) {
  if (args.length === 0) return list();
  const asked = parse(args);
  if (asked.problem) return stop(exit.usage, asked.problem);

  const { measure, options } = asked;
  const scratch = new Scratch();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => end(scratch).finally(() => process.exit(exit.broken)));
  }

  try {
    console.log(`${measure.name}: ${measure.says}`);
    await prepare(measure.needs);
    await takeTurn();
    const goals = await measure.run({ scratch, ...measure.defaults, ...options });
    console.log();
    for (const goal of goals) console.log(`goal  ${goal.text}: ${goal.found}  ${goal.holds ? "ok" : "missed"}`);
    const holds = goals.length > 0 && goals.every((goal) => goal.holds);
    console.log(`${measure.name}: ${holds ? "ok" : "missed"}`);
    process.exitCode = holds ? exit.ok : exit.missed;
  } catch (error) {
    stop(exit.broken, `${measure.name}: not measured: ${error.message}`);
    for (const tail of processes.tails()) console.error(tail);
  } finally {
    await end(scratch);
  }

  // A measure that has failed may have left load behind, which would go on for ever.
  process.exit();
}

async function end(scratch) {
  await processes.stopAll();
  scratch.remove();
}

function list() {
  console.log("bench/run NAME [--OPTION N ...]\n");
  for (const { name, says, defaults } of measures) {
    console.log(`  ${name.padEnd(17)}${says}`);
    console.log(`  ${"".padEnd(17)}${Object.entries(defaults).map(([key, value]) => `--${key} ${value}`).join(" ")}`);
  }
}

function parse([name, ...rest]) {
  const measure = measures.find((m) => m.name === name);
  const names = measures.map((m) => m.name).join(", ");
  if (!measure) return { problem: `measure: '${name}' found; expected one of ${names}.` };
  const options = {};
  for (let i = 0; i < rest.length; i += 2) {
    const [option, value] = [rest[i], rest[i + 1]];
    const key = option.replace(/^--/, "");
    if (!option.startsWith("--") || !(key in measure.defaults)) {
      return { problem: `'${option}' found; expected ${Object.keys(measure.defaults).map((k) => `--${k} N`).join(" or ")} for ${name}.` };
    }
    const most = measure.most ?? 9999;
    if (!/^[1-9]\d{0,9}$/.test(value ?? "") || Number(value) > most) return { problem: `${option}: '${value ?? ""}' found; expected a whole number from 1 to ${most}.` };
    options[key] = Number(value);
  }
  return { measure, options };
}

function stop(code, message) {
  console.error(message);
  process.exitCode = code;
}
