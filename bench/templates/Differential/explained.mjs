// Differences that are meant. Each is a change to Handlebars.js' own lines: what then comes out as here is explained by it, and nothing else is.
import { Control } from "./control.mjs";

export const explanations = [
  {
    name: "block parameters",
    reason: "a parameter that nothing gives is empty here; Handlebars.js fails on it, or finds the parameters of a block around",
    edits: [
      ["runtime.js", "blockParams && [options.blockParams].concat(blockParams)", "blockParams && [options.blockParams || []].concat(blockParams)"],
      ["helpers/block-helper-missing.js", "return fn(context, options);", "return fn(context, { data: options.data });"],
    ],
  },
  {
    name: "no context",
    reason: "a block in a context that is null has null as its context; Handlebars.js puts an empty map there",
    edits: [["compiler/javascript-compiler.js", "' : (container.nullContext || {})'", "' : null'"]],
  },
  {
    name: "same context",
    reason: "../ skips what has the same context; Handlebars.js takes a list and its only value for the same",
    edits: ["depths[0]", "options.depths[0]"].map((outer) =>
      ["runtime.js", `context != ${outer}`, `(typeof context === "object" || typeof ${outer} === "object" ? (context ?? null) !== (${outer} ?? null) : context != ${outer})`]),
  },
  {
    name: "compat, falsy context",
    reason: "a name that is looked for from within 0, \"\" or false is found further out; Handlebars.js takes the 0, \"\" or false for it",
    edits: [["runtime.js", "depths[i] && container.lookupProperty(depths[i], name)", "depths[i] != null ? container.lookupProperty(depths[i], name) : undefined"]],
  },
  {
    name: "name of a dynamic partial",
    reason: "with explicitPartialContext, Handlebars.js takes the context that is not there for the name",
    edits: [["compiler/compiler.js", "if (this.options.explicitPartialContext) {\n        this.opcode('pushLiteral', 'undefined');", "if (this.options.explicitPartialContext) {\n        params.push({ type: 'UndefinedLiteral', original: undefined, value: undefined });"]],
  },
  {
    name: "strict mode",
    reason: "a name that is only inherited (constructor) is not in the data, and the length of an empty text is; for Handlebars.js it is the other way round",
    edits: [["runtime.js", "if (!obj || !(name in obj)) {", "if (obj == null || !Object.prototype.hasOwnProperty.call(obj, name)) {"]],
  },
  {
    name: "order of hash arguments",
    reason: "arguments by name keep the order in which they are written; Handlebars.js turns it round",
    edits: [["compiler/javascript-compiler.js", "this.push(this.objectLiteral(hash.values));", "this.push(this.objectLiteral(Object.fromEntries(Object.entries(hash.values).reverse())));"]],
  },
  {
    name: "hash over a list or text",
    reason: "a partial's arguments by name are added to a map; Handlebars.js makes a map of a list's or text's places too",
    edits: [["runtime.js", "Utils.extend({}, context, options.hash)", "Utils.extend({}, typeof context === 'object' && !Array.isArray(context) ? context : {}, options.hash)"]],
  },
  {
    name: "helper by its first name",
    reason: "(if.x) and (./if) are paths; Handlebars.js takes their first part for a built-in helper",
    edits: [["compiler/compiler.js", "if (this.options.knownHelpers[name]) {", "if (this.options.knownHelpers[name] && _ast2['default'].helpers.simpleId(path)) {"]],
  },
  {
    name: "undefined",
    reason: "an argument by name that is undefined is there, and empty; Handlebars.js leaves it out where it is written as such",
    edits: [["compiler/code-gen.js", "if (value !== 'undefined') {", "if (value !== '') {"]],
  },
  {
    name: "decorators",
    reason: "a decorator other than inline is refused when the template is read; Handlebars.js misses it when it comes by",
    edits: [["compiler/compiler.js", "this.useDecorators = true;", "if (path.original !== 'inline') throw new Error(path.original); this.useDecorators = true;"]],
  },
  {
    name: "adjacent numbers",
    reason: "{{{a}}}{{{b}}} prints both; Handlebars.js adds them where both are numbers or flags",
    edits: [["compiler/javascript-compiler.js", `[' != null ? ', current, ' : ""']`, `[' != null ? "" + ', current, ' : ""']`]],
  },
  {
    name: "argument given twice",
    reason: "the first one counts and the other is not looked at; Handlebars.js compiles it too",
    edits: [["compiler/compiler.js", "var pairs = hash.pairs,", "var pairs = hash.pairs.filter(function (pair, i, all) { return all.findIndex(function (other) { return other.key === pair.key; }) === i; }),"]],
  },
  {
    name: "lookup",
    reason: "lookup takes a map and a key; with one argument Handlebars.js looks for its own options",
    edits: [["helpers/lookup.js", "if (!obj) {", "if (arguments.length !== 3) throw new Error('lookup');\n    if (!obj) {"]],
  },
];

/** Names the explanation of a difference; undefined where there is none. */
export class Explainer {
  #controls = new Map();
  #scratch;

  constructor(scratch) {
    this.#scratch = scratch;
  }

  explain(asked, isSame) {
    for (const { name, edits } of explanations) if (isSame(this.#render(name, edits, asked))) return name;
    return isSame(this.#render("several", explanations.flatMap(({ edits }) => edits), asked)) ? "several of these" : undefined;
  }

  /** Whether any explanation would change what Handlebars.js gives. */
  touches(asked, { out, error }) {
    return explanations.some(({ name, edits }) => {
      const other = this.#render(name, edits, asked);
      return other.out !== out || (other.error === undefined) !== (error === undefined);
    });
  }

  #render(name, edits, asked) {
    if (!this.#controls.has(name)) this.#controls.set(name, Control.edited(this.#scratch.folder(`handlebars-${this.#controls.size}`), edits));
    try {
      return this.#controls.get(name).render(asked)[0];
    } catch (error) {
      return { error: error.message };
    }
  }
}
