// The machine and the versions of what runs on it.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import { bench } from "./scratch.mjs";

export function machine() {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: `${cpus().length} of ${cpus()[0].model}; one for the server, one for the load`,
    memory: `${(totalmem() / 2 ** 30).toFixed(0)} GB`,
    kernel: `Linux ${release()}`,
    ".NET": first("dotnet", ["--list-runtimes"], /Microsoft\.AspNetCore\.App (10\S*)/),
    node: process.version.slice(1),
    fastify: JSON.parse(readFileSync(join(bench, "peers", "fastify", "package-lock.json"), "utf8")).packages["node_modules/fastify"].version,
    nginx: first("nginx", ["-v"], /nginx\/(\S+)/),
    Varnish: first("varnishd", ["-V"], /varnish-(\S+)/),
    wrk: first("wrk", ["-v"], /wrk (\S+)/),
  };
}

function first(program, args, version) {
  const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  return version.exec(`${stdout}${stderr}`)?.[1] ?? "not there";
}
