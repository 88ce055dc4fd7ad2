// Everything a run starts, so that everything is stopped at its end.
import { execFileSync, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, realpathSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

export const core = { server: 0, load: 1 };
const ticksPerSecond = 100;

/** Seconds a core has spent for processes. */
export function coreTime(number) {
  const [user, nice, system] = new RegExp(`^cpu${number} (.*)$`, "m").exec(readFileSync("/proc/stat", "utf8"))[1].split(" ").map(Number);
  return (user + nice + system) / ticksPerSecond;
}

class Child {
  constructor(name, child, log) {
    Object.assign(this, { name, log, pid: child.pid, process: child, exited: null });
    this.ended = new Promise((done) => {
      const end = (how) => { this.exited = how ?? "ended"; done(); };
      child.once("exit", (code, signal) => end(`ended with ${signal ?? code}`));
      child.once("error", (error) => end(error.message));
    });
  }

  /** This process and what it started (nginx's worker). */
  tree() {
    return this.exited ? [] : [this.pid, ...descendants(this.pid)];
  }

  /** Resident memory in MB. */
  memory() {
    const kb = this.tree().map((pid) => Number(/VmRSS:\s+(\d+)/.exec(readOrEmpty(`/proc/${pid}/status`))?.[1] ?? 0));
    return kb.reduce((sum, value) => sum + value, 0) / 1024;
  }

  /** Seconds of processor time it has used. */
  time() {
    const ticks = this.tree().map((pid) => readOrEmpty(`/proc/${pid}/stat`).split(") ").at(-1).split(" "));
    return ticks.reduce((sum, fields) => sum + Number(fields[11] ?? 0) + Number(fields[12] ?? 0), 0) / ticksPerSecond;
  }

  signal(name) {
    if (!this.exited) this.process.kill(name);
  }

  async stop() {
    const all = this.tree();
    this.signal("SIGTERM");
    // A frozen process hears nothing but this.
    this.signal("SIGCONT");
    await Promise.race([this.ended, delay(3000, undefined, { ref: false })]);
    if (this.exited) return;
    for (const pid of all) {
      try { process.kill(pid, "SIGKILL"); } catch { /* gone meanwhile */ }
    }
    await this.ended;
  }

  tail() {
    const text = this.log ? readOrEmpty(this.log).trim() : "";
    return (text || this.exited) && `--- ${this.name}${this.exited ? ` (${this.exited})` : ""}\n${text.split("\n").slice(-15).join("\n")}`;
  }
}

class Processes {
  #running = [];
  #stopping = false;

  /** Starts a program on one core (or several: "0,1"); its output goes to a log, or where it is quiet its errors only. Piped, it is talked to by lines. */
  start(name, command, args, { scratch, on = core.server, env = {}, cwd = scratch.path, keepOutput = false, isPiped = false, isQuiet = false }) {
    if (this.#stopping) throw new Error("the run is being stopped.");
    const log = keepOutput ? null : join(scratch.folder("logs"), `${name.replaceAll(/\W+/g, "-")}.log`);
    const out = log ? openSync(log, "a") : "pipe";
    // The kernel tells it to end where this runner itself is killed.
    const child = spawn("setpriv", ["--pdeathsig", "TERM", "taskset", "-c", String(on), command, ...args], {
      cwd, env: { ...inherited(), DOTNET_ROOT: dotnetRoot(), ...env }, stdio: isPiped ? ["pipe", "pipe", out] : ["ignore", isQuiet ? "ignore" : out, out],
    });
    if (log) closeSync(out);
    const started = new Child(name, child, log);
    this.#running.push(started);
    return started;
  }

  tails() {
    return this.#running.map((child) => child.tail()).filter(Boolean);
  }

  /** Stops what runs; more can be started. */
  async stop() {
    await Promise.all(this.#running.map((child) => child.stop()));
    this.#running = [];
  }

  async stopAll() {
    this.#stopping = true;
    await this.stop();
  }
}

export const processes = new Processes();

export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

function descendants(pid) {
  const children = readOrEmpty(`/proc/${pid}/task/${pid}/children`).trim().split(/\s+/).filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** The environment without keys that would change the measured server behind the run's back. */
function inherited() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PLATFORM_")));
}

let dotnetHome;

/** Where an executable made by `dotnet build` looks for its runtime. */
function dotnetRoot() {
  dotnetHome ??= process.env.DOTNET_ROOT ?? dirname(realpathSync(execFileSync("sh", ["-c", "command -v dotnet"], { encoding: "utf8" }).trim()));
  return dotnetHome;
}

function readOrEmpty(path) {
  try { return readFileSync(path, "utf8"); } catch { return ""; }
}
