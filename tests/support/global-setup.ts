/** What all test files share: the fixtures, laid out once, and one PostgreSQL server, started when the first of them asks where it is. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import { copyFixtures } from "./fixtures.js";
import { type PostgresServer, startPostgres } from "./postgres-server.js";

declare module "vitest" {
  interface ProvidedContext {
    /** Answers with the URL of the server's database. */
    postgres: string;
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  copyFixtures();
  let postgres: Promise<PostgresServer> | undefined;
  const desk = createServer((_, response) => {
    postgres ??= startPostgres();
    void postgres.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => desk.listen(0, "127.0.0.1", resolve));
  provide("postgres", `http://127.0.0.1:${(desk.address() as AddressInfo).port}/`);
  return async () => {
    desk.close();
    await (await postgres)?.stop();
  };
}
