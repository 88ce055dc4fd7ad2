// A plugin that starts as it should, and then answers every call with frames changed by chance.
import { connect } from "node:net";

let state = process.pid;
const chance = (below) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state % below; };
const socket = connect(process.env.PLATFORM_PLUGIN_SOCKET);
let have = Buffer.alloc(0);

function send(bytes, length = bytes.length) {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length >>> 0);
  socket.write(Buffer.concat([head, bytes]));
}

const say = (frame) => send(Buffer.from(JSON.stringify(frame)));

function lie(id) {
  for (let i = 0; i < 200; i++) {
    const bytes = Buffer.from(JSON.stringify({ type: ["result", "error", "render", "log", "purge", "ready"][chance(6)], id: chance(4) ? id : chance(1e9), call: id, data: { a: [1, { b: "x".repeat(chance(500)) }] }, message: "m", tags: ["t"], read: [] }));
    for (let times = chance(4); times > 0; times--) bytes[chance(bytes.length)] = chance(256);
    send(bytes, chance(3000) === 0 ? chance(2 ** 32) : bytes.length);
  }
}

socket.on("connect", () => say({ type: "hello", protocol: 1, token: process.env.PLATFORM_PLUGIN_TOKEN }));
socket.on("error", () => process.exit(1));
socket.on("close", () => process.exit(0));
socket.on("data", (part) => {
  have = Buffer.concat([have, part]);
  while (have.length >= 4 && have.length >= 4 + have.readUInt32BE(0)) {
    const frame = JSON.parse(have.toString("utf8", 4, 4 + have.readUInt32BE(0)));
    have = have.subarray(4 + have.readUInt32BE(0));
    if (frame.type === "load") say({ type: "loaded", id: frame.id, version: "1", plugins: ["liar"] });
    else if (frame.type === "init") say({ type: "ready", id: frame.id, gives: ["data_for"] });
    else lie(frame.id);
  }
});
