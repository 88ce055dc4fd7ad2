// Data for generated templates: the names that the templates use, mostly with values of the kind they expect.
const strings = [
  "Ann", "", "a b", "<b>bold</b>", "&amp; & \"q\" 'q' `b` =", "ünï 😀 日本", "0", "1", "false", "null", " ", "line\nbreak", "tab\t", "p1", "p2", "{{name}}",
  "</script>", "x".repeat(70), "ẞ\u00a0\u2028", "'`=".repeat(9), "é\u0301<", "&#x27;", "\\",
];
const numbers = [0, -0, 1, -1, 2, 7, 42, 0.1, 0.2 + 0.1, 1e21, 1e20, 123456789012345680000, 1e-7, 0.000001, 1.5, -2.25, 1e100, 5e-324, 1.7976931348623157e308, 4294967296, 9007199254740991, -9007199254740991, 100, 1e15, 123.456, 0.5e-10, 2 ** 53, 1 / 3];
const partialNames = ["p0", "p1", "p2", "p3", "dir/p4", "p-5", "nope"];

const string = (random) => random.pick(strings);
const number = (random) => random.pick(numbers);
const flag = (random) => random.chance(0.5);
const list = (random, of, most = 4) => Array.from({ length: random.below(most) }, () => of(random));

function scalar(random) {
  return random.weighted([[6, string], [4, number], [2, flag], [1, () => null]])(random);
}

function any(random, depth = 0) {
  if (depth > 2) return scalar(random);
  return random.weighted([
    [6, scalar],
    [2, (r) => list(r, (s) => any(s, depth + 1))],
    [2, (r) => Object.fromEntries(list(r, (s) => [s.pick(names), any(s, depth + 1)]))],
    [1, () => []],
    [1, () => ({})],
  ])(random);
}

function item(random, depth = 0) {
  return {
    name: string(random),
    n: number(random),
    yes: flag(random),
    ...(random.chance(0.3) ? { which: random.pick(partialNames) } : {}),
    ...(random.chance(0.3) ? { map: map(random) } : {}),
    ...(depth < 2 ? { kids: list(random, (r) => item(r, depth + 1), 3) } : {}),
  };
}

function map(random) {
  const keys = ["k", "a b", "x-y", "name", "z", "0", "1", "10", "été", "length"];
  return Object.fromEntries(list(random, (r) => [r.pick(keys), scalar(r)], 5));
}

const fields = {
  name: string, title: string, html: string, empty: () => "",
  n: number, zero: () => 0, neg: () => -3,
  yes: () => true, no: () => false, nil: () => null,
  list: (r) => list(r, scalar), items: (r) => list(r, item), grid: (r) => list(r, (s) => list(s, scalar)), none: () => [],
  map, kids: (r) => list(r, item), nested: (r) => ({ name: string(r), map: map(r), list: list(r, scalar), nested: { name: string(r), n: number(r) } }),
  blank: () => ({}), which: (r) => r.pick(partialNames), "a b": scalar, "x-y": scalar, été: scalar, echo: scalar, if: scalar, "0": scalar, length: scalar,
};

/** Every name that data may have; "missing" is never there. */
export const names = [...Object.keys(fields), "missing"];

/** One model. Now and then a name holds what nobody expects there, or the model is no map at all. */
export function model(random) {
  if (random.chance(0.02)) return any(random);
  const result = {};
  for (const [name, of] of Object.entries(fields)) {
    if (random.chance(0.25)) continue;
    result[name] = random.chance(0.12) ? any(random) : of(random);
  }
  return result;
}

/** JSON that keeps what JSON.stringify loses: -0. */
export function json(value) {
  if (Array.isArray(value)) return `[${value.map(json).join(",")}]`;
  if (value && typeof value === "object") return `{${Object.entries(value).map(([key, of]) => `${JSON.stringify(key)}:${json(of)}`).join(",")}}`;
  return Object.is(value, -0) ? "-0.0" : JSON.stringify(value);
}
