// One request at a time, and waiting for an answer.
import { Agent, get as request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

const oneRequest = new Agent({ keepAlive: false });

export function get(url, headers = {}, within = 5000, agent = oneRequest) {
  return new Promise((done, fail) => {
    const call = request(url, { headers, agent, timeout: within }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => done({
        status: response.statusCode,
        headers: response.headers,
        headBytes: `HTTP/1.1 ${response.statusCode} ${response.statusMessage}`.length + response.rawHeaders.join("..").length + 6,
        body: Buffer.concat(parts),
      }));
      response.on("error", fail);
    });
    call.on("timeout", () => call.destroy(new Error(`${url}: no answer within ${within} ms`)));
    call.on("error", fail);
  });
}

/** Asks again and again; the milliseconds until `holds(answer)`, or null when the time is over or `server` has ended. */
export async function until(url, holds, { every = 5, within = 20000, server } = {}) {
  const from = performance.now();
  while (performance.now() - from < within && !server?.exited) {
    const answer = await get(url, {}, within).catch(() => null);
    if (answer && holds(answer)) return performance.now() - from;
    await delay(every);
  }
  return null;
}

export const answers200 = (answer) => answer.status === 200;

/** What a server says of itself. */
export async function health(server) {
  return JSON.parse((await get(`${server.origin}/health`)).body);
}
