// This server, and what any server that is measured has: it is started, answers 200, and says where its pages are.
import { copyFileSync, cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { answers200, until } from "./http.mjs";
import { freePort, processes } from "./processes.mjs";
import { bench, root } from "./scratch.mjs";

/** The log as the server has it by default: a line for each request, to the console and to a file. */
const logged = { PLATFORM_LOGGING__LEVEL: "information", PLATFORM_LOGGING__ACCESS: "true", PLATFORM_LOGGING__FILE: "logs/platform-.log" };

let sites = 0;

/** This server over a throw-away copy of bench/site, without access log. `env` overrides keys of its config.yaml. */
export async function platform(scratch, { path = "/", ...how } = {}) {
  return { ...(await serve(scratch, assemble(scratch), { path, ...how })), allocated: "/api/bench-page/memory/allocated" };
}

/** The same with its log; the console is /dev/null. */
export function platformLogged(scratch) {
  return platform(scratch, { env: logged, isQuiet: true });
}

export function platformSilent(scratch) {
  return platform(scratch, { name: "platform, no access log" });
}

/** This server over any site. */
export function serve(scratch, site, { env, path = "/", name = "platform", isQuiet = false } = {}) {
  const built = join(root, "host", "bin", "Release", "net10.0");
  const executable = join(built, "platform");
  const [command, ...first] = existsSync(executable) ? [executable] : ["dotnet", join(built, "platform.dll")];
  return started(name, path, (port) =>
    processes.start(name, command, [...first, "--config", join(site, "config.yaml"), "--urls", `http://127.0.0.1:${port}`],
      { scratch, env, isQuiet }));
}

/** Starts a server on a free port and waits for its first 200. */
export async function started(name, path, start) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}${path}`;
  const from = performance.now();
  const child = start(port);
  const answered = await until(url, answers200, { server: child });
  const startMs = answered && performance.now() - from;
  if (startMs === null) throw new Error(`${name}: no 200 from ${path}${child.exited ? "; it has ended" : " within 20 s"}.`);
  return { name, url, origin: `http://127.0.0.1:${port}`, child, startMs };
}

function assemble(scratch) {
  const site = scratch.folder(`site-${++sites}`);
  cpSync(join(bench, "site"), site, { recursive: true });
  const plugin = scratch.folder(`site-${sites}/plugins/bench-page`);
  for (const file of ["bench-page.dll", "bench-page.deps.json"]) copyFileSync(join(bench, "plugin", "bin", file), join(plugin, file));
  copyFileSync(join(bench, "page", "model.json"), join(plugin, "model.json"));
  return site;
}
