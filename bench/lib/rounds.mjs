// Servers side by side: warmed up, then loaded in turn, round by round, so that a slow minute hits all of them.
import { comparePages } from "./page.mjs";
import { core, coreTime } from "./processes.mjs";
import { load } from "./wrk/wrk.mjs";

/**
 * Loads every server `rounds` times, after `warmup` seconds each. `headers(server)` are sent along;
 * A server may have a `load` of its own: a script and its arguments. `right(server, bytesEach)` says whether a round's mean answer can have been the right one (wrk does not look into answers).
 */
export async function interleave(servers, { scratch, rounds, seconds, warmup, headers = () => ({}), right }) {
  const results = servers.map(begin);
  const once = (result, time) => loadOnce(result, { scratch, seconds: time, headers, right });
  for (const result of results) await once(result, warmup);
  for (let round = 0; round < rounds; round++) {
    for (const result of results) result.rounds.push(await once(result, seconds));
  }

  for (const result of results) result.memory = result.server.child.memory();
  return results;
}

/** The same with servers that `starts` start anew for each round, and that have no quiet moment between their warm-up and the load. */
export async function interleaveFresh(starts, { scratch, path, rounds, seconds, warmup, right }) {
  const results = starts.map(() => null);
  for (let round = 0; round < rounds; round++) {
    for (const [i, start] of starts.entries()) {
      const server = await start(scratch, { path });
      await comparePages([server], { isQuiet: true });
      const result = (results[i] ??= begin(server));
      result.server = server;
      await loadOnce(result, { scratch, seconds: warmup, right });
      result.rounds.push(await loadOnce(result, { scratch, seconds, right }));
      result.memory = server.child.memory();
      await server.child.stop();
    }
  }

  return results;
}

function begin(server) {
  return { server, name: server.name, rounds: [], failed: 0, wrongRounds: 0 };
}

async function loadOnce(result, { scratch, seconds, headers = () => ({}), right }) {
  const others = () => coreTime(core.server) - result.server.child.time();
  const before = others();
  const figures = await load(result.server.url, { scratch, seconds, headers: headers(result.server), ...result.server.load }).figures;
  figures.others = Math.max(0, others() - before) / figures.seconds;
  result.failed += figures.failed;
  if (!right(result.server, figures.bytesEach)) result.wrongRounds++;
  return figures;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The ratio of requests per second, round by round. */
export function ratios(result, other) {
  return result.rounds.map((figures, i) => figures.perSecond / other.rounds[i].perSecond);
}

/** Prints the medians, each server's ratio to `beside`, and what other processes took of the server's core at worst. */
export function print(results, beside) {
  const of = results.find((result) => result.name === beside);
  const row = (...cells) => console.log("  " + cells.map((cell, i) => (i === 0 ? cell.padEnd(24) : cell.padStart([0, 10, 8, 8, 8, 8, 8][i] ?? 0))).join(" "));
  row("", "req/s", "ratio", "p50 ms", "p99 ms", "MB", "others", `   ratio to ${beside}, round by round`);
  const worst = (result) => Math.max(...result.rounds.map((figures) => figures.others));
  const percent = (result) => `${(100 * worst(result)).toFixed(0)} %`;
  for (const result of results) {
    const of1 = ratios(result, of);
    const middle = (key, digits) => median(result.rounds.map((figures) => figures[key])).toFixed(digits);
    row(result.name, Number(middle("perSecond", 0)).toLocaleString("en"), median(of1).toFixed(2), middle("p50", 2), middle("p99", 2),
      result.memory.toFixed(0), percent(result), `   ${of1.map((r) => r.toFixed(2)).join(" ")}`);
  }
  if (results.some((result) => worst(result) > 0.1)) console.log("  Other processes took more than a tenth of the server's core: run again on a quiet machine before believing this.");
}
