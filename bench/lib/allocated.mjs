// Bytes that a server's process allocates for a request. Its own runtime counts them (GC.GetTotalAllocatedBytes): a plugin in the
// server's process, and bare Kestrel, say the count; the bytes of all threads between two counts are shared out to the requests between them.
import { get } from "./http.mjs";
import { load } from "./wrk/wrk.mjs";

export async function allocatedEach(server, { scratch, seconds, headers }) {
  const count = async () => Number((await get(server.origin + server.allocated)).body.toString());
  const before = await count();
  const { requests } = await load(server.url, { scratch, seconds, headers }).figures;
  const each = ((await count()) - before) / requests;
  if (!(each >= 0)) throw new Error(`${server.name}: ${server.allocated} gives no count of bytes.`);
  return each;
}
