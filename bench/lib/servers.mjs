// The servers that are measured: each is started, answers 200, and says where its pages are.
import { chmodSync, copyFileSync, cpSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answers200, until } from "./http.mjs";
import { freePort, processes } from "./processes.mjs";
import { bench, pageFile, root } from "./scratch.mjs";

/** This server over a throw-away copy of bench/site. `env` overrides keys of its config.yaml. */
export async function platform(scratch, { env, path = "/" } = {}) {
  return serve(scratch, assemble(scratch), { env, path });
}

/** This server over any site. */
export function serve(scratch, site, { env, path = "/" } = {}) {
  const built = join(root, "host", "bin", "Release", "net10.0");
  const executable = join(built, "platform");
  const [command, ...first] = existsSync(executable) ? [executable] : ["dotnet", join(built, "platform.dll")];
  return started("platform", path, (port) =>
    processes.start("platform", command, [...first, "--config", join(site, "config.yaml"), "--urls", `http://127.0.0.1:${port}`], { scratch, env }));
}

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

export function fastify(scratch, { path = "/" } = {}) {
  const folder = join(bench, "peers", "fastify");
  return started("fastify", path, (port) =>
    processes.start("fastify", process.execPath, [join(folder, "server.mjs"), String(port), join(bench, "page")],
      { scratch, env: { NODE_ENV: "production" } }));
}

export async function nginx(scratch) {
  const folder = scratch.folder("nginx");
  copyFileSync(pageFile, join(folder, "page.html"));
  // Its worker is another user, who must be able to read what git may have checked out for one alone.
  chmodSync(join(folder, "page.html"), 0o644);
  return started("nginx", "/page.html", (port) => {
    const file = join(folder, "nginx.conf");
    writeFileSync(file, nginxConfig(folder, port));
    return processes.start("nginx", "nginx", ["-p", folder, "-c", file, "-e", "stderr"], { scratch });
  });
}

function kestrel(scratch, name, mode, env) {
  const executable = join(bench, "peers", "kestrel", "bin", "Release", "net10.0", "kestrel");
  return started(name, "/", (port) =>
    processes.start(name, executable, [mode, `http://127.0.0.1:${port}`, pageFile], { scratch, env }));
}

async function started(name, path, start) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}${path}`;
  const from = performance.now();
  const child = start(port);
  const answered = await until(url, answers200, { server: child });
  const startMs = answered && performance.now() - from;
  if (startMs === null) throw new Error(`${name}: no 200 from ${path}${child.exited ? "; it has ended" : " within 20 s"}.`);
  return { name, url, origin: `http://127.0.0.1:${port}`, child, startMs };
}

function assemble(scratch) {
  const site = scratch.folder("site");
  cpSync(join(bench, "site"), site, { recursive: true });
  const plugin = scratch.folder("site/plugins/bench-page");
  for (const file of ["bench-page.dll", "bench-page.deps.json"]) copyFileSync(join(bench, "plugin", "bin", file), join(plugin, file));
  copyFileSync(join(bench, "page", "model.json"), join(plugin, "model.json"));
  return site;
}

function nginxConfig(folder, port) {
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
  server {
    listen 127.0.0.1:${port};
    root ${folder};
  }
}
`;
}
