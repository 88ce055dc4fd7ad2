import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Agent } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { FaultProxy } from "../lib/fault-proxy.mjs";
import { get } from "../lib/http.mjs";
import { ProbeSite, purge } from "../lib/probe-site.mjs";
import { Redis } from "../lib/redis.mjs";
import { asking, Visitors } from "../lib/visitors.mjs";

const perSecond = 250;
const cutPurges = 1000;
const limits = { staleMs: 1000, healedMs: 2000 };

export const invalidation = {
  name: "invalidation",
  says: "three servers on one Redis: pages are purged by tag, none is stale 1 s later; one is cut off and comes back, none is stale 2 s later (away: seconds)",
  needs: ["platform", "probe", "redis-server"],
  defaults: { purges: 10000, away: 60 },
  most: 1e6,

  async run({ scratch, purges, away }) {
    const redis = await Redis.create(scratch);
    const truth = new Truth(join(scratch.folder("truth"), "versions"), purges);
    const site = new ProbeSite(scratch, { settings: { versions: truth.file }, config: "cache:\n  max_size_mb: 512\n" });
    const start = (port) => site.start({ env: { PLATFORM_REDIS__CONNECTION: `127.0.0.1:${port}` } });
    const servers = [await start(redis.port), await start(redis.port), await start(redis.port)];
    // Once made, once stored by the server that made it, once by the others.
    for (let turn = 0; turn < 2; turn++) await askAll(servers, purges, truth);

    const goals = [await inService(servers, purges, truth)];
    const proxy = await FaultProxy.create(redis.port);
    await servers.pop().child.stop();
    servers.push(await start(proxy.port));
    for (const how of ["cut", "silence"]) goals.push(...(await cutOff(how, servers, { proxy, away, pages: Math.min(cutPurges, purges), truth })));
    proxy.close();
    truth.close();
    return goals;
  },
};

/** The number each page must show, in a file the servers' plugins read. */
class Truth {
  #file;
  #versions;

  constructor(file, pages) {
    this.file = file;
    this.#file = openSync(file, "w");
    this.#versions = new Uint32Array(pages);
    writeSync(this.#file, new Uint8Array(this.#versions.buffer));
  }

  of(page) { return this.#versions[page]; }

  change(page) {
    this.#versions[page]++;
    writeSync(this.#file, new Uint8Array(this.#versions.buffer, 4 * page, 4), 0, 4, 4 * page);
  }

  /** True where the body shows the page as it was before its last change. */
  isStale(page, body) {
    const [, shown, version] = /page (\d+) version (\d+)/.exec(body) ?? [];
    if (Number(shown) !== page) throw new Error(`page ${page}: ${body.slice(0, 100)} found; expected its number and version.`);
    return Number(version) < this.of(page);
  }

  close() { closeSync(this.#file); }
}

async function inService(servers, purges, truth) {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const [early, late] = [[], []];
  const one = async (page) => {
    truth.change(page);
    await purge(servers[page % servers.length], `v${page}`);
    // Every second page is asked for in the very moment, which puts what was not purged yet to the test of being put back.
    if (page % 2) await look(page, early);
    await delay(limits.staleMs);
    await look(page, late);
  };
  const look = async (page, stale) => {
    for (const [i, server] of servers.entries()) {
      const { status, body } = await get(`${server.origin}/version/${page}`, {}, 5000, agent);
      if (status !== 200 || truth.isStale(page, body.toString())) stale.push(`page ${page} at server ${i + 1}: ${status}`);
    }
  };

  const from = performance.now();
  const running = [];
  for (let page = 0; page < purges; page++) {
    running.push(one(page));
    const due = ((page + 1) / perSecond) * 1000 - (performance.now() - from);
    if (due > 0) await delay(due);
  }
  await Promise.all(running);
  agent.destroy();
  console.log(`  ${purges.toLocaleString("en")} purges in ${((performance.now() - from) / 1000).toFixed(0)} s; stale in the very moment: ${early.length} answers of ${((3 * purges) / 2).toLocaleString("en")}; ${limits.staleMs} ms later: ${late.length} of ${(3 * purges).toLocaleString("en")}`);
  for (const text of late.slice(0, 5)) console.log(`  ${text}`);
  return { text: `no page is stale ${limits.staleMs} ms after its purge`, found: String(late.length), holds: late.length === 0 };
}

async function cutOff(how, servers, { proxy, away, pages, truth }) {
  await askAll(servers, pages, truth);
  proxy[how]();
  const from = performance.now();
  let meanwhile = 0;
  for (let page = 0; page < pages; page++) {
    truth.change(page);
    await purge(servers[page % 2], `v${page}`);
    const { status } = await get(`${servers[2].origin}/version/${page}`);
    if (status !== 200) meanwhile++;
    await delay(Math.max(0, ((page + 1) / pages) * away * 1000 - (performance.now() - from)));
  }

  const before = await askAll(servers, pages, truth);
  proxy.heal();
  await delay(limits.healedMs);
  const stale = await askAll(servers, pages, truth);
  console.log(`  ${how}: ${pages} pages purged in ${away} s while server 3 was cut off from Redis; it showed ${before} of them stale at the end, ${stale} of ${3 * pages} answers were ${limits.healedMs} ms after it was back`);
  return [
    { text: `${how}: no failed answer meanwhile`, found: String(meanwhile), holds: meanwhile === 0 },
    { text: `${how}: no page is stale ${limits.healedMs} ms after`, found: String(stale), holds: stale === 0 },
  ];
}

/** Every page is asked for at every server; how many were stale. */
async function askAll(servers, pages, truth) {
  let stale = 0;
  for (const server of servers) {
    const visitors = await Visitors.open([server], 16);
    let at = 0;
    await visitors.ask(() => (at < pages ? { page: at, text: asking(`/version/${at++}`) } : null), ({ status, body }, { page }) => {
      if (status === 200 && truth.isStale(page, body)) stale++;
      return status === 200 ? null : String(status);
    });
    visitors.close();
    if (visitors.failed) throw new Error(`${visitors.failed} failed: ${visitors.failures[0]}`);
  }
  return stale;
}
