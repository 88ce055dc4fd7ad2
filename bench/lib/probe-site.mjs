// A throw-away site whose pages are those of the probe (bench/plugin-probe): each handler is a page at /HANDLER/{n}.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { get } from "./http.mjs";
import { bench } from "./scratch.mjs";
import { Site } from "./site.mjs";
import { stamped } from "./stamped.mjs";

const handlers = ["fixed", "stamp", "tagged", "numbered", "query", "user", "site", "language", "headers", "cookie", "address", "version", "made"];

export class ProbeSite extends Site {
  /**
   * @param domains [{ domain, theme }]; `settings` of the probe; `config` lines of config.yaml beside those of every site;
   * `routes` of every host beside the probe's.
   */
  constructor(scratch, { domains = [{ domain: "127.0.0.1", theme: "default" }], settings = {}, config = "", routes = [] } = {}) {
    super(scratch);
    this.config = config;
    this.routes = [...handlers.map((handler) => ({ path: `/${handler}/{n}`, handler, template: "probe" })), { path: "/fixed", handler: "fixed", template: "probe" }, ...routes];
    this.domains = domains;
    this.write("config.yaml", `ip_access_control:\n  enabled: false\nlogging:\n  level: warning\n  console: true\n  access: false\n  file: ""\nauth:\n  secret_key: "${ProbeSite.secret}"\n${config}`);
    this.writeRoutes();
    for (const theme of new Set(domains.map((one) => one.theme))) this.write(`wwwroot/templates/themes/${theme}/probe.html`, ProbeSite.page(theme, "{{shown}}"));
    this.plugin("probe", settings);
  }

  /** Puts a probe there. `number` other than 0: another plugin of the same kind; `settings.only` names the handlers it answers. */
  plugin(name, settings = {}, { number = 0, stamp = 0 } = {}) {
    this.write(`plugins/${name}/plugin.yaml`, `settings:\n${Object.entries({ delay_ms: 0, ttl_ms: 0, versions: "", only: "", ...settings }).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`).join("")}`);
    this.write(`plugins/${name}/${name}.dll`, stamped(stamped(assembly(), "probe", number), "stamp", stamp));
  }

  static secret = "a secret of the bench's own, known to everyone";

  /** The body of a page that shows a text. */
  static page(theme, shown) {
    return `<!DOCTYPE html><title>${theme}</title><p>${shown}</p>\n`;
  }

  writeRoutes() {
    this.write("routes.json", JSON.stringify({ default_theme: this.domains[0].theme, domains: this.domains, static_routes: this.routes }));
  }

  start(how = {}) {
    return super.start({ path: "/fixed", ...how });
  }
}

/** What the probe of a server says of its pages: how often each was made since it was asked last. */
export async function madeAt(server) {
  return new Map(Object.entries(await api(server, "/api/probe/pages/made")));
}

/** Drops the pages of a tag, as a plugin does. */
export function purge(server, tag) {
  return api(server, `/api/probe/pages/purge?tag=${tag}`);
}

function assembly() {
  return readFileSync(join(bench, "plugin-probe", "bin", "probe.dll"));
}

/** MB of all objects of a server's process that are still held, once it has collected the others. */
export async function liveAt(server) {
  return (await api(server, "/api/probe/memory/live")) / 1024 / 1024;
}

async function api(server, path) {
  const { status, body } = await get(server.origin + path);
  if (status !== 200) throw new Error(`${server.name}: ${path} answered ${status}; expected 200. ${body}`);
  return JSON.parse(body);
}
