// What a process holds of the machine: memory, files, threads, children.
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { dirname } from "node:path";

export function held(child) {
  const status = read(`/proc/${child.pid}/status`);
  const number = (key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return { mb: number("VmRSS") / 1024, threads: number("Threads"), files: files(child.pid), children: child.tree().length - 1 };
}

/** Open files and sockets. The server's own assemblies and the runtime's are no part of it: each is opened when it is first needed, and stays so. */
function files(pid) {
  const own = dirname(link(`/proc/${pid}/exe`));
  const open = list(`/proc/${pid}/fd`).map((name) => link(`/proc/${pid}/fd/${name}`));
  return open.filter((file) => !/\.dll$/.test(file) || !(file.startsWith(`${own}/`) || file.includes("/shared/Microsoft."))).length;
}

function list(folder) {
  try { return readdirSync(folder); } catch { return []; }
}

function link(path) {
  try { return readlinkSync(path); } catch { return ""; }
}

function read(path) {
  try { return readFileSync(path, "utf8"); } catch { return ""; }
}
