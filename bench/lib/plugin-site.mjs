// A throw-away site whose pages are made by plugins, and what its server has logged.
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./scratch.mjs";
import { Site } from "./site.mjs";

export class PluginSite extends Site {
  #read = 0;
  #text = "";

  /** @param plugins lines of the section `plugins` of config.yaml, `server` of that of the server; `paths` names the pages, each made anew; `keys` what they show. The page `/` is stored. */
  constructor(scratch, { plugins = "", server = "{}", paths, keys }) {
    super(scratch);
    this.write("config.yaml", `ip_access_control:\n  enabled: false\nlogging:\n  level: information\n  console: true\n  access: false\n  file: ""\nserver: ${server}\nplugins:\n${plugins.replace(/^/gm, "  ")}\n`);
    const routes = paths.map((path) => ({ path: `/${path}`, handler: path, template: "page", cache: false }));
    this.write("routes.json", JSON.stringify({ default_theme: "default", domains: [{ domain: "127.0.0.1", theme: "default", routes }] }));
    const page = `<!DOCTYPE html><title>{{path}}</title>${keys.map((key) => `<p id="${key}">{{${key}}}</p>`).join("")}`;
    for (const template of ["page", "index"]) this.write(`wwwroot/templates/themes/default/${template}.html`, page);
  }

  async start(path) {
    // One file for all servers of a run: this one's lines begin where it ends now.
    const logs = this.scratch.folder("logs");
    const sizes = new Map(readdirSync(logs).map((name) => [join(logs, name), statSync(join(logs, name)).size]));
    this.server = await super.start({ path });
    [this.#read, this.#text] = [sizes.get(this.server.child.log) ?? 0, ""];
    return this.server;
  }

  /** All lines of this server so far. Only what is new is read: a plugin that floods the log must not keep the load waiting. */
  log() {
    const { log } = this.server.child;
    const more = Buffer.alloc(statSync(log).size - this.#read);
    const file = openSync(log, "r");
    try {
      this.#read += readSync(file, more, 0, more.length, this.#read);
    } finally {
      closeSync(file);
    }

    this.#text += more.toString("utf8");
    return this.#text;
  }
}

/** The assembly of a plugin of the gallery. */
export function galleryPlugin(name) {
  return readFileSync(join(root, "tests", "TestPlugins", "gallery", "bin", name, `${name}.dll`));
}
