// Handlebars.js, the control: as it is, or with some of its lines changed.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { bench } from "../../lib/scratch.mjs";
import { helpers } from "./helpers.mjs";

const require = createRequire(join(bench, "peers", "handlebars", "package.json"));
const sources = join(bench, "peers", "handlebars", "node_modules", "handlebars", "dist", "cjs");

export class Control {
  #environment;

  constructor(Handlebars = require("handlebars")) {
    this.version = Handlebars.VERSION;
    this.#environment = Handlebars.create();
    // It tells of names that it refuses; above its highest level nothing is told.
    Handlebars.logger.level = 9;
    for (const [name, helper] of Object.entries(helpers(Handlebars))) this.#environment.registerHelper(name, helper);
  }

  /** Handlebars.js in a folder of its own with [file, found, put] edits made. */
  static edited(folder, edits) {
    cpSync(sources, folder, { recursive: true });
    for (const [file, found, put] of edits) {
      const path = join(folder, "handlebars", file);
      const text = readFileSync(path, "utf8");
      if (!text.includes(found)) throw new Error(`${file}: '${found}' not found in Handlebars.js; an explanation of differences rests on it.`);
      writeFileSync(path, text.replaceAll(found, put));
    }
    return new Control(require(join(folder, "handlebars.js")).default);
  }

  /** Renders a case with each of its models: { out } or { error }. */
  render({ template, partials, options: { knownHelpers, ...rest }, models }) {
    const options = () => ({ ...rest, ...(knownHelpers ? { knownHelpers: Object.fromEntries(knownHelpers.map((name) => [name, true])) } : {}) });
    const compile = (text) => this.#environment.compile(text, options());
    const compiled = compile(template);
    const compiledPartials = Object.fromEntries(Object.entries(partials).map(([name, text]) => [name, compile(text)]));
    return models.map((model) => {
      try {
        return { out: compiled(model, { partials: compiledPartials }) };
      } catch (error) {
        return { error: error.message };
      }
    });
  }
}
