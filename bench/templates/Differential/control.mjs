// Handlebars.js, the control.
import { createRequire } from "node:module";
import { join } from "node:path";
import { bench } from "../../lib/scratch.mjs";
import { helpers } from "./helpers.mjs";

const Handlebars = createRequire(join(bench, "peers", "handlebars", "package.json"))("handlebars");
const environment = Handlebars.create();
// It tells of names that it refuses; above its highest level nothing is told.
Handlebars.logger.level = 9;
for (const [name, helper] of Object.entries(helpers(Handlebars))) environment.registerHelper(name, helper);

export const version = Handlebars.VERSION;

/** Renders a case with each of its models: { out } or { error }. */
export function control({ template, partials, options, models }) {
  const { knownHelpers, ...rest } = options;
  const compileOptions = () => ({ ...rest, ...(knownHelpers ? { knownHelpers: Object.fromEntries(knownHelpers.map((name) => [name, true])) } : {}) });
  const compiled = environment.compile(template, compileOptions());
  const compiledPartials = Object.fromEntries(Object.entries(partials).map(([name, text]) => [name, environment.compile(text, compileOptions())]));
  return models.map((model) => {
    try {
      return { out: compiled(model, { partials: compiledPartials }) };
    } catch (error) {
      return { error: error.message };
    }
  });
}
