// Every server must give the same page: page/page.html, as Handlebars.js renders it.
import { readFileSync } from "node:fs";
import { get } from "./http.mjs";
import { pageFile } from "./scratch.mjs";

export const reference = readFileSync(pageFile);

/** Fetches the page of each server and compares it with the reference; says what it found, throws where a page differs. */
export async function comparePages(servers, { isQuiet = false } = {}) {
  const answers = await Promise.all(servers.map((server) => get(server.url)));
  const found = servers.map((server, i) => `${server.name}: ${compare(server, answers[i])}`);
  for (const [i, server] of servers.entries()) server.pageBytes = answers[i].body.length;
  const equal = found.every((text) => text.endsWith("equal"));
  if (!isQuiet) console.log(`  page: ${reference.length} bytes; ${equal ? "equal at every server" : found.join("; ")}`);
}

function compare(server, { status, body }) {
  if (status !== 200) throw new Error(`${server.name}: ${server.url} answered ${status}; expected 200.`);
  if (body.equals(reference)) return "equal";
  const [a, b] = [reference.toString(), body.toString()].map(plain);
  if (a === b) return `${body.length} bytes, the same text (references or white space are written differently)`;
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  const part = (text) => JSON.stringify(text.slice(Math.max(0, at - 20), at + 40));
  throw new Error(`${server.name}: another page than the reference: ${part(b)} found; expected ${part(a)}.`);
}

/** What flavours of Handlebars may write differently: character references, and white space around standalone tags. */
function plain(html) {
  const names = { quot: '"', lt: "<", gt: ">", apos: "'" };
  return html
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(quot|lt|gt|apos));/gi, (all, hex, number, name) => {
      const letter = hex ? String.fromCodePoint(parseInt(hex, 16)) : number ? String.fromCodePoint(Number(number)) : names[name.toLowerCase()];
      // What would change the page's meaning stays a reference, spelled one way.
      return { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;" }[letter] ?? letter;
    })
    .replace(/\s+/g, " ")
    .replace(/ ?([<>]) ?/g, "$1");
}
