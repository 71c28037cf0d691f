/** Looking at a database: JSON for tools, what is shown of whose data, what is told when something is not there, and that nothing is changed. */

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { MemoryCheckpoints } from "cano/checkpoints";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import type { Graph } from "cano/codegen/v1";
import { buildDrawing, renderSvg } from "cano/graph";
import { ManualClock } from "cano/testing";
import { beforeAll, expect, test } from "vitest";
import { findRun } from "../../runtime/src/cli/find-run.js";
import { paintFor, plain } from "../../runtime/src/cli/paint.js";
import { runSchedules } from "../../runtime/src/cli/run-schedules.js";
import { duration, localTime } from "../../runtime/src/cli/times.js";
import { loadFixture } from "../runtime/load-fixture.js";
import { freshFile } from "../support/databases.js";
import { fillShop } from "./shop.js";
import { runCano } from "./run-cano.js";

process.env["TZ"] = "UTC";
const path = freshFile();
let clock: ManualClock;
const ROW = {
  sequence: 0,
  kind: "entry",
  state: "s",
  visit: 0,
  count: 0,
  version: 1,
  payload: undefined,
  undo: undefined,
  due: undefined,
  at: 0,
} as const;
const driver = { cancel: () => undefined };

beforeAll(async () => {
  await using store = sqliteCheckpoints(path);
  clock = await fillShop(store);
});

async function json(...argv: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await runCano([...argv, "--format", "json"], { clock });
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

const keys = async (...argv: readonly string[]): Promise<unknown> => {
  const { runs, more } = (await json("runs", "list", path, ...argv)) as { runs: readonly { key: number }[]; more: boolean };
  return [runs.map(({ key }) => key), more];
};

test("runs are listed page by page, in both directions", async () => {
  expect(await keys()).toEqual([[1, 2, 3, 4, 5], false]);
  expect(await keys("-n", "2")).toEqual([[4, 5], true]);
  expect(await keys("-n", "2", "--before", "4")).toEqual([[2, 3], true]);
  expect(await keys("-n", "2", "--before", "2")).toEqual([[1], false]);
  expect(await keys("-n", "2", "--after", "1")).toEqual([[2, 3], true]);
  expect(await keys("-n", "2", "--after", "3")).toEqual([[4, 5], false]);
  expect(await keys("-s", "stuck,compensated")).toEqual([[2, 3], false]);
  expect(await keys("-w", "invoice")).toEqual([[], false]);
});

test("a terminal is told how to see the others", async () => {
  const hints = async (...argv: readonly string[]): Promise<string> =>
    (await runCano(["runs", "list", path, ...argv], { clock })).stderr;
  expect(await hints("-n", "2")).toBe("there are older ones: --before 4\n");
  expect(await hints("-n", "2", "--after", "1")).toBe("there are more: --after 3\n");
  expect(await hints("-w", "invoice")).toBe("there are no such runs\n");
});

test("what rows carry is shown when it is asked for, and not else", async () => {
  const show = async (...argv: readonly string[]): Promise<string> =>
    (await runCano(["runs", "show", path, "order-1", ...argv], { clock })).stdout;
  for (const shown of [await show(), await show("--format", "json")]) expect(shown).not.toMatch(/ada|lamp|receipt|parcel/);
  expect(await show("--payloads")).toContain('  entered quote; reserve can be undone\n    payload  {"customer":"ada",');
  expect(await show("--payloads")).toContain('    undo     "hold of 2 lamps"\n');
  const { rows } = (await json("runs", "show", path, "order-1", "--payloads")) as { rows: readonly unknown[] };
  expect(rows[2]).toMatchObject({ sequence: 2, kind: "entry", state: "quote", undo: '"hold of 2 lamps"', due: null });
});

test("a run that was taken up again, and one of which not all could be undone", async () => {
  const { stdout: again } = await runCano(["runs", "show", path, "order-4"], { clock });
  expect(again).toContain("taken up   1 more time\n");
  expect(again).toContain("2026-01-01 00:00:30.200 +00:00    200ms  was taken up again in charge\n");
  const { stdout: stuck } = await runCano(["runs", "show", path, "order-3"], { clock });
  expect(stuck).toContain("status     stuck: it has failed, and not all could be undone\n");
  expect(stuck).toMatch(/ended, and not all could be undone: CANO7023 compensation_failed: .*the warehouse does not answer\n$/);
});

test("a run in progress says who drives it, and what it waits for", async () => {
  const place = freshFile();
  const now = new ManualClock(new Date("2026-01-01"));
  await using store = sqliteCheckpoints({ path: place, clock: now });
  const at = now.epoch();
  const claim = await store.begin({ workflow: "remind", runId: "a\u001b[2J", version: 1 }, { ...ROW, at }, driver);
  if (claim === undefined) throw new Error("it is there already");
  await store.append(claim, { ...ROW, sequence: 1, kind: "cursor", count: 3, at });
  await store.append(claim, { ...ROW, sequence: 2, kind: "due", due: at + 90_000, version: 2, at });
  const { stdout } = await runCano(["runs", "show", place, "a\u001b[2J"], { clock: now });
  expect(stdout.replace(/\S+\/\d+#\d+/, "host/1#1")).toBe(`run        a\\u001b[2J
workflow   remind, version 1
status     running: it is in progress
state      s
began      2026-01-01 00:00:00.000 +00:00
last row   2026-01-01 00:00:00.000 +00:00, 0ms ago
due        2026-01-01 00:01:30.000 +00:00, in 1m 30s
driven by  host/1#1

2026-01-01 00:00:00.000 +00:00      0ms  began in s
2026-01-01 00:00:00.000 +00:00      0ms  did number 3 of s
2026-01-01 00:00:00.000 +00:00      0ms  waits in s, due in 1m 30s, at 2026-01-01 00:01:30.000 +00:00, by version 2
`);
  expect(await store.requestCancel(claim)).toBe(true);
  const later = new ManualClock(at + 95_000);
  expect((await runCano(["runs", "show", place, claim.runId], { clock: later })).stdout).toMatch(/, 5s ago\n/);
  expect((await runCano(["runs", "show", place, claim.runId], { clock: now })).stdout).toContain(
    "cancel     who drives it has been asked",
  );
});

test("what is not there is told in one line, with its code, and is not made", async () => {
  const nowhere = freshFile();
  expect(await runCano(["runs", "list", nowhere])).toEqual({
    code: 1,
    stdout: "",
    stderr: `error CANO7021: the checkpoint store could not be opened: \`${nowhere}\` is not there\n`,
  });
  expect(await runCano(["runs", "list", dirname(nowhere)])).toMatchObject({
    code: 1,
    stderr: `error CANO7021: the checkpoint store could not be opened: \`${dirname(nowhere)}\` is a folder\n`,
  });
  const none = (who: string) => ({
    code: 1,
    stdout: "",
    stderr: `error CANO7028: ${who} checkpoint rows of a run \`order-9\`\n`,
  });
  expect(await runCano(["runs", "show", path, "order-9"])).toEqual(none("no workflow has"));
  expect(await runCano(["runs", "show", path, "order-9", "-w", "order"])).toEqual(none("workflow `order` has no"));
  expect(await runCano(["runs", "list", "postgres://127.0.0.1:1/nothing"], { clock: hurried() })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^error CANO7021: the checkpoint store could not be opened: .*ECONNREFUSED/) as string,
  });
});

/** A clock on which every wait is over at once. */
function hurried(): ManualClock {
  const manual = new ManualClock();
  return Object.assign(manual, {
    schedule(callback: () => void, delay: number) {
      void manual.advance(delay).then(callback);
      return () => undefined;
    },
  });
}

test("an id that several workflows share needs the workflow", async () => {
  const store = new MemoryCheckpoints();
  for (const workflow of ["order", "invoice"]) await store.begin({ workflow, runId: "a", version: 1 }, ROW, driver);
  await expect(findRun(store, { runId: "a", workflow: undefined })).rejects.toThrow(
    "the workflows `order`, `invoice` all have a run `a`: choose one with `--workflow`",
  );
  expect(await findRun(store, { runId: "a", workflow: "invoice" })).toMatchObject({ workflow: "invoice" });
});

test("a graph that is none, or is that of another workflow, is told", async () => {
  const graph = async (file: string) =>
    await runCano(["runs", "graph", path, "order-1", "-g", file], { cwd: import.meta.dirname });
  const cure = "`cano-gen graph <source> --format json` writes such a file\n";
  expect((await graph("nothing.json")).stderr).toMatch(/^error: `.*nothing\.json` cannot be read: ENOENT.*writes such a file\n$/);
  expect((await graph("../../package.json")).stderr).toBe(
    `error: \`${join(import.meta.dirname, "../../package.json")}\` is no graph that this version of cano knows: ${cure}`,
  );
});

test("the picture of a run as SVG, of its own workflow among several", async () => {
  const { orderGraph } = (await loadFixture("order", "order")) as { orderGraph: Graph };
  const drawing = buildDrawing(orderGraph, { durable: true });
  const file = `${freshFile()}.json`;
  writeFileSync(file, JSON.stringify({ version: 1, workflows: [{ ...drawing, name: "invoice", states: [] }, drawing] }));
  const graph = async (runId: string) => await runCano(["runs", "graph", path, runId, "-g", file, "--format", "svg"]);
  const walk = { path: ["screen", "reserve", "quote", "charge"], end: "standing" } as const;
  expect(await graph("order-5")).toEqual({ code: 0, stdout: await renderSvg(drawing, { walk }), stderr: "" });
  expect((await graph("order-1")).stdout).toContain("ended in Done</desc>");
  writeFileSync(file, JSON.stringify({ version: 1, workflows: [{ ...drawing, name: "invoice" }] }));
  expect((await graph("order-5")).stderr).toBe(
    `error: \`${file}\` has no workflow \`order\`: \`cano-gen graph <source> --format json\` writes such a file\n`,
  );
});

test("a store that keeps no schedules says so", async () => {
  const { schedules: _, ...bare } = Object.assign(Object.create(MemoryCheckpoints.prototype) as object, new MemoryCheckpoints());
  const asked = runSchedules(
    bare as MemoryCheckpoints,
    { kind: "schedules list", place: { database: "", schema: undefined }, format: "json" },
    {} as never,
  );
  await expect(asked).rejects.toMatchObject({ code: "CANO7040" });
});

test("schedules as JSON", async () => {
  const { schedules } = (await json("schedules", "list", path)) as { schedules: readonly unknown[] };
  expect(schedules).toMatchObject([
    { name: "nightly", last: null },
    { name: "on demand", fired: 1 },
    { name: "paused", paused: true },
  ]);
});

test("looking changes not one byte", async () => {
  const before = readFileSync(path);
  for (const command of ["runs list", "schedules list"])
    expect((await runCano([...command.split(" "), path], { clock })).code).toBe(0);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test.each([
  [0, "0ms"],
  [-5, "0ms"],
  [999.9, "999ms"],
  [1_000, "1s"],
  [59_999, "59.9s"],
  [60_000, "1m 0s"],
  [3_599_999, "59m 59s"],
  [3_600_000, "1h 0m"],
  [86_399_999, "23h 59m"],
  [93_600_000, "1d 2h"],
])("%s milliseconds are %s", (milliseconds, text) => expect(duration(milliseconds)).toBe(text));

test.each([
  ["UTC", "2026-03-29 00:30:00.005 +00:00"],
  ["Europe/Berlin", "2026-03-29 01:30:00.005 +01:00"],
  ["America/St_Johns", "2026-03-28 22:00:00.005 -02:30"],
])("local time in %s", (zone, text) => {
  process.env["TZ"] = zone;
  expect(localTime(Date.parse("2026-03-29T00:30:00.005Z"))).toBe(text);
  process.env["TZ"] = "UTC";
});

test("colours are for terminals, and where they are wanted", () => {
  const painted = (isTerminal: boolean, env: Readonly<Record<string, string>>): boolean =>
    paintFor({ isTerminal, env })("red", "x") !== "x";
  expect([painted(true, {}), painted(false, {}), painted(true, { TERM: "dumb" })]).toEqual([true, false, false]);
  expect([painted(true, { NO_COLOR: "1" }), painted(false, { FORCE_COLOR: "1" }), painted(true, { FORCE_COLOR: "0" })]).toEqual([
    false,
    true,
    false,
  ]);
  expect(plain("a\nb\u001b[31m\u009b\u202e\u2028é漢")).toBe("a\\nb\\u001b[31m\\u009b\\u202e\\u2028é漢");
});
