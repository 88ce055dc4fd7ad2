import { isHit } from "../lib/answer.mjs";
import { noFailures } from "../lib/goals.mjs";
import { ProbeSite } from "../lib/probe-site.mjs";
import { interleave, median, print, ratios } from "../lib/rounds.mjs";
import { asking, Visitors } from "../lib/visitors.mjs";

const large = { routes: 10000, templates: 10000, plugins: 50, pages: 100000 };
const fewPages = 100;
const memory = "cache:\n  max_size_mb: 1024\n";
const limits = { rate: 0.9, startMs: 1000 };

export const scale = {
  name: "scale",
  says: "10,000 routes, 10,000 templates, 50 plugins, 100,000 stored pages: a hit costs what it costs on a small site; starts within 1 s",
  needs: ["wrk", "platform", "probe"],
  defaults: { seconds: 3, rounds: 15, warmup: 3, starts: 3 },

  async run({ scratch, seconds, rounds, warmup, starts }) {
    const times = { templates: await startTimes(templatesOnly(scratch), starts), all: await startTimes(everything(scratch), starts) };
    const [small, big] = [await site(scratch).start(), await everything(scratch).start()];
    for (const [server, pages] of [[small, fewPages], [big, large.pages]]) await fill(server, pages);
    const of = (server, name, pages) => ({ ...server, name, url: `${server.origin}/page/1`, load: { script: "many-pages.lua", args: [pages] } });
    const servers = [of(small, "small site", fewPages), of(big, "large site, same pages", fewPages), of(big, "large site, all pages", large.pages)];
    const results = await interleave(servers, { scratch, seconds, rounds, warmup, right: (_, bytes) => bytes > 100 });
    print(results, "small site");
    for (const [what, all] of Object.entries(times)) console.log(`  start with ${what === "all" ? "all of it" : "10,000 templates"}: ${all.map((ms) => ms.toFixed(0)).join(" ")} ms`);
    const kept = results.slice(1).map((result) => ({ text: `${result.name}: a hit at least ${limits.rate} of the small site's rate`, ratio: median(ratios(result, results[0])) }));
    return [
      ...kept.map(({ text, ratio }) => ({ text, found: ratio.toFixed(2), holds: ratio >= limits.rate })),
      { text: `starts within ${limits.startMs} ms with 10,000 templates`, found: `${median(times.templates).toFixed(0)} ms`, holds: median(times.templates) < limits.startMs },
      noFailures(results),
    ];
  },
};

function site(scratch, routes = []) {
  return new ProbeSite(scratch, { config: memory, routes: [{ path: "/page/{n}", handler: "numbered", template: "probe" }, ...routes] });
}

function templatesOnly(scratch) {
  const made = site(scratch);
  addTemplates(made);
  return made;
}

function everything(scratch) {
  const made = site(scratch, Array.from({ length: large.routes }, (_, i) => ({ path: i % 2 ? `/section-${i % 97}/article-${i}` : `/section-${i % 97}/{kind}/article-${i}`, handler: "fixed", template: "probe" })));
  addTemplates(made);
  for (let i = 1; i < large.plugins; i++) made.plugin(`probe-${i}`, { only: `nothing-${i}` }, { number: i });
  return made;
}

/** All but the probe's own. A tenth are partials; the others call one, and show a list. */
function addTemplates(made) {
  for (let i = 0; i < large.templates - 1; i++) {
    const isPartial = i % 10 === 0;
    made.write(`wwwroot/templates/themes/default/${isPartial ? `parts/__p${i}` : `pages/s${i % 97}/p${i}`}.html`,
      `${isPartial ? "" : `{{> parts/__p${i - (i % 10)}}}`}<h1>{{title}} ${i}</h1>\n{{#each items}}<li class="{{#if new}}new{{/if}}"><a href="{{url url}}">{{title}}</a></li>\n{{else}}none{{/each}}\n`);
  }
}

async function startTimes(made, count) {
  const times = [];
  for (let i = 0; i < count; i++) {
    const { startMs, child } = await made.start();
    times.push(startMs);
    await child.stop();
  }
  return times;
}

/** Every page is made, and asked for until it is stored. */
async function fill(server, pages) {
  const visitors = await Visitors.open([server], 32);
  let hits = 0;
  for (let turn = 0; turn < 3; turn++) {
    let at = hits = 0;
    await visitors.ask(() => (at++ < pages ? { text: asking(`/page/${at}`) } : null), (answer) => {
      if (isHit(answer)) hits++;
      return answer.status === 200 ? null : `${answer.status}`;
    });
  }
  visitors.close();
  if (hits < pages || visitors.failed) throw new Error(`${hits} hits of ${pages} pages, ${visitors.failed} failed; expected all pages to be stored.`);
}
