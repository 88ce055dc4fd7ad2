// Makes a failing case small: whatever can go while the difference stays, goes.

/** `differs(case)` says whether the two sides still disagree; it is asked for so many seconds. */
export async function shrink(asked, differs, seconds) {
  let best = asked;
  const end = performance.now() + 1000 * seconds;
  const attempt = async (next) => {
    if (performance.now() > end || !(await differs(next))) return false;
    best = next;
    return true;
  };

  for (let before = null; before !== size(best) && performance.now() < end;) {
    before = size(best);
    for (const name of Object.keys(best.options)) await attempt({ ...best, options: without(best.options, name) });
    for (const name of Object.keys(best.partials)) await attempt({ ...best, partials: without(best.partials, name) });
    await shrinkText(() => best.template, (template) => attempt({ ...best, template: template.toWellFormed() }));
    for (const name of Object.keys(best.partials)) {
      await shrinkText(() => best.partials[name], (text) => attempt({ ...best, partials: { ...best.partials, [name]: text.toWellFormed() } }));
    }
    await shrinkValue(() => best.models[0], (model) => attempt({ ...best, models: [model] }));
  }
  return best;
}

const size = (asked) => JSON.stringify(asked).length;

const without = (map, name) => Object.fromEntries(Object.entries(map).filter(([key]) => key !== name));

/** Tags and text first in large parts, then pairs (open and close), then the words within. */
async function shrinkText(text, attempt) {
  await dropRuns(text, attempt, (value) => value.match(/\{\{\{\{[^{}]*\}\}\}\}|\{\{!--[\s\S]*?--~?\}\}|\{\{[^{}]*\}\}\}?|\{\{\{[^{}]*\}\}\}|\n|[^{\n]+|[\s\S]/g) ?? []);
  await dropPairs(text, attempt, (value) => value.match(/\{\{[^{}]*\}\}\}?|\{\{\{[^{}]*\}\}\}|[^{]+|[\s\S]/g) ?? []);
  await dropRuns(text, attempt, (value) => value.match(/\s+|[\p{L}\p{N}]+|[\s\S]/gu) ?? []);
}

async function dropRuns(text, attempt, split) {
  for (let run = Math.max(1, split(text()).length >> 1); run >= 1; run >>= 1) {
    for (let at = 0; at < split(text()).length;) {
      const tokens = split(text());
      if (!(await attempt(tokens.filter((_, i) => i < at || i >= at + run).join("")))) at += run;
    }
  }
}

async function dropPairs(text, attempt, split) {
  for (let a = 0; a < split(text()).length; a++) {
    for (let b = a + 1; b < split(text()).length && b < a + 16; b++) {
      const tokens = split(text());
      if (await attempt(tokens.filter((_, i) => i !== a && i !== b).join(""))) b = a;
    }
  }
}

async function shrinkValue(value, put) {
  const now = value();
  if (now === null || now === 1 || now === "a") return;
  if (typeof now !== "object") {
    for (const simple of [1, "a"]) if (await put(simple)) return;
    return;
  }
  if (await put(Array.isArray(now) ? [] : {})) return;
  for (const key of Object.keys(now).reverse()) {
    await put(Array.isArray(now) ? now.filter((_, i) => i !== Number(key)) : without(now, key));
  }
  for (const key of Object.keys(value() ?? {})) {
    await shrinkValue(() => value()[key], (next) => put(Array.isArray(value()) ? value().map((old, i) => (i === Number(key) ? next : old)) : { ...value(), [key]: next }));
  }
}
