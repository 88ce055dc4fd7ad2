import { isHit } from "../lib/answer.mjs";
import { health } from "../lib/http.mjs";
import { liveAt, ProbeSite } from "../lib/probe-site.mjs";
import { asking, Visitors } from "../lib/visitors.mjs";

const limitMb = 64;
const smallestMb = 1;
const hotPages = 200;
const hotShare = 5;
const leastHot = 0.95;

export const flood = {
  name: "flood",
  says: `unique URLs beside ${hotPages} that are asked again and again, ${limitMb} MB for pages: memory within 10 %, the hot ones stay hits`,
  needs: ["platform", "probe"],
  defaults: { urls: 1000000 },
  most: 1e9,

  async run({ scratch, urls }) {
    // What the server needs besides its pages is what the same flood takes of one that may keep next to none.
    const bare = await measure(scratch, smallestMb, Math.ceil(urls / 5));
    const full = await measure(scratch, limitMb, urls);
    const [grown, held, limit] = [full.resident - bare.resident, full.live - bare.live, limitMb - smallestMb];
    for (const [mb, one] of [[smallestMb, bare], [limitMb, full]]) {
      console.log(`  ${mb} MB for pages: ${one.answers.toLocaleString("en")} answers in ${one.seconds.toFixed(0)} s, resident at most ${one.resident.toFixed(0)} MB (${one.start.toFixed(0)} at start), objects of ${one.live.toFixed(0)} MB held at the end, counted at most ${one.counted.toFixed(1)} MB for ${one.pages.toLocaleString("en")} pages, hot hits ${(100 * one.hot).toFixed(1)} %`);
    }
    return [
      full.goal,
      { text: `pages of at least half of ${limitMb} MB kept, never above`, found: `${full.counted.toFixed(1)} MB`, holds: full.counted <= limitMb && full.counted >= limitMb / 2 },
      { text: `objects held beyond those of a server with ${smallestMb} MB for pages at most ${limit} MB and 10 %`, found: `${held.toFixed(0)} MB`, holds: held <= limit * 1.1 },
      { text: `resident memory beyond that of a server with ${smallestMb} MB for pages at most ${limit} MB and 10 %`, found: `${grown.toFixed(0)} MB`, holds: grown <= limit * 1.1 },
      { text: `at least ${100 * leastHot} % of the hot set are hits`, found: `${(100 * full.hot).toFixed(1)} %`, holds: full.hot >= leastHot },
    ];
  },
};

async function measure(scratch, limit, urls) {
  const site = new ProbeSite(scratch, { config: `cache:\n  max_size_mb: ${limit}\n` });
  const filler = "a page is more than its number. ".repeat(60);
  site.write("wwwroot/templates/themes/default/probe.html", `<p>{{shown}}</p>${filler}\n`);
  const server = await site.start();
  const visitors = await Visitors.open([server], 32);
  const [start, seen] = [server.child.memory(), { resident: 0, counted: 0, pages: 0 }];
  let [asked, unique, hits, hot] = [0, 0, 0, 0];
  const next = () => {
    if (unique >= urls) return null;
    if (asked++ % hotShare === 0) {
      const n = hot++ % hotPages;
      return { isHot: hot > 2 * hotPages, shown: `hot${n}`, text: asking(`/numbered/hot${n}`) };
    }
    const n = unique++;
    // Half of them are paths, half are queries.
    return n % 2 ? { shown: `u${n}`, text: asking(`/numbered/u${n}`) } : { shown: `q u${n}`, text: asking(`/query/1?q=u${n}`) };
  };

  const watch = setInterval(async () => {
    const { cache } = await health(server).catch(() => ({ cache: { bytes: 0, pages: 0 } }));
    seen.resident = Math.max(seen.resident, server.child.memory());
    seen.counted = Math.max(seen.counted, cache.bytes / 1024 / 1024);
    seen.pages = Math.max(seen.pages, cache.pages);
  }, 500);
  const from = performance.now();
  let countedHot = 0;
  await visitors.ask(next, (answer, { isHot, shown }) => {
    if (isHot) countedHot++;
    if (isHot && isHit(answer)) hits++;
    return answer.status === 200 && answer.body === `<p>${shown}</p>${filler}\n` ? null : `${answer.status} ${answer.body.slice(0, 60)}; expected ${shown}`;
  });
  clearInterval(watch);
  visitors.close();
  const live = await liveAt(server);
  await server.child.stop();
  return { ...seen, start, live, answers: visitors.answers, seconds: (performance.now() - from) / 1000, hot: hits / countedHot, goal: visitors.goal("no failed or wrong answer") };
}
