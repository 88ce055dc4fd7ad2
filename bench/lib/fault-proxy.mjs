// A connection to Redis that can be cut, slowed down and lied on.
import { connect, createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

export class FaultProxy {
  #to;
  #server;
  #lines = new Set();
  /** What becomes of a reply: (bytes, line) => nothing; null: it goes through at once. */
  #reply = null;
  /** What is said in answer to a request instead of asking Redis: (bytes, line) => nothing. */
  #request = null;
  #isCut = false;

  static async create(port) {
    const proxy = new FaultProxy();
    proxy.#to = port;
    proxy.#server = createServer((client) => proxy.#accept(client));
    await new Promise((done) => proxy.#server.listen(0, "127.0.0.1", done));
    proxy.#server.unref();
    proxy.port = proxy.#server.address().port;
    return proxy;
  }

  /** Connections end, and new ones end at once. */
  cut() {
    this.#isCut = true;
    this.#end();
  }

  /** Nothing goes through any more, and nobody is told. */
  silence() {
    this.#reply = () => {};
    this.#request = () => {};
  }

  /** Each reply comes later. */
  late(ms) {
    this.#reply = async (bytes, line) => { await delay(ms); line.client.write(bytes); };
  }

  /** One byte each 100 ms, in order. */
  drip() {
    this.#reply = (bytes, line) => {
      line.dripped = line.dripped.then(async () => {
        for (let i = 0; i < bytes.length && !line.client.destroyed && this.#reply; i++) {
          await delay(100);
          line.client.write(bytes.subarray(i, i + 1));
        }
      });
    };
  }

  /** Half of each reply, then the connection is reset. */
  reset() {
    this.#reply = (bytes, line) => line.client.write(bytes.subarray(0, bytes.length >> 1), () => line.client.resetAndDestroy());
  }

  /** Half of the next reply on each connection, then silence. */
  half() {
    this.#reply = (bytes, line) => {
      if (!line.isHalved) line.client.write(bytes.subarray(0, bytes.length >> 1));
      line.isHalved = true;
    };
  }

  /** Every request gets this instead of a reply. */
  say(reply) {
    this.#request = (bytes, line) => {
      for (let i = commands(bytes); i > 0; i--) line.client.write(reply);
    };
  }

  /** All is well again. Connections that were silent or lied on end: what they said can't be trusted. */
  heal() {
    this.#isCut = false;
    const wasIll = this.#reply !== null || this.#request !== null;
    this.#reply = this.#request = null;
    if (wasIll) this.#end();
  }

  close() {
    this.#server.close();
    this.#end();
  }

  #accept(client) {
    if (this.#isCut) return client.destroy();
    const line = { client, redis: connect({ host: "127.0.0.1", port: this.#to, noDelay: true }), isHalved: false, dripped: Promise.resolve() };
    client.setNoDelay(true);
    this.#lines.add(line);
    client.on("data", (bytes) => (this.#request ? this.#request(bytes, line) : line.redis.write(bytes)));
    line.redis.on("data", (bytes) => (this.#request ? undefined : this.#reply ? this.#reply(bytes, line) : client.write(bytes)));
    for (const [one, other] of [[client, line.redis], [line.redis, client]]) {
      one.on("error", () => {});
      one.on("close", () => { this.#lines.delete(line); other.destroy(); });
    }
  }

  #end() {
    for (const { client } of this.#lines) client.destroy();
  }
}

/** How many commands begin in the bytes: each is an array of texts. */
function commands(bytes) {
  return (bytes.latin1Slice().match(/\*\d+\r\n\$/g) ?? []).length;
}
