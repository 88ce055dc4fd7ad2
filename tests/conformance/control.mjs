// The control: what handlebars.js makes of every case. Writes [{ section, index, passed, got }] to the file named.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import Handlebars from "handlebars";

const [out] = process.argv.slice(2);
const folder = new URL("node_modules/handlebars-spec/spec/", import.meta.url);

// The names that the cases' functions expect around them.
globalThis.Handlebars = Handlebars;
globalThis.equal = globalThis.equals = (found, expected, message) => {
  if (found !== expected) throw new Error(message ?? `${found} found; expected ${expected}`);
};

const results = readdirSync(folder).flatMap((file) => {
  const section = file.replace(/\.json$/, "");
  const cases = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  return cases.map((one, index) => ({ section, index, ...outcome(section, one) }));
});
writeFileSync(out, JSON.stringify(results));

function outcome(section, one) {
  let got;
  try {
    got = made(section, one);
  } catch (error) {
    return { passed: says(error.message, one.exception), got: `error: ${error.message}` };
  }
  return { passed: !one.exception && isDeepStrictEqual(got, one.expected), got: typeof got === "string" ? got : JSON.stringify(got) };
}

/** Whether an error says what the case wants: anything, a text, or what a pattern matches. */
function says(message, wanted) {
  const pattern = /^\/(.*)\/$/s.exec(wanted ?? "");
  return wanted === true || (pattern ? new RegExp(pattern[1]).test(message) : Boolean(wanted) && message.includes(wanted));
}

function made(section, one) {
  if (section === "tokenizer") return tokens(one.template);
  if (section === "parser") return Handlebars.print(Handlebars.parse(one.template));
  return rendered(one);
}

function rendered(one) {
  // Cases keep counters in these.
  Object.assign(globalThis, { value: 1, lastOptions: undefined, run: false });
  const { data, helpers, partials, decorators, runtimeOptions } = revived(one);
  const template = Handlebars.create().compile(one.template, one.compileOptions);
  return template(data, { ...runtimeOptions, helpers, partials, decorators });
}

function tokens(template) {
  const { lexer, terminals_: names } = Handlebars.Parser;
  lexer.setInput(template);
  const found = [];
  for (let token = lexer.lex(); token; token = lexer.lex()) {
    const name = names[token] ?? token;
    if (name === "EOF" || name === "INVALID") break;
    found.push({ name, text: lexer.yytext });
  }
  return found;
}

/** The case's values: functions from their source, lists with holes from their entries. */
function revived(value) {
  if (value === null || typeof value !== "object") return value;
  if (value["!code"]) return value.javascript && (0, eval)(`(${value.javascript})`);
  if (Array.isArray(value)) return value.map(revived);
  const entries = Object.entries(value).filter(([key]) => key !== "!sparsearray");
  return Object.assign(value["!sparsearray"] ? [] : {}, Object.fromEntries(entries.map(([key, item]) => [key, revived(item)])));
}
