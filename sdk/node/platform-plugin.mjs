// A plugin for Platform in JavaScript: one file, nothing but Node. See docs/plugin-protocol.md.
//
//   import { serve } from "./platform-plugin.mjs";
//   serve({ name: "hello", dataFor: (path, request) => path === "hello" ? { data: { greeting: `Hello, ${request.route.name}` } } : null });
import { connect } from "node:net";

/** HTML that is printed as it is: what a helper returns. */
export class Html {
  constructor(text) { this.text = String(text); }
  toString() { return this.text; }
}

/** A number of the server's type double, however whole it is. */
export class Double {
  constructor(value) { this.value = Number(value); }
  valueOf() { return this.value; }
}

/** A number with exactly these digits: `new Decimal("1.10")`. */
export class Decimal {
  constructor(text) { this.text = String(text); }
  toString() { return this.text; }
}

/** What is wrong with a helper's call: the template's mistake, not the plugin's. */
export class CallError extends Error {}

/** An API call that failed: `return fail(404, "article_unknown", "There is no such article.")`. */
export const fail = (status, code, message, redirect, headers) => new Failure({ status, code, message, redirect, headers });

/** An API call's answer with another status than 200. */
export const ok = (value, status = 200, headers) => new Success(value, status, headers);

/** A middleware's answers: headers to add, a page, a redirect. */
export const proceed = (headers) => ({ continue: true, headers });
export const answer = (status, body = "", content_type = "text/plain; charset=utf-8", headers) => ({ status, body, content_type, headers });
export const redirect = (location, status = 302, headers) => ({ status, location, headers });

/** Text as HTML that shows it. */
export const escape = (text) => String(text).replace(/[&<>"'`=]/g, (sign) => `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#x27", "`": "#x60", "=": "#x3D" }[sign]};`);

/**
 * Connects to the server and serves until it goes. Of the plugin all but `name` may be left out:
 * - `name`, `version`
 * - `wants`: what requests should bring beside path, query and user: "headers", "cookies", "body", "client_address", "request_id"
 * - `work: { seconds, run(signal) }`: work beside the requests, so many seconds (1 to 86,400) from the end of one turn to the next
 * - `init(config)`, `reload(config)`, `dispose()`; `config` has settings, application, configPath, folder, log, purge(tags)
 * - `dataFor(path, request, signal)`, `globalData(request, signal)`: null, or { data, template, tags, files, ttl, status, headers }
 * - `apiDispatch(app, request, signal)`: null, a value, `ok(…)` or `fail(…)`
 * - `middleware: { slot: "before_page" or "before_cache", invoke(request, signal) }`: null, `proceed(…)`, `answer(…)` or `redirect(…)`
 * - `helpers: { name(call) {…}, other: block(async (block) => {…}) }`
 */
export function serve(plugin) {
  return new Connection(plugin).start();
}

/** Marks a helper as a block. */
export const block = (run) => Object.assign(run.bind(null), { isBlock: true });

class Failure { constructor(fields) { Object.assign(this, fields); } }
class Success { constructor(value, status, headers) { Object.assign(this, { value, status, headers }); } }

class Connection {
  #plugin;
  #socket;
  #parts = [];
  #have = 0;
  #out = [];
  #largest = 4 * 1024 * 1024;
  #calls = new Map();
  #purges = new Map();
  #lastId = 0;

  constructor(plugin) { this.#plugin = plugin; }

  start() {
    const { PLATFORM_PLUGIN_SOCKET: path, PLATFORM_PLUGIN_TOKEN: token } = process.env;
    if (!path) throw new Error("PLATFORM_PLUGIN_SOCKET is not set: a plugin is started by the server, not by hand.");
    this.#socket = connect(path);
    this.#socket.on("connect", () => this.#send({ type: "hello", protocol: 1, token, wants: this.#plugin.wants ?? [] }));
    this.#socket.on("data", (bytes) => this.#receive(bytes));
    // The server is gone, or wants the plugin to go: nothing is left to do.
    this.#socket.on("close", () => process.exit(0));
    this.#socket.on("error", () => process.exit(1));
    return this;
  }

  #receive(bytes) {
    this.#parts.push(bytes);
    this.#have += bytes.length;
    while (this.#have >= 4) {
      if (this.#parts[0].length < 4) this.#parts = [Buffer.concat(this.#parts)];
      const length = this.#parts[0].readUInt32BE(0);
      if (this.#have < 4 + length) return;
      const all = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
      this.#take(JSON.parse(all.toString("utf8", 4, 4 + length)));
      this.#have -= 4 + length;
      this.#parts = this.#have ? [all.subarray(4 + length)] : [];
    }
  }

  // All that is written in one turn leaves together.
  #send(frame) {
    const bytes = Buffer.from(JSON.stringify(frame), "utf8");
    if (bytes.length > this.#largest && frame.id) {
      this.#send({ type: "error", id: frame.id, message: `the answer is ${bytes.length} bytes long; expected at most ${this.#largest}, which result.max_kb says` });
      return;
    }

    const length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(bytes.length);
    if (this.#out.push(length, bytes) > 2) return;
    setImmediate(() => {
      const out = this.#out;
      this.#out = [];
      this.#socket.write(Buffer.concat(out));
    });
  }

  #take(frame) {
    const call = this.#calls.get(frame.id);
    if (frame.type === "cancel") call?.abort.abort();
    else if (frame.type === "rendered" || frame.type === "context") call?.waiting?.(frame);
    else if (frame.type === "purged") this.#purged(frame);
    else this.#call(frame);
  }

  async #call(frame) {
    const call = { id: frame.id, abort: new AbortController(), written: "" };
    this.#calls.set(frame.id, call);
    try {
      this.#send(await this.#answer(frame, call));
    } catch (error) {
      const isCall = error instanceof CallError;
      this.#send({ type: "error", id: frame.id, ...(isCall && { kind: "argument" }), message: isCall ? error.message : `${error?.name ?? "Error"}: ${error?.message ?? error}`, detail: String(error?.stack ?? error) });
    } finally {
      this.#calls.delete(frame.id);
    }
  }

  async #answer(frame, call) {
    const plugin = this.#plugin;
    const { signal } = call.abort;
    switch (frame.type) {
      case "load":
        this.#largest = frame.max_frame ?? this.#largest;
        return { type: "loaded", id: frame.id, version: plugin.version ?? "0", plugins: [plugin.name] };
      case "init":
        await plugin.init?.(this.#config(frame));
        return this.#ready(frame.id);
      case "reload":
        await plugin.reload(this.#config(frame));
        return { type: "result", id: frame.id };
      case "work":
        await plugin.work.run(signal);
        return { type: "result", id: frame.id };
      case "dispose":
        await plugin.dispose?.();
        return { type: "result", id: frame.id };
      case "data_for": {
        const [request, read] = asked(frame.request);
        return page(frame.id, await plugin.dataFor(frame.path, request, signal), read);
      }
      case "global_data": {
        const [request, read] = asked(frame.request);
        return page(frame.id, await plugin.globalData(request, signal), read);
      }
      case "api_dispatch": {
        const [request, read] = asked(frame.request);
        return api(frame.id, await plugin.apiDispatch(frame.app, request, signal), read);
      }
      case "middleware": {
        const [request, read] = asked(frame.request);
        const result = await plugin.middleware.invoke(request, signal);
        return { type: "result", id: frame.id, read: [...read], ...result };
      }
      case "helper": return this.#helper(frame, call);
      default: throw new Error(`a ${frame.type} is not for a plugin`);
    }
  }

  #ready(id) {
    const { dataFor, globalData, apiDispatch, middleware, reload, work, helpers = {} } = this.#plugin;
    const gives = [dataFor && "data_for", globalData && "global_data", apiDispatch && "api_dispatch", middleware && `middleware:${middleware.slot}`, reload && "reload"].filter(Boolean);
    return { type: "ready", id, gives, work: work?.seconds, helpers: Object.entries(helpers).map(([name, run]) => ({ name, block: run.isBlock === true })) };
  }

  #config({ plugin, settings, application, config_path, folder }) {
    const line = (level) => (message) => this.#send({ type: "log", plugin, level, message: String(message) });
    return {
      settings: value(settings), application: value(application), configPath: config_path, folder,
      log: { debug: line("debug"), information: line("information"), warning: line("warning"), error: line("error") },
      purge: (tags) => new Promise((done, failed) => {
        const id = ++this.#lastId;
        this.#purges.set(id, { done, failed });
        this.#send({ type: "purge", id, plugin, tags });
      }),
    };
  }

  #purged({ id, message }) {
    const purge = this.#purges.get(id);
    this.#purges.delete(id);
    if (message) purge?.failed(new Error(message));
    else purge?.done();
  }

  async #helper(frame, call) {
    const run = this.#plugin.helpers[frame.helper];
    const given = {
      arguments: frame.arguments.map(value),
      named: Object.fromEntries(Object.entries(frame.named ?? {}).map(([key, one]) => [key, value(one)])),
      context: async () => frame.context_is ? value((await this.#ask(call, { type: "context", call: call.id })).value) : value(frame.context ?? null),
    };
    if (!run.isBlock) return { type: "result", id: frame.id, value: json(await run(given)) };
    const render = async (part, { context, variables, parameters, capture } = {}) => {
      const { html } = await this.#ask(call, {
        type: "render", call: call.id, part, write: call.written,
        ...(context !== undefined && { context: json(context) }), ...(variables && { variables: json(variables) }), ...(parameters && { parameters: parameters.map(json) }), ...(capture && { capture }),
      });
      return html;
    };
    await run({
      ...given,
      hasElse: frame.has_else === true,
      parameters: frame.parameters ?? 0,
      /** Renders what stands between the tags; without a context, with the one where the call stands. */
      render: (options) => render("body", options),
      renderElse: (options) => render("else", options),
      capture: (options) => render("body", { ...options, capture: true }),
      write: (html) => { call.written += html; },
    });
    return { type: "result", id: frame.id, write: call.written };
  }

  /** Asks the server something in the midst of a helper's call; one thing at a time. */
  #ask(call, frame) {
    this.#send(frame);
    call.written = "";
    return new Promise((done, failed) => {
      call.waiting = (reply) => { call.waiting = null; done(reply); };
      call.abort.signal.addEventListener("abort", () => failed(new Error("nobody waits for this call any more")), { once: true });
    });
  }
}

/** A request that notes what is read of it: that decides how far a page may be cached. A name of query, headers or cookies is noted by itself. */
function asked(request) {
  const read = new Set();
  const note = (part, one) => { read.add(part); return one; };
  const noted = (word, all, values = {}) => new Proxy(values, {
    get: (of, name) => (typeof name === "string" ? note(`${word}:${name}`, of[name]) : of[name]),
    has: (of, name) => note(`${word}:${String(name)}`, name in of),
    ownKeys: (of) => note(all, Reflect.ownKeys(of)),
  });
  return [{
    httpMethod: request.http_method, app: request.app ?? "", module: request.module ?? "", method: request.method ?? "", theme: request.theme ?? "", tenant: request.tenant ?? "",
    query: noted("query", "query", request.query),
    headers: noted("header", "headers", Object.fromEntries(Object.entries(request.headers ?? {}).map(([name, one]) => [name.toLowerCase(), one]))),
    cookies: noted("cookie", "cookies", request.cookies),
    get path() { return note("path", request.path); },
    get urlPath() { return note("path", request.url_path); },
    get route() { return note("path", request.route ?? {}); },
    get user() { return note("user", request.user ?? { id: "-", name: "", permissions: [] }); },
    get body() { return note("body", Buffer.from(request.body ?? "", "base64")); },
    get clientAddress() { return note("client_address", request.client_address ?? ""); },
    get requestId() { return note("request_id", request.request_id ?? ""); },
  }, read];
}

function page(id, result, read) {
  if (!result) return { type: "result", id, read: [...read] };
  const { data, ...rest } = result;
  return { type: "result", id, read: [...read], ...rest, data: json(data ?? {}) };
}

function api(id, result, read) {
  if (result === null || result === undefined) return { type: "result", id, read: [...read] };
  if (result instanceof Failure) return { type: "result", id, read: [...read], ...result };
  const { value: given, status, headers } = result instanceof Success ? result : ok(result);
  return { type: "result", id, read: [...read], status, headers, value: json(given) };
}

// Where a number must be a double though it is whole, JSON.stringify has no word for it: a mark is put in its place.
function json(one) {
  if (one === undefined || one === null) return null;
  if (one instanceof Html) return { $html: one.text };
  if (one instanceof Decimal) return { $decimal: one.text };
  if (one instanceof Double) return { $double: one.value };
  if (typeof one === "bigint") return { $decimal: String(one) };
  if (typeof one === "number" && !Number.isFinite(one)) throw new TypeError(`${one} is no number of the value model; leave it out or write 0`);
  if (typeof one === "function" || typeof one === "symbol") throw new TypeError(`a ${typeof one} is not of the value model`);
  if (Array.isArray(one)) return one.map(json);
  if (typeof one !== "object") return one;
  if (typeof one.toJSON === "function") return json(one.toJSON());
  return Object.fromEntries((one instanceof Map ? [...one] : Object.entries(one)).filter(([, below]) => below !== undefined).map(([key, below]) => [key.startsWith("$") ? `$${key}` : key, json(below)]));
}

function value(one) {
  if (one === null || typeof one !== "object") return one;
  if (Array.isArray(one)) return one.map(value);
  const [mark] = Object.keys(one);
  if (mark === "$html") return new Html(one.$html);
  if (mark === "$decimal") return new Decimal(one.$decimal);
  if (mark === "$double") return one.$double;
  return Object.fromEntries(Object.entries(one).map(([key, below]) => [key.startsWith("$$") ? key.slice(1) : key, value(below)]));
}
