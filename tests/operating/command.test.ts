/** The command itself, as a process, on SQLite and on PostgreSQL. */

import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CheckpointRow } from "cano/checkpoints";
import { beforeAll, describe, expect, test } from "vitest";
import { type Place, places } from "../checkpoint/places.js";
import { Other } from "../support/processes.js";
import type { Outcome } from "./run-cano.js";
import { fillShop } from "./shop.js";

const CANO = join(fileURLToPath(new URL("../../", import.meta.url)), "runtime/bin/cano.js");
const env = { ...process.env, TZ: "UTC", NO_COLOR: "1", FORCE_COLOR: "" };

function cano(...argv: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CANO, ...argv], { env, encoding: "utf8" }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error === null ? 0 : -1, stdout, stderr });
    });
  });
}

describe.each(Object.entries(places))("%s", (_, make) => {
  let place: Place;
  const on = (): readonly string[] => {
    const [database, schema] = place.parameters;
    return schema === "" ? [database] : [database, "--schema", schema];
  };
  beforeAll(async () => {
    place = await make();
    await using store = place.open();
    await fillShop(store);
  });

  test("runs are listed", async () => {
    const { code, stdout, stderr } = await cano("runs", "list", ...on(), "--status", "completed,stuck");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(`KEY  RUN      WORKFLOW  STATUS     STATE   BEGAN                             FOR  DRIVEN BY
  1  order-1  order     completed  done    2026-01-01 00:00:00.000 +00:00  521ms
  3  order-3  order     stuck      charge  2026-01-01 00:00:20.000 +00:00  141ms
  4  order-4  order     completed  done    2026-01-01 00:00:30.000 +00:00  650ms
`);
    const { stdout: standing } = await cano("runs", "list", ...on(), "--status", "running");
    // How long it has been since is told by the real clock.
    expect(standing).toMatch(/^ {2}5 {2}order-5 {2}order .* \d+d \d+h {2}nobody$/m);
  });

  test("a run is shown", async () => {
    const { code, stdout } = await cano("runs", "show", ...on(), "order-4");
    expect(code).toBe(0);
    expect(stdout).toBe(`run        order-4
workflow   order, version 1
status     completed: it has reached an exit
state      done
began      2026-01-01 00:00:30.000 +00:00
ended      2026-01-01 00:00:30.650 +00:00, after 650ms
taken up   1 more time

2026-01-01 00:00:30.000 +00:00      0ms  began in screen
2026-01-01 00:00:30.000 +00:00      0ms  entered reserve
2026-01-01 00:00:30.030 +00:00     30ms  entered quote; reserve can be undone
2026-01-01 00:00:30.071 +00:00     71ms  entered charge
2026-01-01 00:00:30.200 +00:00    200ms  was taken up again in charge
2026-01-01 00:00:30.250 +00:00    250ms  entered ship; charge can be undone
2026-01-01 00:00:30.650 +00:00    650ms  reached exit done
`);
  });

  test("schedules are listed", async () => {
    const { code, stdout } = await cano("schedules", "list", ...on());
    expect([code, stdout.split("\n").length]).toEqual([0, 5]);
    expect(stdout).toMatch(/^on demand {2}ready {3}- .* 1 .* completed, due 2026-01-01 00:00:40\.400 \+00:00$/m);
  });

  test("what happens is followed until Ctrl-C", async () => {
    await using writer = place.open();
    const first: CheckpointRow = {
      sequence: 0,
      kind: "entry",
      state: "ask",
      visit: 0,
      count: 0,
      version: 1,
      payload: undefined,
      undo: undefined,
      due: undefined,
      at: Date.now(),
    };
    await using tail = new Other(CANO, "runs", "tail", ...on(), "--format", "json");
    expect(JSON.parse(await tail.line())).toMatchObject({ runId: "order-5", event: "standing", state: "charge" });
    const claim = await writer.begin({ workflow: "order", runId: "order-6", version: 1 }, first, { cancel: () => undefined });
    expect(JSON.parse(await tail.line())).toMatchObject({ runId: "order-6", event: "row", row: { sequence: 0, state: "ask" } });
    if (claim === undefined) throw new Error("it is there already");
    await writer.append(claim, { ...first, sequence: 1, kind: "exit", state: "done" }, { status: "completed" });
    expect(JSON.parse(await tail.line())).toMatchObject({ runId: "order-6", event: "row", row: { sequence: 1, kind: "exit" } });
    tail.signal("SIGINT");
    expect([await tail.ended, tail.errors]).toEqual([0, ""]);
  });

  test("a run that is not there", async () => {
    const told = "error CANO7028: no workflow has checkpoint rows of a run `order-9`\n";
    expect(await cano("runs", "show", ...on(), "order-9")).toEqual({ code: 1, stdout: "", stderr: told });
  });
});

test("wrong usage is exit code 2", async () => {
  expect(await cano("runs", "lost")).toEqual({
    code: 2,
    stdout: "",
    stderr: "cano: there is no command `runs lost`: the commands are `runs list`, `runs show`, `runs tail`, `runs graph`\n",
  });
});
