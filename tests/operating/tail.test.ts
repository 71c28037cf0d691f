/** Following runs: what is in progress, what begins, moves, ends, is left behind, taken up again or removed, on a manual clock. */

import { type CheckpointRow, type CheckpointStore, type Claim, MemoryCheckpoints } from "cano/checkpoints";
import { ManualClock } from "cano/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runTail } from "../../runtime/src/cli/run-tail.js";

process.env["TZ"] = "UTC";
const driver = { cancel: () => undefined };
const FIRST = {
  sequence: 0,
  kind: "entry",
  state: "ask",
  visit: 0,
  count: 0,
  version: 1,
  payload: '"secret"',
  undo: undefined,
  due: undefined,
  at: 0,
} as const;

let clock: ManualClock;
let store: MemoryCheckpoints;
let printed: string[];
let controller: AbortController;
let ended: Promise<void> | undefined;

beforeEach(() => {
  clock = new ManualClock(new Date("2026-01-01"));
  store = new MemoryCheckpoints();
  printed = [];
  controller = new AbortController();
});

afterEach(async () => {
  controller.abort();
  await ended;
  expect(clock.pending).toBe(0);
});

async function tail({ format = "text", workflow }: { format?: "text" | "json"; workflow?: string } = {}): Promise<void> {
  // Who looks is another process.
  const looking = new MemoryCheckpoints(store);
  const command = { kind: "runs tail", place: { database: "", schema: undefined }, workflow, format } as const;
  ended = runTail(looking, command, {
    stdout: (text) => printed.push(text),
    drained: () => Promise.resolve(true),
    stderr: () => undefined,
    cwd: "/",
    isTerminal: false,
    env: {},
    clock,
    untilInterrupted: () => controller.signal,
  });
  await clock.advance(0);
}

/** What is printed within a second, without its date. */
async function news(): Promise<readonly string[]> {
  await clock.advance(1_000);
  return printed.splice(0).map((line) => line.replace(/^2026-01-01 00:0/, "").trimEnd());
}

async function begin(runId: string, workflow = "order", on: CheckpointStore = store): Promise<Claim> {
  const claim = await on.begin({ workflow, runId, version: 1 }, { ...FIRST, at: clock.epoch() }, driver);
  if (claim === undefined) throw new Error("it is there already");
  return claim;
}

const add = (claim: Claim, sequence: number, row: Partial<CheckpointRow>, change?: Parameters<CheckpointStore["append"]>[2]) =>
  store.append(claim, { ...FIRST, sequence, at: clock.epoch(), ...row }, change);

test("what is in progress at the start is told, and then what happens to it", async () => {
  const old = await begin("old");
  await add(old, 1, { state: "pay", undo: '"held"' });
  await begin("left");
  await store.release({ ...(await begin("lost")) });
  await clock.advance(90_000);
  await tail();
  expect(await news()).toEqual([
    "0:00.000 +00:00  order old  is running in pay for 1m 30s",
    "0:00.000 +00:00  order left  is running in ask for 1m 30s",
    "0:00.000 +00:00  order lost  is running in ask for 1m 30s, left behind",
  ]);
  expect(await news()).toEqual([]);
  await add(old, 2, { kind: "attempt", state: "pay", visit: 1, count: 1, due: clock.epoch() + 500 });
  expect(await news()).toEqual([
    "1:32.000 +00:00  order old  attempt 1 of pay failed; the next is due in 500ms, at 2026-01-01 00:01:32.500 +00:00",
  ]);
  await add(old, 3, { kind: "exit", state: "done", visit: 1, undo: "1" }, { status: "completed" });
  expect(await news()).toEqual(["1:33.000 +00:00  order old  reached exit done"]);
  expect(await news()).toEqual([]);
});

test("a run that begins and ends between two looks is told of as a whole, in the order of time", async () => {
  await tail();
  const [one, two] = [await begin("one"), await begin("two", "invoice")];
  await clock.advance(100);
  await add(two, 1, { state: "pay" });
  await clock.advance(100);
  await add(one, 1, { kind: "failure", state: "ask", payload: "nonsense" }, { status: "failed" });
  expect(await news()).toEqual([
    "0:00.000 +00:00  order one  began in ask",
    "0:00.000 +00:00  invoice two  began in ask",
    "0:00.100 +00:00  invoice two  entered pay",
    "0:00.200 +00:00  order one  failed in ask: its error cannot be read",
  ]);
  expect(await news()).toEqual([]);
});

test("runs that are left behind, taken up again and removed", async () => {
  await tail();
  const ended = await begin("ended");
  await add(ended, 1, { kind: "failure", payload: undefined }, { status: "failed" });
  const other = new MemoryCheckpoints(store);
  const left = await begin("left", "order", other);
  const forgotten = await begin("forgotten");
  expect(await news()).toHaveLength(4);
  await other.close();
  expect(await news()).toEqual(["0:02.000 +00:00  order left  was left behind: nobody who is known to be alive drives it"]);
  await store.claim(left, ["running"], clock.epoch(), driver);
  await store.claim(ended, ["failed"], clock.epoch(), driver);
  await add(forgotten, 1, { kind: "exit" }, { status: "completed", forget: true });
  expect(await news()).toEqual([
    "0:02.000 +00:00  order ended  was taken up again in ask",
    "0:02.000 +00:00  order left  was taken up again in ask",
    "0:03.000 +00:00  order forgotten  was removed",
  ]);
  expect(await news()).toEqual([]);
});

test("more runs than a page", async () => {
  await tail();
  for (let at = 0; at < 1_001; at++) await begin(`run ${at}`);
  expect(await news()).toHaveLength(1_001);
  expect(await news()).toEqual([]);
});

test("more rows between two looks than fit on the stack, as of who was stopped for a while", async () => {
  const claim = await begin("long");
  await tail();
  expect(await news()).toHaveLength(1);
  for (let sequence = 1; sequence <= 150_000; sequence++) await add(claim, sequence, { kind: "cursor", count: sequence });
  const rows = await news();
  expect([rows.length, rows.at(-1)]).toEqual([150_000, "0:01.000 +00:00  order long  did number 150000 of ask"]);
});

test("one workflow, as lines of JSON, without payloads", async () => {
  await begin("old");
  await begin("other", "invoice");
  await tail({ format: "json", workflow: "order" });
  const another = await begin("new");
  await begin("another", "invoice");
  await add(another, 1, { kind: "exit" }, { status: "completed", forget: true });
  await begin("newer");
  await clock.advance(1_000);
  const lines = printed.splice(0);
  expect(lines.filter((line) => line.indexOf("\n") !== line.length - 1)).toEqual([]);
  const row = { sequence: 0, kind: "entry", state: "ask", visit: 0, count: 0, version: 1, due: null, at: clock.epoch() - 1_000 };
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { version: 1, workflow: "order", runId: "old", key: 1, event: "standing", state: "ask", since: clock.epoch() - 1_000 },
    { version: 1, workflow: "order", runId: "newer", key: 5, event: "row", row },
  ]);
});

test("it ends at once when it is interrupted, also before it has begun", async () => {
  await tail();
  controller.abort();
  await ended;
  printed = [];
  await tail();
  await ended;
});

test("a run that begins while somebody looks is told of once, and so is one that has ended before it", async () => {
  await tail();
  const list = vi.spyOn(MemoryCheckpoints.prototype, "list");
  // Between the two lists of a look.
  list.mockImplementationOnce(async () => {
    const brief = await begin("brief");
    await add(brief, 1, { kind: "exit", state: "done" }, { status: "completed" });
    await begin("long");
    return [];
  });
  expect(await news()).toEqual(["0:01.000 +00:00  order long  began in ask"]);
  expect(await news()).toEqual(["0:01.000 +00:00  order brief  began in ask", "0:01.000 +00:00  order brief  reached exit done"]);
  expect(await news()).toEqual([]);
  list.mockRestore();
});
