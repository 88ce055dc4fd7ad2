import { health } from "../lib/http.mjs";
import { nginxCache, varnish } from "../lib/peers.mjs";
import { ProbeSite } from "../lib/probe-site.mjs";
import { ticket } from "../lib/tickets.mjs";
import { asking, Visitors } from "../lib/visitors.mjs";

const who = ["-", "token1", "token2"];

export const proxies = {
  name: "proxies",
  says: "two users and nobody take turns behind nginx proxy_cache and Varnish as they come: nobody sees another's page",
  needs: ["nginx", "varnishd", "platform", "probe"],
  defaults: { requests: 10000 },
  most: 1e9,

  async run({ scratch, requests }) {
    const site = new ProbeSite(scratch);
    const server = await site.start();
    const goals = [];
    for (const front of [nginxCache, varnish]) {
      const proxy = await front(scratch, server, { path: "/fixed" });
      const before = await asked(server);
      const visitors = await Visitors.open([proxy], 8);
      let left = requests;
      await visitors.ask(() => (left-- > 0 ? turn(left) : null), ({ status, body }, { shown }) =>
        status === 200 && body === ProbeSite.page("default", shown) ? null : `${status} ${body.slice(0, 100)}; expected ${shown}`);
      visitors.close();
      const reached = (await asked(server)) - before;
      console.log(`  ${proxy.name}: ${visitors.answers.toLocaleString("en")} answers, for ${reached.toLocaleString("en")} of which this server was asked`);
      goals.push(visitors.goal(`${proxy.name}: everybody sees the own page`));
    }
    return goals;
  },
};

/** In turn: a page of one's own, and one that is everybody's. */
function turn(number) {
  const user = who[number % who.length];
  const kind = number % 2 ? "user" : "site";
  const shown = `${kind === "user" ? `user ${user}, ` : ""}site 127.0.0.1, default, page 1`;
  return { shown, text: asking(`/${kind}/1`, { headers: user === "-" ? {} : { Cookie: tickets.get(user) } }) };
}

const tickets = new Map(who.slice(1).map((user) => [user, ticket(ProbeSite.secret, user)]));

/** Requests that the server's cache has answered or not. */
async function asked(server) {
  const { hits, misses } = (await health(server)).cache;
  return hits + misses;
}
