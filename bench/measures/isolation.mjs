import { isHit } from "../lib/answer.mjs";
import { ProbeSite } from "../lib/probe-site.mjs";
import { Random } from "../lib/random.mjs";
import { ticket } from "../lib/tickets.mjs";
import { asking, Visitors } from "../lib/visitors.mjs";

const users = 1000;
const domains = Array.from({ length: 20 }, (_, i) => ({ domain: `d${i}.example`, theme: `t${i % 5}` }));
const pages = 2;
const clears = 2;

export const isolation = {
  name: "isolation",
  says: `${users} users, ${domains.length} domains, 5 themes, the same paths: no answer is another's; every body compared`,
  needs: ["platform", "probe"],
  defaults: { requests: 1000000, seed: 1 },
  most: 1e9,

  async run({ scratch, requests, seed }) {
    const site = new ProbeSite(scratch, { domains, config: "cache:\n  max_size_mb: 512\n" });
    const server = await site.start();
    const random = new Random(seed);
    const cookies = Array.from({ length: users }, (_, i) => ticket(ProbeSite.secret, `token${i}`, i % 3 ? [] : ["news.write"]));
    const visitors = await Visitors.open([server], 64);
    let [left, hits, foreign] = [requests, 0, 0];
    const next = () => {
      if (left-- <= 0) return null;
      // Now and then all pages are made anew, beside others that are stored.
      if (left % Math.ceil(requests / clears) === 0) site.clear(server).catch((error) => visitors.fail({ text: "clear\r\n\r\n" }, error.message));
      const user = random.chance(0.1) ? null : random.below(users);
      const { domain, theme } = random.pick(domains);
      const [kind, page] = [random.pick(["user", "site"]), random.below(pages)];
      const shown = `${kind === "user" ? `user ${user === null ? "-" : `token${user}`}, ` : ""}site ${domain}, ${theme}, page ${page}`;
      return { text: asking(`/${kind}/${page}`, { host: host(domain, random), headers: user === null ? {} : { Cookie: cookies[user] } }), shown, body: ProbeSite.page(theme, shown) };
    };

    await visitors.ask(next, (answer, asked) => {
      if (isHit(answer)) hits++;
      if (answer.status === 200 && answer.body === asked.body) return null;
      if (/token\d/.test(answer.body)) foreign++;
      return `${answer.status} ${answer.body.slice(0, 120)}; expected ${asked.shown}`;
    });
    visitors.close();
    console.log(`  ${visitors.answers.toLocaleString("en")} answers, ${hits.toLocaleString("en")} of them hits; ${foreign} with a token that was not expected`);
    return [
      visitors.goal("every answer is the visitor's own"),
      { text: "a quarter of the answers are hits, else nothing was tried", found: `${((100 * hits) / visitors.answers).toFixed(0)} %`, holds: hits > visitors.answers / 4 },
    ];
  },
};

/** The same domain, as it may be written. */
function host(domain, random) {
  return random.pick([domain, domain, domain, domain.toUpperCase(), `${domain}.`, `${domain}:80`]);
}
