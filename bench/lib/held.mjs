// What a process holds of the machine: memory, files, threads, children.
import { readdirSync, readFileSync } from "node:fs";

export function held(child) {
  const status = read(`/proc/${child.pid}/status`);
  const number = (key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return { mb: number("VmRSS") / 1024, threads: number("Threads"), files: count(`/proc/${child.pid}/fd`), children: child.tree().length - 1 };
}

function count(folder) {
  try { return readdirSync(folder).length; } catch { return 0; }
}

function read(path) {
  try { return readFileSync(path, "utf8"); } catch { return ""; }
}
