/** Runs that an earlier version has left behind, and how they go on. */

import { dead, type Migration, more, same, to, undoable } from "cano";
import type { MemoryCheckpoints } from "cano/checkpoints";
import { describe, expect, test } from "vitest";
import { type DurableStep, durableMachineOf, reopened, toldBy } from "./machine.js";

const broken = (): string => {
  throw new Error("no such id");
};
const rejects = (): Promise<never> => Promise.reject(new Error("no network"));
const never = (): Promise<never> => new Promise(() => undefined);

/** Version 1, which holds something and is left behind in `wait`. */
async function leftBehind(wait: DurableStep = { run: never }, input: unknown = { id: 7 }): Promise<MemoryCheckpoints> {
  const hold: DurableStep = {
    run: async () => undoable(["wait", input] as never, "hold-1"),
    compensate: async () => undefined,
  };
  const first = durableMachineOf({ hold, wait });
  first.workflow.orchestrate({ runId: "run-1", input: "begun" }).catch(() => undefined);
  await first.clock.advance(0);
  return await reopened(first.checkpoints);
}

/** Version 2, with what `go` and `keep` were given and what was undone. */
function version2(migration: Migration<string | number> | undefined, fails = false) {
  const seen: unknown[] = [];
  const undone: unknown[] = [];
  const tasks: Readonly<Record<string, DurableStep>> = {
    keep: {
      run: async () => undoable("go" as never, "new"),
      compensate: async (_: unknown, output: unknown, { input }: { input: unknown }) => void undone.push(["keep", output, input]),
    },
    hold: { run: async () => "go", compensate: async (_: unknown, output: unknown) => void undone.push(["hold", output]) },
    go: {
      run: async (_: unknown, { input }: { input: unknown }) => {
        seen.push(input);
        if (fails) throw new Error("down");
        return ["done", input];
      },
    },
    wait: { step: async (_: unknown, cursor: unknown, { input }: { input: unknown }) => ["done", [input, cursor]] as never },
  };
  return (checkpoints: MemoryCheckpoints) => {
    const setting = { checkpoints, version: 2, ...(migration === undefined ? {} : { migrations: { 1: migration } }) };
    return { ...durableMachineOf(tasks, setting), seen, undone };
  };
}

test("a function says where the run goes on, and with what", async () => {
  const told: unknown[] = [];
  const migration: Migration<string | number> = {
    states: { wait: (input: { id: number }, run) => (told.push(run), to("go", { number: input.id })) },
  };
  const { workflow, seen, clock } = version2(migration)(await leftBehind());
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe('done {"number":7}');
  expect(seen).toEqual([{ number: 7 }]);
  expect(told[0]).toEqual({ runId: "run-1", version: 1, cursor: undefined });
  expect(await workflow.runs.get("run-1")).toMatchObject({ version: 2, status: "completed" });
  const rows = await workflow.runs.history("run-1");
  expect(rows.map(({ kind, state, version }) => `${kind} ${state} ${version}`)).toEqual([
    "entry hold 1",
    "entry wait 1",
    "resume wait 1",
    "entry go 2",
    "exit done 2",
  ]);
});

test("a state that stays the same goes on with its input and its cursor", async () => {
  const steps: DurableStep = {
    step: async (_: unknown, cursor: unknown) => (cursor === undefined ? more({ at: 3 }) : await never()),
  };
  const { workflow, clock } = version2({ states: { hold: same, wait: same } })(await leftBehind(steps));
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe('done [{"id":7},{"at":3}]');
  expect(await workflow.runs.get("run-1")).toMatchObject({ version: 2, status: "completed" });
});

test("a function is told the cursor", async () => {
  const steps: DurableStep = {
    step: async (_: unknown, cursor: unknown) => (cursor === undefined ? more({ at: 3 }) : await never()),
  };
  const migration: Migration<string | number> = { states: { wait: (_: unknown, { cursor }) => to("go", cursor) } };
  const { workflow, seen, clock } = version2(migration)(await leftBehind(steps));
  await toldBy(clock, workflow.resume("run-1"));
  expect(seen).toEqual([{ at: 3 }]);
});

describe("a run that does not go on", () => {
  test.each<[string, Migration<string | number> | undefined, RegExp]>([
    ["without a migration", undefined, /goes by version 1, and this is version 2: it can be undone, but does not go forward$/],
    ["in a state that the migration leaves out", { states: { hold: same } }, /does not go forward$/],
    [
      "in a dead state",
      { states: { wait: dead("we sell no lamps any more") } },
      /does not go forward: we sell no lamps any more$/,
    ],
    ["whose migration throws", { states: { wait: broken } }, /cannot be migrated: no such id/],
    ["that is sent to an exit", { states: { wait: () => "done" } }, /cannot be migrated: `done` is no state with a task/],
    ["that is sent nowhere", { states: { wait: () => "nowhere" } }, /cannot be migrated: `nowhere` is no state with a task/],
    [
      "whose migration gives nothing",
      { states: { wait: () => null as never } },
      /cannot be migrated: `null` is no state with a task/,
    ],
    ["in a state for which the migration has nothing", { states: { wait: null as never } }, /does not go forward$/],
    ["whose version has nothing for a migration", null as never, /does not go forward$/],
    [
      "whose migration gives what cannot be printed",
      { states: { wait: () => to(Object.create(null) as string, 1) } },
      /cannot be migrated: `\(unprintable\)` is no state with a task/,
    ],
    [
      "whose migration gives what cannot be read",
      { states: { wait: () => Object.defineProperty({ input: 1 }, "state", { get: broken, enumerable: true }) as never } },
      /cannot be migrated: no such id$/,
    ],
    [
      "whose migration is asynchronous",
      { states: { wait: rejects as never } },
      /cannot be migrated: it gives a promise, and must not be asynchronous$/,
    ],
  ])("%s is left as it is", async (_, migration, message) => {
    const { workflow, clock } = version2(migration)(await leftBehind());
    const before = await workflow.runs.get("run-1");
    expect(await toldBy(clock, workflow.resume("run-1"))).toMatch(message);
    await expect(workflow.resume("run-1")).rejects.toMatchObject({
      code: message.source.includes("migrated") ? "CANO7031" : "CANO7029",
    });
    expect(await workflow.runs.get("run-1")).toEqual(before);
  });

  test.each([
    ["any more", "wait"],
    ["but is an exit", "done"],
  ])("in a state that stays the same, and that has no task %s, is left as it is", async (_, state) => {
    const checkpoints = await leftBehind();
    const load = checkpoints.load.bind(checkpoints);
    checkpoints.load = async (run) => {
      const stored = await load(run);
      const rows = stored?.rows.map((row) => (row.state === "wait" ? { ...row, state } : row)) ?? [];
      return stored && { ...stored, rows };
    };
    const migrations = { 1: { states: { [state]: same } } };
    const { workflow, clock } = durableMachineOf({ go: { run: never } }, { checkpoints, version: 2, migrations });
    expect(await toldBy(clock, workflow.resume("run-1"))).toMatch(
      /cannot be migrated: there is no task for this state any more$/,
    );
    expect(await workflow.runs.get("run-1")).toMatchObject({ version: 1, owner: undefined, resumes: 0 });
  });

  test("as its migration throws is told what that has thrown", async () => {
    const { workflow } = version2({ states: { wait: broken } })(await leftBehind());
    await expect(workflow.resume("run-1")).rejects.toMatchObject({ cause: new Error("no such id") });
  });

  test("as one that has failed stays failed", async () => {
    const { workflow, clock } = version2({ states: { wait: dead("gone") } })(
      await leftBehind({ run: () => Promise.reject(new Error("x")) }),
    );
    await toldBy(clock, workflow.resume("run-1"));
    expect((await workflow.runs.get("run-1"))?.status).toBe("compensated");
  });
});

describe("a run that ends before it is in its new state is of its own version, and is migrated by the next resume", () => {
  const wait: DurableStep = {
    step: async (_: unknown, cursor: unknown) => (cursor === undefined ? more({ at: 3 }) : await never()),
  };
  const begun = async (): Promise<MemoryCheckpoints> => {
    const first = durableMachineOf({ wait });
    first.workflow.orchestrate({ runId: "run-1", input: { id: 7 } }).catch(() => undefined);
    await first.clock.advance(0);
    return await reopened(first.checkpoints);
  };

  test.each<[string, (id: number) => unknown, AbortSignal | undefined, string]>([
    ["since it was cancelled", (id) => ({ number: id }), AbortSignal.abort(), "cancelled"],
    ["since its migration hands over what does not survive JSON", () => Number.POSITIVE_INFINITY, undefined, "failed"],
  ])("%s", async (_, make, signal, status) => {
    let isFirst = true;
    const migration: Migration<string | number> = {
      states: { wait: ({ id }: { id: number }) => to("go", isFirst ? make(id) : { number: id }) },
    };
    const { workflow, seen, clock } = version2(migration)(await begun());
    await toldBy(clock, workflow.resume("run-1", signal === undefined ? {} : { signal }));
    isFirst = false;
    expect(seen).toEqual([]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ version: 1, status });
    expect(await toldBy(clock, workflow.resume("run-1"))).toBe('done {"number":7}');
    expect(seen).toEqual([{ number: 7 }]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ version: 2, status: "completed" });
  });

  test("also where its state stays the same", async () => {
    const { workflow, clock } = version2({ states: { wait: same } })(await begun());
    await toldBy(clock, workflow.resume("run-1", { signal: AbortSignal.abort() }));
    expect(await workflow.runs.get("run-1")).toMatchObject({ version: 1, status: "cancelled" });
    expect(await toldBy(clock, workflow.resume("run-1"))).toBe('done [{"id":7},{"at":3}]');
  });
});

test("what was done under an earlier version is undone by what undoes it now", async () => {
  const migration: Migration<string | number> = {
    states: { wait: () => "go" },
    undo: { hold: (output: string) => to("keep", { id: output }) },
  };
  for (const how of ["fails", "is undone on request"]) {
    const { workflow, undone, clock } = version2(migration, true)(await leftBehind());
    await toldBy(clock, how === "fails" ? workflow.resume("run-1") : workflow.compensate("run-1"));
    expect(undone, `it ${how}`).toEqual([["keep", { id: "hold-1" }, "begun"]]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
  }
});

test("what an asynchronous migration says of what was done is not awaited, and undoes nothing", async () => {
  const { workflow } = version2({ states: { wait: same }, undo: { hold: rejects as never } })(await leftBehind());
  const message = expect.stringMatching(
    /state `hold` was not undone: .* cannot be migrated: it gives a promise, and must not be asynchronous$/,
  ) as string;
  await expect(workflow.compensate("run-1")).rejects.toMatchObject({ category: "compensation_failed", message });
});

test("without a migration of its own it is undone by the state of the same name", async () => {
  const { workflow, undone } = version2(undefined)(await leftBehind());
  await workflow.compensate("run-1");
  expect(undone).toEqual([["hold", "hold-1"]]);
  expect(await workflow.runs.get("run-1"), "undoing it is no migration").toMatchObject({ version: 1 });
});
