/** The log of a run that is longer than what fits in memory: no more of it is read than somebody takes. */

import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { settled } from "cano/testing";
import { beforeAll, expect, test } from "vitest";
import { freshFile } from "../support/databases.js";
import { runCano } from "./run-cano.js";

const path = freshFile();
const ROWS = 2_500;
// With what ends a line for regular expressions, and not for JSON.
const PAYLOAD = '{"n":"one\u2028two"}';

beforeAll(async () => {
  await using store = sqliteCheckpoints(path);
  const rest = { kind: "entry", count: 0, version: 1, payload: PAYLOAD, undo: undefined, due: undefined, at: 0 } as const;
  const first = { ...rest, sequence: 0, visit: 0, state: "s" };
  const claim = await store.begin({ workflow: "order", runId: "long", version: 1 }, first, { cancel: () => undefined });
  if (claim === undefined) throw new Error("it is there already");
  await Promise.all(
    Array.from({ length: ROWS - 1 }, (_, at) =>
      store.append(claim, { ...rest, sequence: at + 1, visit: at, state: `state ${at + 1}` }),
    ),
  );
});

test.each(["timeline", "json"])("as a %s, it waits for who reads", async (format) => {
  const printed: string[] = [];
  let take: (isRead: boolean) => void = () => undefined;
  let wait: () => void = () => undefined;
  const isWaiting = new Promise<void>((resolve) => (wait = resolve));
  const shown = runCano(["runs", "show", path, "long", "--format", format], {
    onPrint: (text) => printed.push(text),
    drained() {
      if (printed.length !== 2) return Promise.resolve(true);
      wait();
      return new Promise((resolve) => (take = resolve));
    },
  });
  await Promise.race([isWaiting, shown]);
  await settled();
  expect(printed).toHaveLength(2);
  take(true);
  const { code, stdout } = await shown;
  expect(code).toBe(0);
  expect(printed.length).toBeGreaterThan(ROWS);
  // Those of the rows, and the one that the run is in.
  expect(stdout.match(/state \d+/g)?.length).toBe(ROWS);
});

test.each(["timeline", "json"])("as a %s, it ends when nobody reads any more", async (format) => {
  const printed: string[] = [];
  const { code } = await runCano(["runs", "show", path, "long", "--format", format], {
    onPrint: (text) => printed.push(text),
    drained: async () => printed.length < 10,
  });
  expect(code).toBe(0);
  expect(printed).toHaveLength(10);
});

test("what is printed piece by piece is the same as all of it at once", async () => {
  for (const more of [[], ["--payloads"]]) {
    const { stdout } = await runCano(["runs", "show", path, "long", "--format", "json", ...more]);
    const read: unknown = JSON.parse(stdout);
    expect(read).toMatchObject({ version: 1, run: { runId: "long" }, rows: { length: ROWS } });
    expect(stdout).toBe(`${JSON.stringify(read, undefined, 2)}\n`);
    if (more.length > 0) expect(read).toHaveProperty(["rows", 7, "payload"], PAYLOAD);
  }
});
