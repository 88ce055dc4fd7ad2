// The servers beside which this one is measured.
import { chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processes } from "./processes.mjs";
import { bench, pageFile } from "./scratch.mjs";
import { started } from "./servers.mjs";

export function bareKestrel(scratch) {
  return kestrel(scratch, "bare Kestrel", "bare");
}

/** With the sockets' completions run on their own thread, as a server may do whose answer never blocks. */
export function bareKestrelInline(scratch) {
  return kestrel(scratch, "bare Kestrel, inline", "bare-inline", { DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS: "1" });
}

export function outputCaching(scratch) {
  return kestrel(scratch, "ASP.NET output caching", "output-cache");
}

export function razor(scratch, { path }) {
  const executable = join(bench, "peers", "razor", "bin", "Release", "net10.0", "razor");
  return started("Razor page", path, (port) =>
    processes.start("razor", executable, [`http://127.0.0.1:${port}`, join(bench, "page", "model.json")], { scratch }));
}

export function fastify(scratch, { path = "/" } = {}) {
  const folder = join(bench, "peers", "fastify");
  return started("fastify", path, (port) =>
    processes.start("fastify", process.execPath, [join(folder, "server.mjs"), String(port), join(bench, "page")],
      { scratch, env: { NODE_ENV: "production" } }));
}

export function nginx(scratch) {
  const folder = scratch.folder("nginx");
  copyFileSync(pageFile, join(folder, "page.html"));
  // Its worker is another user, who must be able to read what git may have checked out for one alone.
  chmodSync(join(folder, "page.html"), 0o644);
  return nginxWith(scratch, "nginx", folder, "/page.html", { location: `root ${folder};` });
}

/** nginx's proxy_cache in front of a server. `valid`: for how long; else as the server's own headers say. */
export async function nginxCache(scratch, origin, { path = "/", valid } = {}) {
  const folder = scratch.folder(`nginx-cache-${new URL(origin.origin).port}`);
  const location = `proxy_pass ${origin.origin};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_cache pages;
      ${valid ? `proxy_cache_valid 200 ${valid};` : ""}`;
  return inFront(origin, await nginxWith(scratch, `nginx proxy_cache, ${origin.name}`, folder, path, { http: `proxy_cache_path ${folder}/cache keys_zone=pages:10m;`, location }));
}

/** Varnish in front of a server, as it comes. `valid`: for how many seconds a page without headers of its own is kept. */
export async function varnish(scratch, origin, { path = "/", valid } = {}) {
  const folder = scratch.folder(`varnish-${new URL(origin.origin).port}`);
  const name = `Varnish, ${origin.name}`;
  return inFront(origin, await started(name, path, (port) =>
    processes.start(name, "varnishd", ["-F", "-j", "none", "-n", folder, "-a", `127.0.0.1:${port}`, "-b", new URL(origin.origin).host, "-s", "malloc,64m", ...(valid ? ["-t", String(valid)] : [])], { scratch })));
}

function kestrel(scratch, name, mode, env) {
  const executable = join(bench, "peers", "kestrel", "bin", "Release", "net10.0", "kestrel");
  return started(name, "/", (port) =>
    processes.start(name, executable, [mode, `http://127.0.0.1:${port}`, pageFile], { scratch, env }))
    .then((server) => ({ ...server, allocated: "/allocated" }));
}

function nginxWith(scratch, name, folder, path, { http = "", location }) {
  return started(name, path, (port) => {
    const file = join(folder, "nginx.conf");
    writeFileSync(file, nginxConfig(folder, port, http, location));
    return processes.start(name, "nginx", ["-p", folder, "-c", file, "-e", "stderr"], { scratch });
  });
}

/** Two processes that are one server: what both hold and use counts. */
function inFront(origin, server) {
  const both = [server.child, origin.child];
  const sum = (what) => () => both.reduce((all, child) => all + child[what](), 0);
  return { ...server, child: { pid: server.child.pid, memory: sum("memory"), time: sum("time") } };
}

function nginxConfig(folder, port, http, location) {
  return `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  types { text/html html; }
  charset utf-8;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=10;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  ${http}
  server {
    listen 127.0.0.1:${port};
    location / {
      ${location}
    }
  }
}
`;
}
