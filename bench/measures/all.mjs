// The measures, in the order they are listed.
import { hit } from "./hit.mjs";
import { notmodified } from "./notmodified.mjs";
import { render } from "./render.mjs";
import { start } from "./start.mjs";
import { diffHandlebars } from "./diff-handlebars.mjs";
import { escaping } from "./escaping.mjs";
import { fuzzTemplates } from "./fuzz-templates.mjs";
import { renderEngine } from "./render-engine.mjs";
import { faultsRedis } from "./faults-redis.mjs";
import { swap } from "./swap.mjs";
import { hostile } from "./hostile.mjs";
import { hang } from "./hang.mjs";
import { childKill } from "./child-kill.mjs";
import { frames } from "./frames.mjs";
import { pluginCall } from "./plugin-call.mjs";
import { spec } from "./spec.mjs";

export const measures = [hit, notmodified, render, start, faultsRedis, swap, hostile, hang, childKill, frames, pluginCall, spec, diffHandlebars, fuzzTemplates, escaping, renderEngine];
