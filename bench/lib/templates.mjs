// The .NET half of the template measures.
import { once } from "node:events";
import { join } from "node:path";
import { processes } from "./processes.mjs";
import { bench } from "./scratch.mjs";

export const templates = join(bench, "templates", "bin", "Release", "net10.0", "templates");

/** Runs it to its end and gives what it printed; throws where it fails, with how it `ended`. */
export async function ask(args, { scratch, on }) {
  const child = processes.start("templates", templates, args.map(String), { scratch, on, isPiped: true });
  let printed = "";
  child.process.stdout.setEncoding("utf8").on("data", (part) => { printed += part; });
  await Promise.all([child.ended, once(child.process.stdout, "close")]);
  if (child.exited !== "ended with 0") throw Object.assign(new Error(`templates ${args[0]} ${child.exited}.\n${printed}`), { ended: child.exited });
  return printed;
}
