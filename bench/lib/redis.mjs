// A Redis that can be killed, frozen and asked how often it was used.
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { core, freePort, processes } from "./processes.mjs";

export class Redis {
  #scratch;
  #process;
  #line;

  static async create(scratch) {
    const redis = new Redis();
    redis.#scratch = scratch;
    redis.port = await freePort();
    await redis.start();
    return redis;
  }

  /** On the load's core: what a dead Redis costs the server shall show, not what a live one takes from it. Ahead of the load (as root): a Redis has a machine of its own. */
  async start() {
    const folder = this.#scratch.folder("redis");
    this.#process = processes.start("redis", "nice", ["-n", "-10", "redis-server",
      "--bind", "127.0.0.1", "--port", String(this.port), "--dir", folder, "--save", "", "--appendonly", "no"], { scratch: this.#scratch, on: core.load });
    for (let i = 0; i < 500; i++) {
      if (this.#process.exited) throw new Error("redis-server has ended.");
      this.#line = connect({ host: "127.0.0.1", port: this.port }).on("error", () => {});
      if (await this.command("PING").catch(() => null)) return;
      await delay(10);
    }

    throw new Error("redis-server: no answer within 5 s.");
  }

  async kill() {
    this.#process.signal("SIGKILL");
    await this.#process.ended;
  }

  freeze() { this.#process.signal("SIGSTOP"); }

  thaw() { this.#process.signal("SIGCONT"); }

  /** How many keys were looked up since it was started. */
  async lookups() {
    const stats = await this.command("INFO", "stats");
    const number = (key) => Number(new RegExp(`${key}:(\\d+)`).exec(stats)[1]);
    return number("keyspace_hits") + number("keyspace_misses");
  }

  /** Sends one command and gives its reply as it came: over a connection that is there already, so that a Redis that lets nobody in still hears it. */
  async command(...words) {
    this.#line.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`);
    let text = "";
    // A text of a known length, or one line.
    while (!/^[+:-].*\r\n$/.test(text) && (!/^\$\d+\r\n[^]*\r\n$/.test(text) || text.length < Number(text.slice(1, text.indexOf("\r\n"))))) {
      const [part] = await once(this.#line, "data");
      text += part;
    }

    return text;
  }
}
