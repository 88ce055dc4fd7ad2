// A load at a fixed rate: each request has its moment, whether earlier ones were answered or not, and its time counts from
// that moment. So a server that stops for a while can't hide it by being asked less.
import { connect } from "node:net";
import { answerIn } from "./answer.mjs";

/** How often it looks whose moment has come: as often as there is one, but within these; each look costs the core that the rest of the load needs. */
const [shortestMs, longestMs] = [2, 5];
/** What comes is read into one buffer, and not into a new one of 64 KB each time. */
const read = Buffer.alloc(65_536);

/**
 * Asks `perSecond` times a second over `connections` kept alive. `paths` are asked in turn; `right(body, path, sent)` says what is wrong
 * with an answer, or null; `sent` is what `mark()` gave when it was asked.
 */
export class Paced {
  #idle = [];
  #all = [];
  #waiting = [];
  #timer;
  #from;
  #planned = 0;
  #stopped = false;
  requests = 0;
  failures = [];
  failed = 0;
  times = [];

  constructor(origin, { perSecond, connections = 32, paths = ["/"], right = () => null, mark = () => null, host = "127.0.0.1" }) {
    const { hostname, port } = new URL(origin);
    Object.assign(this, { at: { host: hostname, port: Number(port) }, perSecond, paths, right, mark });
    this.asks = paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`));
    for (let i = 0; i < connections; i++) this.#open();
    this.#from = performance.now();
    this.#timer = setInterval(() => this.#tick(), Math.min(longestMs, Math.max(shortestMs, Math.floor(1000 / perSecond))));
  }

  /** The figures since the last call. */
  take() {
    const times = Float64Array.from(this.times).sort();
    this.times = [];
    const at = (share) => (times.length ? times[Math.min(times.length - 1, Math.floor(times.length * share))] : 0);
    return { requests: times.length, p50: at(0.5), p99: at(0.99), max: at(1) };
  }

  /** Asks no more, waits for what was asked, closes. */
  async stop() {
    clearInterval(this.#timer);
    this.#stopped = true;
    for (let i = 0; i < 500 && (this.#waiting.length || this.#all.some((one) => one.asked)); i++) await new Promise((done) => setTimeout(done, 10));
    for (const one of this.#all) {
      if (one.asked) this.#fail(one.asked, "no answer within 5 s");
      one.asked = null;
      one.socket.destroy();
    }
  }

  #tick() {
    const due = Math.floor(((performance.now() - this.#from) / 1000) * this.perSecond);
    for (; this.#planned < due; this.#planned++) this.#waiting.push({ number: this.#planned, since: this.#from + ((this.#planned + 1) / this.perSecond) * 1000 });
    this.#send();
  }

  #send() {
    while (this.#waiting.length && this.#idle.length) {
      const one = this.#idle.pop();
      const asked = this.#waiting.shift();
      asked.path = asked.number % this.asks.length;
      asked.mark = this.mark();
      one.asked = asked;
      one.socket.write(this.asks[asked.path]);
    }
  }

  #open() {
    const one = { asked: null, got: null };
    one.socket = connect({ ...this.at, noDelay: true, onread: { buffer: read, callback: (length) => this.#data(one, Buffer.from(read.subarray(0, length))) } });
    this.#all.push(one);
    one.socket.on("connect", () => { this.#idle.push(one); if (!this.#stopped) this.#send(); });
    one.socket.on("error", (error) => (one.error = error.code ?? error.message));
    one.socket.on("close", () => {
      if (one.asked) this.#fail(one.asked, one.error ?? "closed without an answer");
      one.asked = null;
      this.#idle = this.#idle.filter((other) => other !== one);
      this.#all = this.#all.filter((other) => other !== one);
      if (!this.#stopped) setTimeout(() => this.#stopped || this.#open(), 20);
    });
  }

  #data(one, part) {
    one.got = one.got ? Buffer.concat([one.got, part]) : part;
    const answer = one.asked && answerIn(one.got);
    if (!answer) return;
    const { asked } = one;
    one.got = null;
    one.asked = null;
    this.requests++;
    this.times.push(performance.now() - asked.since);
    const wrong = answer.status === 200 ? this.right(answer.body, this.paths[asked.path], asked.mark) : `status ${answer.status}`;
    if (wrong) this.#fail(asked, wrong);
    this.#idle.push(one);
    this.#send();
  }

  #fail(asked, why) {
    this.failed++;
    if (this.failures.length < 5) this.failures.push(`${this.paths[asked.path]}: ${why}`);
  }
}
