// The twin of contract: the same plugin in another language.
import { block, CallError, Decimal, Double, escape, fail, Html, ok, proceed, answer, redirect, serve } from "./platform-plugin.mjs";

let inForce;
let asked = 0;
let turns = 0;

const onPurpose = () => Object.assign(new Error("thrown on purpose"), { name: "InvalidOperationException" });
const text = (value) => (value === null || value === undefined || (typeof value === "object" && !(value instanceof Html || value instanceof Decimal)) ? "" : String(value));

const values = () => ({
  nothing: null,
  yes: true,
  no: false,
  zero: 0,
  minus: -7,
  largest: 9007199254740991,
  whole: new Double(1),
  half: 1.5,
  third: 0.1 + 0.2,
  huge: 1e300,
  tiny: 1e-7,
  price: new Decimal("1.10"),
  long_price: new Decimal("12345678901234567890.123456789"),
  text: "a & b <i> \"c\" 'd' `e` =",
  letters: "äöü € 😀 \u2028\u0001\t\n",
  half_pair: "\ud83d!",
  empty: "",
  $cost: "a key with a $",
  no_items: [],
  no_keys: {},
  items: [1, 2.5, "three", null, true, ["deep", { $k: new Double(1) }]],
  map: { b: 1, a: { price: new Decimal("2.50") } },
});

serve({
  name: "contract",
  version: "1.0.0",
  wants: ["headers", "body"],

  init(config) {
    inForce = config;
    config.log.information("is there");
  },

  reload(config) { inForce = config; },
  dispose() { inForce.log.information("is disposed"); },

  work: {
    seconds: 1,
    run() {
      if (inForce.settings.greeting === "Fail") throw onPurpose();
      inForce.log.information(`turn ${++turns} of ${inForce.settings.greeting}`);
    },
  },

  async dataFor(path, request, signal) {
    const { greeting } = inForce.settings;
    switch (path) {
      case "values": return { data: values() };
      case "helped": return { data: { greeting, words: ["a", "<b>"] } };
      case "settings": return { data: { value: greeting, made: ++asked }, tags: ["contract"] };
      case "template": return { data: { value: greeting }, template: "other" };
      case "short": return { data: { value: "short" }, ttl: 0 };
      case "gone": return { data: { value: "gone" }, status: 410, headers: { "X-Contract": "gone" } };
      case "route": return { data: { value: `${request.route.id} ${request.urlPath}` } };
      case "query": return { data: { value: request.query.q } };
      case "user": return { data: { value: `${request.user.id} ${request.user.name} ${request.user.permissions.join(",")}` } };
      case "header": return { data: { value: request.headers["x-contract"] } };
      case "throws": throw onPurpose();
      case "slow":
        await new Promise((_, failed) => signal.addEventListener("abort", () => failed(new Error("nobody waits"))));
        return null;
      default: return null;
    }
  },

  globalData: () => ({ data: { site_name: "Contract & Sons" } }),

  async apiDispatch(app, request) {
    switch (request.method) {
      case "ok": return ok(values());
      case "created": return ok("made", 201, { "X-Contract": "made" });
      case "refused": return fail(404, "thing_unknown", "There is no such thing.", "/things", { "X-Contract": "refused" });
      case "throws": throw onPurpose();
      case "echo": return ok(`${app} ${request.module} ${request.httpMethod} ${request.body.toString()}`);
      case "purge":
        await inForce.purge(["contract"]);
        return ok("purged");
      case "log":
        inForce.log.warning("a line\nand another");
        return ok("logged");
      default: return null;
    }
  },

  middleware: {
    slot: "before_page",
    invoke({ urlPath }) {
      if (urlPath === "/blocked") return answer(451, "not here", undefined, { "X-Contract": "blocked" });
      if (urlPath === "/moved") return redirect("/settings", 301, { "X-Contract": "moved" });
      return proceed({ "X-Middleware": "seen" });
    },
  },

  helpers: {
    shout: (call) => text(call.arguments[0]).toUpperCase() + (call.named.end ?? "!"),
    badge: (call) => new Html(`<b>${escape(text(call.arguments[0]))}</b>`),
    same: (call) => call.arguments[0],
    pair: (call) => ({ first: call.arguments[0], rest: call.arguments.slice(1) }),
    async around(call) {
      const context = await call.context();
      return context !== null && typeof context === "object" ? context.greeting : context;
    },
    times: block(async (block) => {
      const [count] = block.arguments;
      if (count === 0 && block.hasElse) await block.renderElse();
      for (let turn = 0; turn < count; turn++) await block.render({ variables: { turn }, parameters: [String(turn + 1), new Html("<u>")] });
    }),
    frame: block(async (block) => block.write(`<div>${(await block.capture()).trim()}</div>`)),
    inside: block((block) => block.render({ context: { word: block.arguments[0], html: "<i>" } })),
    wrong(call) { throw new CallError(`'${text(call.arguments[0])}' is not what it takes.`); },
    fails() { throw onPurpose(); },
  },
});
