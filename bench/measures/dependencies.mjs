import { isHit } from "../lib/answer.mjs";
import { until } from "../lib/http.mjs";
import { ProbeSite } from "../lib/probe-site.mjs";
import { asking, Visitors } from "../lib/visitors.mjs";

const all = 1000;
const each = 37;
const theme = "wwwroot/templates/themes/default";

/** What is edited, the pages it is part of, and what these show of it then. */
const kinds = [
  { name: "partial", path: (n) => `/partial/${n}`, edit: (site) => site.write(`${theme}/__shared.html`, "<b>edited</b>\n"), shows: /<b>edited<\/b>/ },
  { name: "asset", path: (n) => `/asset/${n}`, edit: (site) => site.write(`${theme}/assets/site.css`, "p { color: blue }\n"), shows: /site\.css\?v/ },
  { name: "plugin", path: (n) => `/stamp/${n}`, edit: (site) => site.plugin("other", { only: "stamp" }, { number: 1, stamp: 2 }), shows: /stamp-00000002/ },
  { name: "route", path: (n) => `/route/${n}`, edit: (site) => { site.routes.at(-2).template = "other"; site.writeRoutes(); }, shows: /<p>fixed<\/p><i>other<\/i>/ },
  { name: "tag", path: (n) => `/tag/${n}`, edit: (site, server) => site.clear(server, "tagged"), shows: /stamp-/ },
];

export const dependencies = {
  name: "dependencies",
  says: `${all} stored pages, one thing edited that ${each} of them are made of: ${each} misses and ${all - each} hits; partial, asset, plugin, route, tag`,
  needs: ["platform", "probe"],
  defaults: { rounds: 1 },

  async run({ scratch, rounds }) {
    const goals = [];
    for (let round = 0; round < rounds; round++) {
      for (const kind of kinds) goals.push(...(await measure(scratch, kind)));
    }
    return goals;
  },
};

/** A site of its own for each, so that what one edit does is no other's doing. */
async function measure(scratch, kind) {
  const site = assemble(scratch);
  const server = await site.start();
  const paths = [...kinds.flatMap((one) => Array.from({ length: each }, (_, n) => one.path(n))), ...Array.from({ length: all - kinds.length * each }, (_, n) => `/plain/${n}`)];
  const before = new Map();
  for (let turn = 0; turn < 3; turn++) await askAll(server, paths, (path, answer) => before.set(path, answer));
  const stored = [...before.values()].filter(isHit).length;
  if (stored !== all) throw new Error(`${stored} hits of ${all} pages found before anything was edited; expected all.`);

  await kind.edit(site, server);
  await site.reload(server);
  // A plugin takes over once it is ready.
  if (kind.name === "plugin" && (await until(`${server.origin}/now`, ({ body }) => kind.shows.test(body), { server: server.child })) === null) throw new Error("the new version of the plugin was not served within 20 s.");
  const [missed, old, wrong] = [[], [], []];
  await askAll(server, paths, (path, answer) => {
    const isOf = paths.indexOf(path) >= kinds.indexOf(kind) * each && paths.indexOf(path) < (kinds.indexOf(kind) + 1) * each;
    if (!isHit(answer)) (isOf ? missed : wrong).push(path);
    if (isOf && (!kind.shows.test(answer.body) || (kind.name !== "tag" && answer.body === before.get(path).body))) old.push(path);
    if (!isOf && answer.body !== before.get(path).body) old.push(path);
  });
  await server.child.stop();
  console.log(`  ${kind.name}: ${missed.length + wrong.length} misses, ${all - missed.length - wrong.length} hits${wrong.length ? `; misses for nothing: ${wrong.slice(0, 3).join(" ")}${wrong.length > 3 ? " …" : ""}` : ""}`);
  return [
    { text: `${kind.name}: ${each} misses, ${all - each} hits`, found: `${missed.length} misses of its pages, ${wrong.length} of others`, holds: missed.length === each && wrong.length === 0 },
    { text: `${kind.name}: no page is the old one`, found: old.length ? `${old.length}: ${old.slice(0, 3).join(" ")}` : "none", holds: old.length === 0 },
  ];
}

function assemble(scratch) {
  const site = new ProbeSite(scratch, {
    settings: { only: "fixed tagged" },
    routes: [{ path: "/tag/{n}", handler: "tagged", template: "probe" }, { path: "/now", handler: "stamp", template: "probe", cache: false }, { path: "/route/{n}", handler: "fixed", template: "probe" }, { path: "/plain/{n}", template: "plain" }],
  });
  site.plugin("other", { only: "stamp" }, { number: 1 });
  site.write(`${theme}/__shared.html`, "<b>as written</b>\n");
  site.write(`${theme}/assets/site.css`, "p { color: red }\n");
  site.write(`${theme}/other.html`, "<p>{{shown}}</p><i>other</i>\n");
  site.write(`${theme}/plain.html`, "<p>{{route.n}}</p>\n");
  for (let n = 0; n < each; n++) {
    site.write(`${theme}/partial/${n}.html`, `<p>${n}</p>{{> __shared}}\n`);
    site.write(`${theme}/asset/${n}.html`, `<p>${n}</p><link href="{{asset "site.css"}}">\n`);
  }
  return site;
}

async function askAll(server, paths, take) {
  const visitors = await Visitors.open([server], 8);
  let at = 0;
  await visitors.ask(() => (at < paths.length ? { path: paths[at], text: asking(paths[at++]) } : null), (answer, { path }) => {
    take(path, answer);
    return answer.status === 200 ? null : `${answer.status}`;
  });
  visitors.close();
  if (visitors.failed) throw new Error(`${visitors.failed} failed: ${visitors.failures[0]}`);
}
