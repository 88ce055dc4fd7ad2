// This project's engine: a process that reads a case a line and answers a line.
import { createInterface } from "node:readline";
import { json } from "./data.mjs";

export class Ours {
  #child;
  #waiting = [];
  #ended = false;

  constructor(child) {
    this.#child = child;
    createInterface({ input: child.process.stdout }).on("line", (line) => this.#waiting.shift().done(JSON.parse(line)));
    child.ended.then(() => {
      this.#ended = true;
      for (const { fail, asked } of this.#waiting) fail(new Ended(asked, child.exited));
    });
    child.process.stdin.on("error", () => { /* told by its end */ });
  }

  /** Renders a case with each of its models: { out } or { error }. Throws Ended, with the case, where the process is gone. */
  ask(asked) {
    return new Promise((done, fail) => {
      if (this.#ended) return fail(new Ended(asked, this.#child.exited));
      this.#waiting.push({ done, fail, asked });
      this.#child.process.stdin.write(json(asked) + "\n");
    });
  }
}

export class Ended extends Error {
  constructor(asked, how) {
    super(`the process ${how} while it had this case:\n${json(asked)}`);
    this.asked = asked;
  }
}
