// Helpers that both sides know under the same names; Differential/Helpers.cs is the other half.
export function helpers({ createFrame, SafeString }) {
  // Each helper gets Handlebars' options last.
  const split = (all) => [all.slice(0, -1), all.at(-1)];
  const inverse = (options, context) => (options.inverse ? options.inverse(context) : "");
  return {
    echo: (value) => value,
    nothing: () => null,
    truth: (...all) => split(all)[0].every((value) => value === true),
    count: (...all) => split(all)[0].length,
    safe: (value) => new SafeString(typeof value === "string" ? value : "<i>"),
    pair: (a, b) => (typeof a === "string" && typeof b === "string" ? [a, b] : []),
    many: (...all) => split(all)[0],
    keys: (...all) => Object.keys(split(all)[1].hash).join(","),
    hash: (...all) => ({ ...split(all)[1].hash }),
    get: (...all) => split(all)[1].hash.key,
    index: (...all) => split(all)[1].data.index,
    fail: () => { throw new Error("asked to fail"); },

    wrap(...all) {
      const [, options] = split(all);
      return options.fn ? `[${options.fn(this)}|${inverse(options, this)}]` : "wrap";
    },
    twice(...all) {
      const [[context], options] = split(all);
      return options.fn ? options.fn(context) + options.fn(context) : "twice";
    },
    bind(...all) {
      const [values, options] = split(all);
      return options.fn ? options.fn(this, { blockParams: values }) : "bind";
    },
    frame(...all) {
      const [[value], options] = split(all);
      if (!options.fn) return "frame";
      const data = createFrame(options.data);
      data.extra = value;
      return options.fn(this, { data });
    },
    swap(...all) {
      const [, options] = split(all);
      return options.fn ? inverse(options, this) + options.fn(this) : "swap";
    },
    raw(...all) {
      const [, options] = split(all);
      return options.fn ? options.fn(this) : "raw";
    },
    shape(...all) {
      const [values, options] = split(all);
      return `${options.fn ? "block" : "value"} ${values.length} ${Object.keys(options.hash).length}`;
    },
  };
}

export const inline = ["echo", "nothing", "truth", "count", "safe", "pair", "many", "keys", "hash", "get", "index", "shape"];
export const block = ["wrap", "twice", "bind", "frame", "swap", "shape"];
