// What a measure needs: Debian packages, npm packages, Release builds. Only what is missing is installed.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { core } from "./processes.mjs";
import { bench, root } from "./scratch.mjs";

const packages = { wrk: "wrk", nginx: "nginx-light", varnishd: "varnish", "redis-server": "redis-server", taskset: "util-linux", setpriv: "util-linux" };

export async function prepare(needs) {
  debian(["taskset", "setpriv", ...needs.filter((need) => need in packages)]);
  if (needs.includes("platform")) {
    build("host/host.csproj");
    build("bench/plugin/bench-page.csproj");
  }
  if (needs.includes("gallery")) build("tests/TestPlugins/gallery/gallery.csproj");
  if (needs.includes("probe")) build("bench/plugin-probe/probe.csproj");
  if (needs.includes("razor")) build("bench/peers/razor/razor.csproj");
  if (needs.includes("parts")) build("bench/parts/parts.csproj");
  if (needs.includes("kestrel")) build("bench/peers/kestrel/kestrel.csproj");
  if (needs.includes("isolation")) build("bench/isolation/isolation.csproj");
  if (needs.includes("templates")) build("bench/templates/templates.csproj");
  if (needs.includes("handlebars")) npm(join(bench, "peers", "handlebars"));
  if (needs.includes("specification")) npm(join(root, "tests", "conformance"));
  if (needs.includes("fastify")) npm(join(bench, "peers", "fastify"));
  pin();
}

function debian(programs) {
  const missing = programs.filter((program) => spawnSync("sh", ["-c", `command -v ${program}`], { env: withSbin() }).status !== 0);
  process.env.PATH = withSbin().PATH;
  if (missing.length === 0) return;
  const names = [...new Set(missing.map((program) => packages[program]))];
  if (process.getuid() !== 0) throw new Error(`not installed: ${missing.join(", ")}. Run: sudo apt-get install ${names.join(" ")}`);
  run("apt-get", ["update", "-q"]);
  run("apt-get", ["install", "-qy", "--no-install-recommends", ...names], { DEBIAN_FRONTEND: "noninteractive" });
}

function npm(folder) {
  // npm writes this file last, so it stands for a whole installation of that lock.
  const installed = join(folder, "node_modules", ".package-lock.json");
  const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
  const has = existsSync(installed) ? JSON.parse(readFileSync(installed, "utf8")).packages : {};
  const whole = Object.entries(lock).every(([path, { version }]) => path === "" || has[path]?.version === version);
  if (!whole) run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder]);
}

function build(project) {
  run("dotnet", ["build", join(root, project), "-c", "Release", "-v", "quiet", "-nologo"]);
}

function run(command, args, env = {}) {
  const done = spawnSync(command, args, { cwd: root, env: { ...process.env, ...env }, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${done.stdout ?? ""}${done.stderr ?? ""}${done.error ?? ""}`);
}

/** This runner shares the load's core, so that it never takes time from a server. */
function pin() {
  try {
    execFileSync("taskset", ["-c", `${core.server},${core.load}`, "true"], { stdio: "ignore" });
    execFileSync("taskset", ["-acp", String(core.load), String(process.pid)], { stdio: "ignore" });
  } catch {
    throw new Error(`cores ${core.server} and ${core.load} can't be used; a server and its load each need one of their own.`);
  }
}

function withSbin() {
  return { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
}
