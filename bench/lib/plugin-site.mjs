// A throw-away site whose pages are made by plugins, and what its server has logged.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "./servers.mjs";
import { root } from "./scratch.mjs";

let sites = 0;

export class PluginSite {
  #folder;
  #beside;

  /** @param plugins lines of the section `plugins` of config.yaml; `paths` names the pages, each made anew; `keys` what they show. */
  constructor(scratch, { plugins = "", paths, keys }) {
    this.scratch = scratch;
    const name = `plugins-${++sites}`;
    this.#folder = scratch.folder(name);
    this.#beside = scratch.folder(`${name}-beside`);
    mkdirSync(join(this.#folder, "plugins"));
    this.write("config.yaml", `ip_access_control:\n  enabled: false\nlogging:\n  level: information\n  console: true\n  access: false\n  file: ""\nplugins:\n${plugins.replace(/^/gm, "  ")}\n`);
    const routes = paths.map((path) => ({ path: `/${path}`, handler: path, template: "page", cache: false }));
    this.write("routes.json", JSON.stringify({ default_theme: "default", domains: [{ domain: "127.0.0.1", theme: "default", routes }] }));
    const page = `<!DOCTYPE html><title>{{path}}</title>${keys.map((key) => `<p id="${key}">{{${key}}}</p>`).join("")}`;
    for (const template of ["page", "index"]) this.write(`wwwroot/templates/themes/default/${template}.html`, page);
  }

  /** Writes a file at once and whole. */
  write(name, content) {
    const [path, beside] = [join(this.#folder, name), join(this.#beside, "next")];
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(beside, content);
    renameSync(beside, path);
  }

  remove(name) {
    rmSync(join(this.#folder, name), { recursive: true, force: true });
  }

  async start(path) {
    this.server = await serve(this.scratch, this.#folder, { path });
    return this.server;
  }

  /** All lines so far. */
  log() {
    return readFileSync(this.server.child.log, "utf8");
  }
}

/** The assembly of a plugin of the gallery. */
export function galleryPlugin(name) {
  return readFileSync(join(root, "tests", "TestPlugins", "gallery", "bin", name, `${name}.dll`));
}
