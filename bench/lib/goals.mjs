// What a measure must find, and whether it did.
import { median, ratios } from "./rounds.mjs";

const named = (results, name) => results.find((result) => result.name === name);

export function ratioGoal(results, beside, least) {
  const ratio = median(ratios(named(results, "platform"), named(results, beside)));
  return { text: `platform at least ${least} of ${beside}`, found: ratio.toFixed(2), holds: ratio >= least };
}

/** The slowest of a hundred answers, against that of another server in the same round. */
export function p99Goal(results, beside, most) {
  const [ours, theirs] = [named(results, "platform"), named(results, beside)];
  const ratio = median(ours.rounds.map((figures, i) => figures.p99 / theirs.rounds[i].p99));
  return { text: `platform's p99 at most ${most} of that of ${beside}`, found: ratio.toFixed(2), holds: ratio <= most };
}

export function memoryGoal(results, most) {
  const { memory } = named(results, "platform");
  return { text: `platform under ${most} MB after load`, found: `${memory.toFixed(0)} MB`, holds: memory > 0 && memory < most };
}

export function noFailures(results) {
  const bad = results.filter((result) => result.failed + result.wrongRounds > 0);
  const found = bad.map((result) => `${result.name}: ${result.failed} failed, ${result.wrongRounds} rounds without or with other answers`).join("; ");
  return { text: "no failed answer at any server", found: found || "none", holds: bad.length === 0 };
}
