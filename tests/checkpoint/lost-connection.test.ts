/** A connection that the server ends in the very message that says that it is ready. */

import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { postgresCheckpoints } from "cano/checkpoints/postgres";
import { expect, test } from "vitest";
import { hastyClock } from "./clocks.js";
import { errorOf, nameOf } from "./rows.js";

/** A message of PostgreSQL's protocol: its kind, its length, what it says. */
function messageOf(kind: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(kind), length, body]);
}

const ACCEPTED = messageOf("R", Buffer.alloc(4));
const READY = messageOf("Z", Buffer.from("I"));
const ENDED = messageOf("E", Buffer.from("SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"));

async function serverThatEnds(): Promise<{ readonly server: Server; readonly url: string; readonly sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    // In one piece, as they come when the server is being stopped.
    socket.once("data", () => socket.end(Buffer.concat([ACCEPTED, READY, ENDED])));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { server, url: `postgres://cano@127.0.0.1:${address.port}/cano`, sockets };
}

test("a connection that is ended in the moment in which it is handed over is replaced, and takes nobody down", async () => {
  const { server, url, sockets } = await serverThatEnds();
  try {
    // Its pauses between attempts are short.
    await using store = postgresCheckpoints({ connectionString: url, clock: hastyClock, patience: 30_000 });
    expect(await errorOf(store.find(nameOf("a")))).toMatchObject({ category: "checkpoint_store", code: "CANO7021" });
    expect(sockets.length).toBeGreaterThan(1);
  } finally {
    server.close();
  }
});
