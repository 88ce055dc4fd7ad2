// A Redis that can be killed, frozen and asked how often it was used.
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { core, freePort, processes } from "./processes.mjs";

export class Redis {
  #scratch;
  #process;
  #password = null;

  static async create(scratch) {
    const redis = new Redis();
    redis.#scratch = scratch;
    redis.port = await freePort();
    await redis.start();
    return redis;
  }

  /** On the load's core: what a dead Redis costs the server shall show, not what a live one takes from it. */
  async start() {
    this.#password = null;
    const folder = this.#scratch.folder("redis");
    this.#process = processes.start("redis", "redis-server",
      ["--bind", "127.0.0.1", "--port", String(this.port), "--dir", folder, "--save", "", "--appendonly", "no"], { scratch: this.#scratch, on: core.load });
    for (let i = 0; i < 500; i++) {
      if (this.#process.exited) throw new Error("redis-server has ended.");
      if (await this.#info("server").catch(() => null)) return;
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
    const stats = await this.#info("stats");
    const number = (key) => Number(new RegExp(`${key}:(\\d+)`).exec(stats)[1]);
    return number("keyspace_hits") + number("keyspace_misses");
  }

  /** Asks for a password from now on, of everybody. */
  async lock(password) {
    await this.command("CONFIG", "SET", "requirepass", password);
    this.#password = password || null;
  }

  /** Sends one command over a connection of its own; its reply as it came. */
  async command(...words) {
    const socket = connect({ host: "127.0.0.1", port: this.port });
    try {
      socket.setTimeout(2000, () => socket.destroy(new Error("redis-server: no answer within 2 s.")));
      const write = (parts) => socket.write(`*${parts.length}\r\n${parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join("")}`);
      if (this.#password) {
        write(["AUTH", this.#password]);
        await once(socket, "data");
      }
      write(words);
      let text = "";
      // A text of a known length, or one line.
      while (!/^[+:-].*\r\n$/.test(text) && (!/^\$\d+\r\n[^]*\r\n$/.test(text) || text.length < Number(text.slice(1, text.indexOf("\r\n"))))) {
        const [part] = await once(socket, "data");
        text += part;
      }

      return text;
    } finally {
      socket.destroy();
    }
  }

  #info(section) {
    return this.command("INFO", section);
  }
}
