// A throw-away folder for one run: logs, the assembled site, nginx's files.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const bench = resolve(import.meta.dirname, "..");
export const root = resolve(bench, "..");
export const pageFile = join(bench, "page", "page.html");

export class Scratch {
  #path;

  get path() {
    if (!this.#path) {
      this.#path = mkdtempSync(join(tmpdir(), "bench-"));
      // nginx's worker is another user.
      chmodSync(this.#path, 0o755);
    }
    return this.#path;
  }

  folder(name) {
    const path = join(this.path, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  remove() {
    if (this.#path) rmSync(this.#path, { recursive: true, force: true });
  }
}
