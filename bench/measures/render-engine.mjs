import { ask } from "../lib/templates.mjs";
import { core } from "../lib/processes.mjs";
import { median } from "../lib/rounds.mjs";
import { bench } from "../lib/scratch.mjs";

export const renderEngine = {
  name: "render-engine",
  says: "the page by the engine alone: at least 2.0 times Handlebars.Net and 0.5 of code written by hand, at most 1 KB a page",
  needs: ["templates"],
  // Short turns, so that a slow moment of the machine hits all of them.
  defaults: { milliseconds: 300, rounds: 21, warmup: 5 },

  async run({ scratch, milliseconds, rounds, warmup }) {
    // The second core is for the compiler behind the running code.
    const peers = JSON.parse(await ask(["engines", bench, milliseconds, rounds, warmup], { scratch, on: `${core.server},${core.load}` }));
    const [ours, guarded, hand] = ["platform", "Handlebars.Net", "hand-written"].map((name) => peers.find((peer) => peer.Name === name));
    for (const { Name, Render, Compile, Bytes } of peers) {
      const compile = Compile.length ? `${median(Compile).toFixed(0).padStart(8)} us to compile` : "";
      console.log(`  ${Name.padEnd(16)}${median(Render).toFixed(1).padStart(7)} us a page ${Bytes.toFixed(0).padStart(8)} bytes ${compile.padEnd(24)}   from ${Math.min(...Render).toFixed(1)} to ${Math.max(...Render).toFixed(1)}`);
    }

    return [
      goal("pages at least 2.0 times Handlebars.Net", byRound(guarded.Render, ours.Render), 2.0),
      goal("pages at least 0.5 of hand-written", byRound(hand.Render, ours.Render), 0.5),
      { text: "at most 1 KB allocated a page", found: `${ours.Bytes.toFixed(0)} bytes`, holds: ours.Bytes <= 1024 },
      goal("page and partials compiled at least 50 times faster than by Handlebars.Net", byRound(guarded.Compile, ours.Compile), 50),
    ];
  },
};

const byRound = (theirs, ours) => median(theirs.map((time, i) => time / ours[i]));

const goal = (text, found, least) => ({ text, found: found.toFixed(2), holds: found >= least });
