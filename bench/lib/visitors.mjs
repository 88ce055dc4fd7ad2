// Visitors who each ask, wait for the whole answer, have it looked at, and ask again: as fast as the server answers, every body read.
import { connect } from "node:net";
import { answerIn } from "./answer.mjs";

export class Visitors {
  answers = 0;
  failed = 0;
  failures = [];
  #visitors;

  /** @param servers origins; visitor i goes to the one of its turn. All are connected before anybody asks. */
  static async open(servers, count) {
    const all = new Visitors();
    all.#visitors = Array.from({ length: count }, (_, i) => new Visitor(new URL(servers[i % servers.length].origin), all));
    await Promise.all(all.#visitors.map((one) => one.connected()));
    return all;
  }

  /**
   * Everybody asks until there is nothing more to ask. `next(i)` gives what visitor i asks, { text: the request, ... }, or null;
   * `right(answer, asked)` says what is wrong with an answer, or null.
   */
  async ask(next, right) {
    await Promise.all(this.#visitors.map((one, i) => one.ask(() => next(i), right)));
  }

  close() {
    for (const one of this.#visitors) one.close();
  }

  fail(asked, why) {
    this.failed++;
    if (this.failures.length < 5) this.failures.push(`${asked.text.slice(0, asked.text.indexOf("\r\n\r\n")).replaceAll("\r\n", " | ")}: ${why}`);
  }

  /** The goal that nothing was wrong, with what was. */
  goal(text) {
    for (const failure of this.failures) console.log(`  ${failure}`);
    return { text, found: `${this.failed.toLocaleString("en")} of ${this.answers.toLocaleString("en")}`, holds: this.failed === 0 && this.answers > 0 };
  }
}

/** The text of a request. */
export function asking(path, { host = "127.0.0.1", headers = {} } = {}) {
  return `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}

class Visitor {
  #at;
  #all;
  #socket;
  #asked = null;
  #got = null;
  #next;
  #right;
  #done;
  #error;

  constructor(at, all) {
    [this.#at, this.#all] = [at, all];
  }

  connected() {
    return new Promise((done, fail) => {
      const socket = (this.#socket = connect({ host: this.#at.hostname, port: Number(this.#at.port), noDelay: true }));
      socket.once("connect", done).once("error", fail);
      socket.on("error", (error) => (this.#error = error.code ?? error.message));
      socket.on("data", (part) => this.#data(part));
      socket.on("close", () => this.#closed());
    });
  }

  ask(next, right) {
    [this.#next, this.#right] = [next, right];
    return new Promise((done) => {
      this.#done = done;
      this.#again();
    });
  }

  close() {
    this.#done = null;
    this.#socket.destroy();
  }

  #again() {
    this.#asked = this.#next();
    if (this.#asked) this.#socket.write(this.#asked.text, "latin1");
    else this.#done();
  }

  #data(part) {
    this.#got = this.#got ? Buffer.concat([this.#got, part]) : part;
    const answer = this.#asked && answerIn(this.#got);
    if (!answer) return;
    this.#got = null;
    this.#all.answers++;
    const wrong = this.#right(answer, this.#asked);
    if (wrong) this.#all.fail(this.#asked, wrong);
    this.#again();
  }

  /** Who is cut off has failed, and goes on over a new connection. */
  #closed() {
    this.#got = null;
    if (!this.#asked || !this.#done) return;
    this.#all.fail(this.#asked, this.#error ?? "closed without an answer");
    this.connected().then(() => this.#again(), () => this.#done());
  }
}
