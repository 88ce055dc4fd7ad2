// Takes more of everything than it may: what, the setting "takes" or an API call's method says.
import { spawn } from "node:child_process";
import { openSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { ok, serve } from "./platform-plugin.mjs";

const kept = [];
const takes = {
  memory: () => kept.push(Buffer.alloc(400 * 1024 * 1024, 1)),
  threads: () => { for (let i = 0; i < 30; i++) kept.push(new Worker("setInterval(() => {}, 1000)", { eval: true })); },
  files: () => { for (let i = 0; i < 100; i++) kept.push(openSync("/dev/null")); },
  processes: () => { for (let i = 0; i < 6; i++) kept.push(spawn("sleep", ["1000"], { detached: true, stdio: "ignore" })); },
  crash: () => process.exit(7),
  loop: () => { for (;;); },
  flood: () => { for (let i = 0; i < 20_000; i++) console.log(`flood ${i} \u001b[31m${"x".repeat(i % 9000)}`); },
  pid: () => process.pid,
};

serve({
  name: "greedy",
  init: ({ settings }) => takes[settings.takes]?.(),
  dataFor: (path) => ({ data: { value: path } }),
  apiDispatch: (app, request) => (takes[request.method] ? ok(takes[request.method]() === undefined ? "taken" : takes.pid()) : null),
});
