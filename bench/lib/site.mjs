// A throw-away site: files that are written whole, and a server over it that can be told what a command of its machine would tell it.
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { serve } from "./servers.mjs";

let sites = 0;

export class Site {
  #beside;

  constructor(scratch) {
    this.scratch = scratch;
    const name = `written-${++sites}`;
    this.folder = scratch.folder(name);
    this.#beside = scratch.folder(`${name}-beside`);
    mkdirSync(join(this.folder, "plugins"));
  }

  /** Writes a file at once and whole. */
  write(name, content) {
    const [path, beside] = [join(this.folder, name), join(this.#beside, "next")];
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(beside, content);
    renameSync(beside, path);
  }

  remove(name) {
    rmSync(join(this.folder, name), { recursive: true, force: true });
  }

  start(how) {
    return serve(this.scratch, this.folder, how);
  }

  /** What `platform reload` and `platform cache clear` ask of a server, by the same socket; its answer. */
  command(server, path) {
    const data = join(this.folder, "data");
    const socket = readdirSync(data).find((name) => name.startsWith(`control-${server.child.pid}-`));
    if (!socket) throw new Error(`${data}: no control socket of process ${server.child.pid} found.`);
    return new Promise((done, fail) => {
      const call = request({ socketPath: join(data, socket), path, method: "POST" }, async (response) => {
        let text = "";
        for await (const part of response.setEncoding("utf8")) text += part;
        if (response.statusCode === 200) done(text);
        else fail(new Error(`${path}: ${response.statusCode} found; expected 200. ${text}`));
      });
      call.on("error", fail);
      call.end();
    });
  }

  reload(server) {
    return this.command(server, "/reload");
  }

  /** Drops all stored pages, or those of a tag. */
  clear(server, tag) {
    return this.command(server, tag ? `/cache/clear?tag=${encodeURIComponent(tag)}` : "/cache/clear");
  }
}
