import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { madeAt, ProbeSite } from "../lib/probe-site.mjs";
import { Redis } from "../lib/redis.mjs";
import { asking, Visitors } from "../lib/visitors.mjs";

// Made side by side: a page that waits for a place at the plugin would take longer than a page takes.
const pages = 50;
const makingMs = 100;
const lifeMs = 4000;

export const stampede = {
  name: "stampede",
  says: `many clients ask for ${pages} expired pages at once, at one server and at three that share a Redis: each page is made once a round`,
  needs: ["platform", "probe", "redis-server"],
  defaults: { clients: 500, rounds: 20 },

  async run({ scratch, clients, rounds }) {
    const site = () => new ProbeSite(scratch, { settings: { delay_ms: makingMs, ttl_ms: lifeMs }, config: `plugins:\n  concurrency: ${pages}\n` });
    const goals = await storm("one server", [await site().start()], clients, rounds);
    const redis = await Redis.create(scratch);
    const shared = { env: { PLATFORM_REDIS__CONNECTION: `127.0.0.1:${redis.port}` } };
    const three = site();
    return [...goals, ...(await storm("three servers, one Redis", [await three.start(shared), await three.start(shared), await three.start(shared)], clients, rounds))];
  },
};

async function storm(where, servers, clients, rounds) {
  const visitors = await Visitors.open(servers, clients);
  const begun = [Date.now()];
  // Other pages first: code that is compiled while Redis waits would look like a Redis that does not answer.
  await visitors.ask(everyPage(pages), (answer, asked) => wrong(answer, asked, begun));
  await delay(lifeMs / 2);
  begun.length = 0;
  await counts(servers);
  const made = [];
  for (let round = 0; round < rounds; round++) {
    begun.push(Date.now());
    await visitors.ask(everyPage(), (answer, asked) => wrong(answer, asked, begun));
    const took = Date.now() - begun.at(-1);
    if (took > 0.85 * lifeMs) throw new Error(`a round took ${took} ms, in which pages that live ${lifeMs} ms may have expired a second time; expected less. The machine is too busy.`);
    made.push(await counts(servers));
    // What was made last has expired then.
    await delay(lifeMs + 100);
  }

  visitors.close();
  const not = made.flat().filter((count) => count !== 1);
  const all = made.flat().reduce((sum, count) => sum + count, 0);
  console.log(`  ${where}: ${visitors.answers.toLocaleString("en")} answers, ${all} makings of ${pages * rounds} pages; round by round: ${made.map((counts) => counts.reduce((sum, count) => sum + count, 0)).join(" ")}`);
  const away = servers.map(({ child }) => (readFileSync(child.log, "utf8").match(/pages come from this server's memory until it answers/g) ?? []).length);
  if (away.some((times) => times > 0)) console.log(`  ${where}: Redis did not answer in time, said so ${Math.max(...away)} times: each server makes its own pages then`);
  return [
    { text: `${where}: each page made once a round`, found: not.length ? `${not.length} of ${pages * rounds} not; up to ${Math.max(...not)} times` : "always", holds: not.length === 0 },
    visitors.goal(`${where}: no failed or wrong answer`),
  ];
}

/** Each asks every page once; all begin at once, and not all with the same page. */
function everyPage(first = 0) {
  const asked = [];
  return (visitor) => {
    const number = (asked[visitor] = (asked[visitor] ?? -1) + 1);
    const page = first + ((visitor + number) % pages);
    return number === pages ? null : { page, text: asking(`/made/${page}`) };
  };
}

/** A page is of this round; or, served while it is made anew, of the one before. */
function wrong(answer, { page }, begun) {
  const [, shown, time] = /<p>page (\d+) made (\d+)<\/p>/.exec(answer.body) ?? [];
  if (answer.status !== 200 || Number(shown) !== page) return `${answer.status} ${answer.body.slice(0, 100)}; expected page ${page}`;
  return Number(time) >= (begun.at(-2) ?? begun[0]) ? null : `made ${begun.at(-1) - time} ms before this round; expected this round or the one before`;
}

/** How often each page was made since the last call, by all servers together. */
async function counts(servers) {
  const all = await Promise.all(servers.map(madeAt));
  return Array.from({ length: pages }, (_, page) => all.reduce((sum, one) => sum + (one.get(String(page)) ?? 0), 0));
}
