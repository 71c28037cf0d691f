/** Connections that a server ends at once, and what it refuses though it may let it pass the next time. */

import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { postgresCheckpoints, type PostgresPool } from "cano/checkpoints/postgres";
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

function refusalOf(code: string): Buffer {
  return messageOf("E", Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mnot now\0\0`));
}

async function serverThat(
  answer: (socket: Socket) => void,
): Promise<{ readonly server: Server; readonly url: string; readonly sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    socket.once("data", () => answer(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { server, url: `postgres://cano@127.0.0.1:${address.port}/cano`, sockets };
}

const quiet = { warn: () => undefined };

test("a connection that is ended in the moment in which it is handed over is replaced, and takes nobody down", async () => {
  // In one piece, as they come when the server is being stopped.
  const { server, url, sockets } = await serverThat((socket) => socket.end(Buffer.concat([ACCEPTED, READY, refusalOf("57P01")])));
  try {
    // Its pauses between attempts are short.
    await using store = postgresCheckpoints({ connectionString: url, clock: hastyClock, patience: 30_000, log: quiet });
    expect(await errorOf(store.find(nameOf("a")))).toMatchObject({ category: "checkpoint_store", code: "CANO7021" });
    expect(sockets.length).toBeGreaterThan(1);
  } finally {
    server.close();
  }
});

test.each([
  ["55P03", "a lock was not to be had in time"],
  ["57014", "a statement took longer than it may"],
  ["57P05", "a connection was idle for longer than it may"],
  ["25P03", "a transaction was idle for longer than it may"],
  ["25P04", "a transaction took longer than it may"],
  ["25006", "another server is written to since a failover"],
])("what the server gives up with %s, since %s, is tried again", async (code) => {
  const { server, url, sockets } = await serverThat((socket) => {
    socket.once("data", () => socket.end(refusalOf(code)));
    socket.write(Buffer.concat([ACCEPTED, READY]));
  });
  try {
    await using store = postgresCheckpoints({ connectionString: url, clock: hastyClock, patience: 30_000, log: quiet });
    expect(await errorOf(store.find(nameOf("a")))).toMatchObject({
      category: "checkpoint_store",
      message: expect.stringContaining("not now, for 30000 ms") as string,
    });
    expect(sockets.length).toBeGreaterThan(1);
  } finally {
    server.close();
  }
});

const unknownName = Object.assign(new Error("getaddrinfo ENOTFOUND db"), { code: "ENOTFOUND" });
// As Node has it for a name with two addresses.
const refused = Object.assign(
  new AggregateError([new Error("connect ECONNREFUSED ::1:5432"), new Error("connect ECONNREFUSED 127.0.0.1:5432")]),
  { code: "ECONNREFUSED" },
);

test.each([
  ["whose name is not known", unknownName, "getaddrinfo ENOTFOUND db"],
  ["that none of its addresses has", refused, "connect ECONNREFUSED ::1:5432, connect ECONNREFUSED 127.0.0.1:5432"],
])("a server %s is waited for, which is said once", async (_, error, reason) => {
  let tries = 0;
  const pool: PostgresPool = {
    connect(taken) {
      tries++;
      taken(error, undefined);
    },
    end: () => Promise.resolve(),
    on: () => undefined,
    off: () => undefined,
  };
  const said: string[] = [];
  const log = { warn: (message: string) => void said.push(`${tries}: ${message}`) };
  await using store = postgresCheckpoints({ pool, clock: hastyClock, patience: 30_000, log });
  expect(await errorOf(store.find(nameOf("a")))).toMatchObject({
    category: "checkpoint_store",
    message: `the checkpoint store could not be opened: ${reason}, for 30000 ms`,
  });
  expect(tries).toBeGreaterThan(1);
  expect(said).toEqual([`1: the PostgreSQL server cannot be used yet, and is tried for 30000 ms: ${reason}`]);
});
