// Helpers that both sides know under the same names; Differential/Helpers.cs is the other half.
export function helpers({ createFrame, SafeString }) {
  // Each helper gets Handlebars' options last.
  const split = (all) => [all.slice(0, -1), all.at(-1)];
  const first = (all) => split(all)[0][0];
  // An undefined argument is none; nothing tells it from null here.
  const given = (hash) => Object.keys(hash).filter((name) => hash[name] != null);
  // What is printed is no map with a key "string".
  const closed = (safe) => Object.defineProperty(safe, "string", { enumerable: false });
  // A block that declares a parameter which its helper does not give reads a property of undefined there.
  const body = (options, context, more) => options.fn(context, { blockParams: [], ...more });
  const otherwise = (options, context) => options.inverse(context, { blockParams: [] });
  return {
    echo: (...all) => first(all),
    nothing: () => null,
    truth: (...all) => split(all)[0].every((value) => value === true),
    count: (...all) => split(all)[0].length,
    safe: (...all) => closed(new SafeString(typeof first(all) === "string" ? first(all) : "<i>")),
    pair: (a, b, ...more) => (more.length && typeof a === "string" && typeof b === "string" ? [a, b] : []),
    many: (...all) => split(all)[0],
    keys: (...all) => given(split(all)[1].hash).sort().join(","),
    hash: (...all) => ({ ...split(all)[1].hash }),
    get: (...all) => split(all)[1].hash.key,
    position: (...all) => split(all)[1].data.index,
    fail: () => { throw new Error("asked to fail"); },

    wrap(...all) {
      const [, options] = split(all);
      return options.fn ? `[${body(options, this)}|${otherwise(options, this)}]` : "wrap";
    },
    twice(...all) {
      const [, options] = split(all);
      return options.fn ? `${body(options, first(all))}${body(options, first(all))}` : "twice";
    },
    bind(...all) {
      const [values, options] = split(all);
      return options.fn ? body(options, this, { blockParams: values }) : "bind";
    },
    frame(...all) {
      const [, options] = split(all);
      if (!options.fn) return "frame";
      const data = createFrame(options.data);
      data.extra = first(all);
      return body(options, this, { data });
    },
    swap(...all) {
      const [, options] = split(all);
      return options.fn ? `${otherwise(options, this)}${body(options, this)}` : "swap";
    },
    raw(...all) {
      const [, options] = split(all);
      return options.fn ? body(options, this) : "raw";
    },
    shape(...all) {
      const [values, options] = split(all);
      return `${options.fn ? "block" : "value"} ${values.length} ${given(options.hash).length}`;
    },
  };
}

export const inline = ["echo", "nothing", "truth", "count", "safe", "pair", "many", "keys", "hash", "get", "position", "shape"];
export const block = ["wrap", "twice", "bind", "frame", "swap", "shape"];
