// The first whole answer in bytes that have come over a connection.
const headEnd = Buffer.from("\r\n\r\n");

/** { status, head, body: a text of single bytes, end: where it ends }, or null where more must come. */
export function answerIn(bytes) {
  const at = bytes.indexOf(headEnd);
  if (at < 0) return null;
  const head = bytes.latin1Slice(0, at);
  const status = Number(head.slice(9, 12));
  const from = at + headEnd.length;
  if (status === 204 || status === 304) return { status, head, body: "", end: from };
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const end = from + Number(length);
    return bytes.length < end ? null : { status, head, body: bytes.latin1Slice(from, end), end };
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) throw new Error(`an answer without a length, which can't be read: ${head}`);
  return chunked(bytes, from, { status, head });
}

export function header(answer, name) {
  return new RegExp(`\\r\\n${name}: *([^\\r]*)`, "i").exec(answer.head)?.[1] ?? "";
}

export const isHit = (answer) => /\r\ncache-status: platform; hit/i.test(answer.head);

function chunked(bytes, from, answer) {
  for (let body = "", at = from; ; ) {
    const line = bytes.indexOf("\r\n", at);
    if (line < 0) return null;
    const length = parseInt(bytes.latin1Slice(at, line), 16);
    const end = line + 2 + length + 2;
    if (bytes.length < end) return null;
    body += bytes.latin1Slice(line + 2, end - 2);
    if (length === 0) return { ...answer, body, end };
    at = end;
  }
}
