// fastify with Handlebars: "/" from memory, "/uncached" rendered each time. node server.mjs PORT PAGE_FOLDER
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fastify from "fastify";
import Handlebars from "handlebars";

const [port, folder] = process.argv.slice(2);
const read = (name) => readFileSync(join(folder, name), "utf8");

for (const name of ["header", "sidebar", "footer"]) Handlebars.registerPartial(name, read(`partials/${name}.hbs`));
const render = Handlebars.compile(read("page.hbs"));
const model = JSON.parse(read("model.json"));
const type = "text/html; charset=utf-8";
const cache = new Map();

const server = fastify();
server.get("/uncached", (request, reply) => reply.type(type).send(render(model)));
server.get("/", (request, reply) => {
  let page = cache.get(request.url);
  if (page === undefined) cache.set(request.url, (page = Buffer.from(render(model))));
  return reply.type(type).send(page);
});
await server.listen({ host: "127.0.0.1", port: Number(port) });
