// One load: wrk on its own core, one thread, connections kept alive.
import { core, processes } from "../processes.mjs";

/** Starts a load; `end()` cuts it short, `pause()` lets it ask nothing until `resume()`, `figures` is its result. */
export function load(url, { scratch, seconds, connections = 32, headers = {}, script = "report.lua", args = [] }) {
  const asked = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const wrk = processes.start("wrk", "wrk",
    ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency", "-s", script, ...asked, url, "--", ...args.map(String)],
    { scratch, on: core.load, cwd: import.meta.dirname, keepOutput: true });
  return { end: () => wrk.signal("SIGINT"), pause: () => wrk.signal("SIGSTOP"), resume: () => wrk.signal("SIGCONT"), figures: read(wrk, url) };
}

async function read(wrk, url) {
  let text = "";
  wrk.process.stdout.on("data", (part) => (text += part));
  wrk.process.stderr.on("data", (part) => (text += part));
  await new Promise((done) => wrk.process.once("close", done));
  const line = /^figures (.*)$/m.exec(text);
  if (!line) throw new Error(`wrk ${url} gave no figures:\n${text}`);
  const figures = JSON.parse(line[1]);
  return {
    ...figures,
    perSecond: figures.requests / figures.seconds,
    bytesEach: figures.requests ? figures.bytes / figures.requests : 0,
    failed: figures.status + figures.sockets + figures.timeouts,
  };
}
