// One run at a time on a machine: two would measure each other.
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** Waits until no other run is under way. The name is the kernel's own: it is free again however the run ends. */
export async function takeTurn() {
  for (let told = false; !(await listens()); told = true) {
    if (!told) console.log("  another run is under way on this machine; waiting for its end");
    await delay(500);
  }
}

function listens() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", (error) => (error.code === "EADDRINUSE" ? done(false) : fail(error)));
    server.listen("\0platform-bench", () => done(true));
    server.unref();
  });
}
