import { request } from "node:http";
import { headerNames } from "../lib/header-names.mjs";
import { ProbeSite } from "../lib/probe-site.mjs";

const chunk = 40;
const values = ["evil.example", "\"><s>evil</s>", "0", "/evil", "javascript:evil()//", "evil\tevil"];
const paths = ["/", "/about", "/docs", "/docs/guide", "/with-query?q=1&page=2", "/asset", "/fixed", "/numbered/7", "/stamp/1", "/tagged/1", "/query/1?q=here", "/user/1", "/site/1",
  "/language/1", "/headers/1", "/cookie/1", "/address/1", "/moved", "/members", "/nowhere"];
// They differ from answer to answer by their nature.
const own = ["date", "x-request-id", "cache-status", "age"];

export const unkeyed = {
  name: "unkeyed",
  says: `${headerNames.length} header names × ${paths.length} pages × ${values.length} hostile values while a page is made: the next visitor's page is as ever`,
  needs: ["platform", "probe"],
  defaults: { names: headerNames.length },

  async run({ scratch, names }) {
    const site = new ProbeSite(scratch, {
      routes: [{ path: "/moved", redirect: "/fixed" }, { path: "/members", handler: "user", template: "probe", auth: true }],
    });
    const say = (text) => `<!DOCTYPE html><title>${text}</title><p>{{path}} {{theme}} {{user.id}} {{query.q}} {{shown}}</p>\n`;
    for (const name of ["index", "about", "docs/index", "docs/guide", "with-query"]) site.write(`wwwroot/templates/themes/default/${name}.html`, say(name));
    site.write("wwwroot/templates/themes/default/asset.html", "<!DOCTYPE html><link href=\"{{asset \"site.css\"}}\">\n");
    site.write("wwwroot/templates/themes/default/assets/site.css", "p { color: red }\n");
    const server = await site.start();
    const sweep = new Sweep(site, server);
    await sweep.begin();
    for (const value of values) {
      for (let at = 0; at < names; at += chunk) await sweep.try(headerNames.slice(at, Math.min(names, at + chunk)), value);
    }

    console.log(`  ${sweep.hostile.toLocaleString("en")} hostile requests, ${sweep.reflected.toLocaleString("en")} of which got a page that shows it; ${sweep.clean.toLocaleString("en")} clean ones behind them, ${sweep.stored.toLocaleString("en")} of which were hits`);
    for (const found of sweep.found.slice(0, 10)) console.log(`  ${found}`);
    return [
      { text: "no answer changed for the next visitor", found: `${sweep.found.length} of ${sweep.clean.toLocaleString("en")}`, holds: sweep.found.length === 0 && sweep.clean > 0 },
      { text: "no hostile request made the server fail", found: `${sweep.failed} answers of 500 and above`, holds: sweep.failed === 0 },
    ];
  },
};

class Sweep {
  hostile = 0;
  reflected = 0;
  clean = 0;
  stored = 0;
  failed = 0;
  found = [];
  #as = new Map();

  constructor(site, server) {
    [this.site, this.server] = [site, server];
  }

  /** How each page is without any of it. */
  async begin() {
    for (const path of paths) {
      await this.site.clear(this.server);
      this.#as.set(path, plain(await ask(this.server, path)));
    }
  }

  /** All pages are made for a visitor who sends these names; then somebody else asks. Where that shows, the half that did it is looked for. */
  async try(names, value) {
    await this.site.clear(this.server);
    const sent = Object.fromEntries(names.map((name) => [name, value]));
    const hostile = await Promise.all(paths.map((path) => ask(this.server, path, sent)));
    this.hostile += hostile.length;
    this.failed += hostile.filter((answer) => answer.status >= 500).length;
    this.reflected += hostile.filter((answer) => answer.body.includes("evil")).length;
    const clean = await Promise.all(paths.map((path) => ask(this.server, path)));
    this.clean += clean.length;
    this.stored += clean.filter((answer) => answer.headers["cache-status"]?.includes("; hit")).length;
    const changed = paths.filter((path, i) => plain(clean[i]) !== this.#as.get(path));
    // A request that is refused has made no page: whatever the others of its chunk would do is seen without the name that did that.
    const isRefused = hostile.some((answer) => answer.status === 400 || answer.status === 431);
    if ((changed.length || isRefused) && names.length > 1) {
      await this.try(names.slice(0, names.length >> 1), value);
      await this.try(names.slice(names.length >> 1), value);
    } else if (changed.length) {
      this.found.push(`${names.join(" ")}: ${JSON.stringify(value)} changed ${changed.join(" ")}`);
    }
  }
}

/** An answer as the visitor sees it. */
function plain({ status, headers, body }) {
  const kept = Object.entries(headers).filter(([name]) => !own.includes(name)).sort();
  return JSON.stringify([status, kept, body]).replaceAll(/max-age=\d+/g, "max-age").replaceAll(headers["x-request-id"], "-");
}

function ask(server, path, headers = {}) {
  return new Promise((done, fail) => {
    const call = request(server.origin + path, { headers, agent: false }, async (response) => {
      let body = "";
      for await (const part of response.setEncoding("latin1")) body += part;
      done({ status: response.statusCode, headers: response.headers, body });
    });
    call.on("error", fail);
    call.end();
  });
}
