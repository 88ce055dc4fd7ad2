// Templates from a seed: all that the language has, in proportions that make its parts meet.
import { names } from "./data.mjs";
import { block, inline } from "./helpers.mjs";

const parts = ["p0", "p1", "p2", "p3", "dir/p4", "p-5"];
const texts = ["a", "b ", " c", "<b>", "</b>", "&", "\\", " }", " }}", "é😀", "'\"", "x y", "0", "$1", "/", "~", "<!-- -->", "\u00a0"];
const spaces = ["\n", "\n\n", "  ", "\t", "\r\n", " \n", "\n  ", "\n \t"];
const literals = ["\"s\"", "'t'", "\"a\\\"b\"", "'a\\'b'", "\"\"", "0", "1", "-1", "1.5", "-0", "007", "1.50", "12345678901234567890", "true", "false", "null", "undefined", "\"<&\"", "'{{x}}'", "\"}}\"", "\"p1\""];
const dataNames = ["@index", "@key", "@first", "@last", "@root", "@root.name", "@root.list", "@root.items.[0].name", "@../index", "@../key", "@../../index", "@missing", "@extra", "@../extra", "@root.map.[a b]"];
const simpleNames = ["name", "title", "html", "n", "yes", "no", "nil", "list", "items", "map", "kids", "nested", "which", "missing", "zero"];
const mostDepth = 4;

export class Grammar {
  constructor(random) {
    this.random = random;
  }

  /** A template, its partials, and options (rarely any). */
  pair() {
    const r = this.random;
    const partials = {};
    for (const [i, name] of parts.entries()) {
      // A partial calls only those after it, so that only data and inline partials can make a recursion.
      if (r.chance(0.97)) partials[name] = this.body({ depth: 2, bound: [], parts: parts.slice(i + 1), inPartial: true, most: 3 });
    }
    const at = { depth: 0, bound: [], parts, inPartial: false, most: 5 };
    const template = this.node(at) + this.body(at);
    return { template, partials, options: r.chance(0.12) ? this.options() : {} };
  }

  options() {
    const r = this.random;
    const on = {};
    for (const name of ["strict", "assumeObjects", "compat", "noEscape", "preventIndent", "ignoreStandalone", "explicitPartialContext", "knownHelpersOnly"]) {
      if (r.chance(0.16)) on[name] = true;
    }
    // Together they fail on every name in Handlebars.js.
    if (on.strict) delete on.compat;
    if (r.chance(0.1) || on.knownHelpersOnly) on.knownHelpers = inline.concat(block).filter(() => r.chance(0.7));
    return on;
  }

  body(at) {
    const r = this.random;
    let out = "";
    for (let i = 0, count = r.below(at.most + 1); i < count; i++) out += this.node(at);
    return out;
  }

  node(at) {
    const r = this.random;
    const deep = at.depth >= mostDepth;
    const made = r.weighted([
      [14, () => this.text()],
      [14, () => this.mustache(at)],
      [2, () => this.escape(at)],
      [2, () => this.comment()],
      [deep ? 0 : 5, () => this.conditional(at)],
      [deep ? 0 : 5, () => this.each(at)],
      [deep ? 0 : 4, () => this.with(at)],
      [deep ? 0 : 4, () => this.section(at)],
      [deep ? 0 : 3, () => this.inverted(at)],
      [deep ? 0 : 4, () => this.helperBlock(at)],
      [at.parts.length || at.inPartial ? 7 : 0, () => this.partial(at)],
      [deep ? 0 : 3, () => this.partialBlock(at)],
      [deep ? 0 : 1.5, () => this.inlinePartial(at)],
      [deep ? 0 : 0.7, () => this.rawBlock(at)],
    ])();
    // Alone on a line, where white space matters.
    return r.chance(0.4) ? `${r.chance(0.8) ? "\n" : ""}${r.pick(["", "", " ", "  ", "\t"])}${made}${r.pick(["", " ", "\r", ""])}\n` : made;
  }

  text() {
    const r = this.random;
    let out = "";
    for (let i = 0, count = 1 + r.below(3); i < count; i++) out += r.chance(0.35) ? r.pick(spaces) : r.pick(texts);
    return r.chance(0.005) ? `${out}{` : out;
  }

  /** A tag: white space control and white space inside. */
  tag(open, inside, close) {
    const r = this.random;
    const space = () => (r.chance(0.85) ? "" : r.pick([" ", "\n", "  ", "\t"]));
    const tilde = () => (r.chance(0.1) ? "~" : "");
    const [braces, sign] = [/^\{+/.exec(open)[0], open.replace(/^\{+/, "")];
    // Three braces have their tilde inside of two: {{~{x}~}}.
    if (braces === "{{{") return `{{${tilde()}{${sign}${space()}${inside}${space()}}${tilde()}}}`;
    return `${braces}${tilde()}${sign}${space()}${inside}${space()}${tilde()}${close ?? "}}"}`;
  }

  segment() {
    return this.random.pick(names.map((name) => (/^[\p{L}]+$/u.test(name) ? name : `[${name}]`)));
  }

  path(at) {
    const r = this.random;
    const name = () => (r.chance(0.8) ? r.pick(simpleNames) : this.segment());
    const sep = () => (r.chance(0.85) ? "." : "/");
    return r.weighted([
      [12, name],
      [5, () => `${name()}${sep()}${name()}`],
      [1, () => `${name()}${sep()}${name()}${sep()}${name()}`],
      [5, () => r.pick(["this", ".", "this.name", "./name", "this/name", "this.this", "./this", "this.list.[0]", "./[a b]"])],
      [5, () => `../${r.chance(0.3) ? "../" : ""}${name()}`],
      [2, () => r.pick(["..", "../..", "../.", "../this", "../this.name", "../../../name"])],
      [6, () => r.pick(dataNames)],
      [at.bound.length ? 10 : 0, () => `${r.pick(at.bound)}${r.chance(0.3) ? `.${name()}` : ""}`],
      [3, () => r.pick(["list.[0]", "list.length", "name.length", "items.1.name", "items.[0].kids", "map.[a b]", "map.x-y", "nested.nested.name", "grid.[0].[1]", "nested.map.k", "map.[0]", "name.[0]", "constructor", "name.constructor", "list.concat", "__proto__", "map.toString", "map.length"])],
    ])();
  }

  param(at, depth = 0) {
    const r = this.random;
    return r.weighted([[6, () => this.path(at)], [4, () => r.pick(literals)], [depth > 2 ? 0 : 2.5, () => this.sub(at, depth + 1)]])();
  }

  sub(at, depth = 0) {
    const r = this.random;
    return r.weighted([
      [2, () => `(lookup ${this.param(at, depth)} ${this.param(at, depth)})`],
      [6, () => `(${r.chance(0.95) ? r.pick(inline) : this.path(at)}${this.args(at, depth)})`],
    ])();
  }

  args(at, depth = 0, most = 3) {
    const r = this.random;
    let out = "";
    for (let i = 0, count = r.below(most); i < count; i++) out += ` ${this.param(at, depth)}`;
    return out + this.hash(at, depth);
  }

  hash(at, depth = 0) {
    const r = this.random;
    let out = "";
    if (r.chance(0.25)) for (let i = 0, count = 1 + r.below(2); i < count; i++) out += ` ${r.pick(["key", "name", "n", "list", "[a b]", "été", "this"])}=${this.param(at, depth + 1)}`;
    return out;
  }

  mustache(at) {
    const r = this.random;
    const inside = r.weighted([
      [10, () => this.path(at)],
      [1, () => r.pick(literals)],
      [1, () => `lookup ${this.param(at)} ${this.param(at)}`],
      [4, () => `${r.pick(inline)}${this.args(at)}`],
      [0.3, () => `${this.path(at)} ${this.param(at)}`],
      [0.3, () => r.pick(["./echo 1", "this.echo 1", "./echo", "echo.length", "../echo", "[echo] 1", "\"echo\" 2", "'count' 1 2", "0 1"])],
      [0.02, () => this.sub(at)],
      [0.1, () => `${r.pick(["if", "each", "with", "unless", "log"])} ${this.param(at)}`],
    ])();
    return this.tag(r.weighted([[8, "{{"], [1.5, "{{{"], [1, "{{&"]]), inside);
  }

  escape(at) {
    return this.random.pick(["\\", "\\\\", "\\\\\\"]) + this.mustache(at) + this.random.pick(["", "x", "\n", "\\{{y}} "]);
  }

  comment() {
    const r = this.random;
    return r.pick(["{{! plain }}", "{{!-- with }} and {{x}} --}}", "{{!}}", "{{!-- --}}", "{{~! x ~}}", "{{~!-- y --~}}", "{{!-- a\nb --}}", "{{! a\n b}}", "{{!--}}--}}", "{{!-x}}"]);
  }

  /** What stands between open and close: a body, and perhaps else parts. */
  inside(at, chains = true) {
    const r = this.random;
    const deeper = { ...at, depth: at.depth + 1, most: 3 };
    let out = this.body(deeper);
    for (let i = 0; chains && i < 2 && r.chance(0.2); i++) out += this.elseChain(at) + this.body(deeper);
    if (r.chance(0.3)) out += (r.chance(0.6) ? this.tag("{{", "else") : r.pick(["{{^}}", "{{~^}}", "{{^~}}", "{{~^~}}"])) + this.body({ ...at, depth: at.depth + 1, most: 2 });
    return out;
  }

  elseChain(at) {
    const r = this.random;
    return this.tag("{{", r.weighted([
      [4, () => `else if ${this.param(at)}`],
      [1, () => `else unless ${this.param(at)}`],
      [2, () => `else with ${this.param(at)}${r.chance(0.3) ? " as |v|" : ""}`],
      [2, () => `else each ${this.param(at)}${r.chance(0.3) ? " as |v i|" : ""}`],
      [1, () => `else ${this.path(at)}`],
      [1, () => `else ${r.pick(block)}${this.args(at)}`],
    ])());
  }

  close(name) {
    return this.tag("{{/", name);
  }

  bind(at, most, part = 0.3) {
    const r = this.random;
    if (!r.chance(part)) return ["", at];
    const bound = ["x", "y", "name"].slice(0, 1 + r.below(most)).map((name) => (r.chance(0.9) ? name : r.pick(["list", "echo", "if", "été"])));
    return [` as |${bound.join(" ")}|`, { ...at, bound: [...at.bound, ...bound] }];
  }

  conditional(at) {
    const r = this.random;
    const name = r.chance(0.75) ? "if" : "unless";
    const zero = r.chance(0.1) ? ` includeZero=${r.pick(["true", "false", "yes", "1"])}` : "";
    return this.tag("{{#", `${name} ${this.param(at)}${zero}`) + this.inside(at) + this.close(name);
  }

  each(at) {
    const r = this.random;
    const [as, inner] = this.bind(at, 2);
    const over = r.chance(0.6) ? r.pick(["list", "items", "map", "kids", "none", "grid", "this", "nested", "../items", "@root.items", "name", "nil"]) : this.param(at);
    return this.tag("{{#", `each ${over}${as}`) + this.inside(inner) + this.close("each");
  }

  with(at) {
    const [as, inner] = this.bind(at, 1);
    const over = this.random.chance(0.5) ? this.random.pick(["nested", "map", "nested.nested", "items.[0]", "this", ".", "..", "name", "n", "blank"]) : this.param(at);
    return this.tag("{{#", `with ${over}${as}`) + this.inside(inner) + this.close("with");
  }

  section(at) {
    const r = this.random;
    const [as, inner] = this.bind(at, 2, 0.03);
    const path = r.chance(0.04) ? r.pick(["\"name\"", "'list'", "0", "true", "null", "\"echo\""]) : this.path(at);
    return this.tag("{{#", path + as) + this.inside(inner) + this.close(path);
  }

  inverted(at) {
    const r = this.random;
    const [name, args] = r.weighted([[5, () => [this.path(at), ""]], [2, () => ["if", ` ${this.param(at)}`]], [1, () => [r.pick(block), this.args(at)]], [1, () => ["each", ` ${this.path(at)}`]]])();
    return this.tag("{{^", name + args) + this.inside(at, r.chance(0.03)) + this.close(name);
  }

  helperBlock(at) {
    const r = this.random;
    const name = r.pick(block);
    const [as, inner] = this.bind(at, 3);
    return this.tag("{{#", name + this.args(at) + as) + this.inside(inner) + this.close(name);
  }

  partialName(at) {
    const r = this.random;
    const name = r.chance(0.98) && at.parts.length ? r.pick(at.parts) : "nope";
    if (at.inPartial && r.chance(0.2)) return "@partial-block";
    return r.weighted([[8, () => name], [1, () => `"${name}"`], [0.5, () => `[${name}]`], [0.4, () => `(lookup ${this.param(at)} "which")`], [0.4, () => "(lookup . 'which')"], [0.7, () => `(echo "${name}")`], [0.3, () => "(echo which)"], [0.1, () => "mine"]])();
  }

  partialArgs(at) {
    const r = this.random;
    return (r.chance(0.3) ? ` ${this.param(at)}` : "") + this.hash(at);
  }

  partial(at) {
    return this.tag("{{>", ` ${this.partialName(at)}${this.partialArgs(at)}`);
  }

  partialBlock(at) {
    const name = this.partialName(at);
    if (name.startsWith("(")) return this.partial(at);
    const own = this.random.chance(0.2) ? this.inlinePartial(at) : "";
    return this.tag("{{#>", ` ${name}${this.partialArgs(at)}`) + own + this.body({ ...at, depth: at.depth + 1, most: 3 }) + this.close(name);
  }

  inlinePartial(at) {
    const r = this.random;
    // Handlebars.js counts the parameters of the blocks around wrongly here.
    if (at.bound.length) return "";
    const name = r.chance(0.7) || !at.parts.length ? "mine" : r.pick(at.parts);
    const body = this.body({ ...at, depth: at.depth + 1, most: 3, parts: at.parts.slice(at.parts.indexOf(name) + 1), inPartial: true });
    const call = r.chance(0.6) ? this.tag("{{>", ` ${name}${this.partialArgs(at)}`) : "";
    return this.tag("{{#*", `inline "${name}"`) + body + this.close("inline") + call;
  }

  rawBlock(at) {
    const r = this.random;
    const name = r.chance(0.7) ? "raw" : r.pick(["wrap", "bind", "name", "list", "missing", "each", "if"]);
    return `{{{{${name}${this.args(at)}}}}}${r.pick(["", " a ", "{{x}}", "{{{x}}", "\n  {{#if}}\n", "{{{{b}}}} {{{{/b}}}}"])}{{{{/${name}}}}}`;
  }
}

/** A template with a mistake, most of the time. */
export function broken(random, template) {
  const r = random;
  const at = r.below(template.length + 1);
  const put = (text) => template.slice(0, at) + text + template.slice(at);
  const tags = [...template.matchAll(/\{\{[^{}]*\}\}/g)];
  // A letter of two halves stays whole.
  return r.weighted([
    [3, () => put(r.pick(["{{", "}}", "{{/x}}", "{{else}}", "{{#if x}}", "{{/if}}", "{{^}}", "{{{{", "{{>", "{{#*inline}}", "{{x y=}}", "{{.x}}", "{{#if a as |x|}}", "{{a/../b}}", "{{[x}}", "{{\"}}", "{{(a}}", "{{#x}}", "{{!--", "|", "{{{x}}", "{{@}}", "{{x=1}}", "{{/", "{{#each as |a|}}{{/each}}", "{{#each a as ||}}{{/each}}", "{{foo (bar)baz}}", "{{* x}}", "{{&& x}}", "{{> a b c}}", "{{foo..bar}}", "{{../@index}}", "{{grid.0.1}}", "{{^}}", "{{1.2.3}}", "{{a b=c d}}"]))],
    [2, () => template.slice(0, at)],
    [2, () => template.slice(0, at) + template.slice(at + 1 + r.below(3))],
    [2, () => (tags.length ? ((tag) => template.slice(0, tag.index) + template.slice(tag.index + tag[0].length))(r.pick(tags)) : put("{{"))],
    [1, () => (tags.length ? ((tag) => put(tag[0]))(r.pick(tags)) : put("}}"))],
  ])().toWellFormed();
}
