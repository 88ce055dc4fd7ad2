// The measures, in the order they are listed.
import { hit } from "./hit.mjs";
import { notmodified } from "./notmodified.mjs";
import { render } from "./render.mjs";
import { start } from "./start.mjs";
import { scale } from "./scale.mjs";
import { stampede } from "./stampede.mjs";
import { isolation } from "./isolation.mjs";
import { proxies } from "./proxies.mjs";
import { unkeyed } from "./unkeyed.mjs";
import { flood } from "./flood.mjs";
import { dependencies } from "./dependencies.mjs";
import { invalidation } from "./invalidation.mjs";
import { faultsRedis } from "./faults-redis.mjs";
import { swap } from "./swap.mjs";
import { hostile } from "./hostile.mjs";
import { hang } from "./hang.mjs";
import { childKill } from "./child-kill.mjs";
import { frames } from "./frames.mjs";
import { pluginCall } from "./plugin-call.mjs";
import { renderEngine } from "./render-engine.mjs";
import { parts } from "./parts.mjs";
import { spec } from "./spec.mjs";
import { diffHandlebars } from "./diff-handlebars.mjs";
import { fuzzTemplates } from "./fuzz-templates.mjs";
import { escaping } from "./escaping.mjs";
import { results } from "./results.mjs";

export const measures = [results, hit, notmodified, render, start, scale, stampede, isolation, proxies, unkeyed, flood, dependencies, invalidation, faultsRedis,
  swap, hostile, hang, childKill, frames, pluginCall, renderEngine, parts, spec, diffHandlebars, fuzzTemplates, escaping];
