/** What is read of tasks with several methods as a whole: their kind, where they go, what they take, their options. */

import { expect, test } from "vitest";
import type { MethodReading, TaskReading } from "../reading.js";
import { batch, stream, taskOf } from "../testing/task-of.js";

test.each<[kind: string, members: string]>([
  ["poll", "poll() { return S.B; }"],
  ["timer", "wait() { return 1; } afterWait() { return S.B; }"],
  ["batch", batch()],
  ["stepped", "step() { return S.B; }"],
  ["stream", stream()],
  ["task", "run() { return S.B; } open() {} load() {}"],
  ["task and batch", `run() { return S.B; } ${batch()}`],
  ["compensatable", "run() { return undoable(S.B, 1); } compensate(_: unknown, output: number) {}"],
  // What may be missing is not called.
  ["task", "run() { return S.B; } compensate?(_: unknown, output: number): void;"],
  ["none, begun timer without wait", "wait?(): number; afterWait() { return S.B; }"],
  ["compensatable and batch", `run() { return S.B; } compensate() {} ${batch()}`],
  ["none, begun compensatable without run", "compensate() {}"],
  ["none, begun batch without processItem, finish", "load() { return []; }"],
  ["none, begun batch without load, finish", "processItem() {}"],
  ["none, begun stream without flushWindow, onClose", "async *open() { yield 1; } processItem() {}"],
  ["none", "work() {}"],
])("is a %s", (kind, members) => {
  const { shapes, begun } = taskOf(members).task;
  const shown = shapes.map((shape) => shape.kind).join(" and ") || "none";
  expect(begun === undefined ? shown : `${shown}, begun ${begun.kind} without ${begun.missing.join(", ")}`).toBe(kind);
});

test.each<[members: string, targets: readonly string[]]>([
  ["poll() { return cond ? S.B : pending(5); }", ["B"]],
  ["async poll() { if (cond) return pending(); return to(S.C, 1); }", ["to C"]],
  ["poll(): S.B | ReturnType<typeof pending> { return pending(); }", ["B"]],
  ["poll() { return this.later(); } later() { return cond ? pending(1) : S.B; }", ["B"]],
  ["async step(_: unknown, at?: number) { return at ? more(at + 1) : S.B; }", ["B"]],
  [stream({ flush: "async flushWindow() { if (cond) return S.C; }" }), ["C", "B"]],
  [stream({ flush: "flushWindow(): S.C | undefined { return undefined; }" }), ["C", "B"]],
  [stream({ flush: "flushWindow() { return cond ? to(S.C, 1) : undefined; }" }), ["to C", "B"]],
  ["wait() { return S.A; } afterWait() { return cond ? S.B : S.C; }", ["B", "C"]],
  ["run() { return undoable(S.B, 1); } compensate() {}", ["B"]],
  ["async run() { return cond ? undoable(to(S.B, 1), 'x') : S.C; } compensate() {}", ["to B", "C"]],
  ["run() { const next = cond ? S.B : S.C; return undoable(next, null); } compensate() {}", ["B", "C"]],
  ["run() { return this.made(); } made() { return undoable(to(S.C, 5), 1); } compensate() {}", ["to C"]],
  ["run(): Undoable<S.B | To<S.C, number>, string> { return undoable(S.B, ''); } compensate() {}", ["B", "to C"]],
  ["run(): Promise<Undoable<S.B, string> | S.C> { return Promise.resolve(S.C); } compensate() {}", ["C", "B"]],
  // Only where the kind has a use for them.
  [
    "run() { return undoable(S.B, 1); }",
    ["?it is made by `undoable()`, which only `run` of a task with a method `compensate` may return"],
  ],
  [
    "run(): Undoable<S.B, number> { return undoable(S.B, 1); }",
    ["?it is made by `undoable()`, which only `run` of a task with a method `compensate` may return"],
  ],
  ["run() { return cond ? S.B : pending(5); }", ["B", "?it is made by `pending()`, which only `poll` may return"]],
  ["poll() { return cond ? S.B : more(5); }", ["B", "?it is made by `more()`, which only `step` may return"]],
  ["step() { if (cond) return S.B; }", ["B", "?a path returns no state"]],
  ["afterWait() { if (cond) return S.B; } wait() { return 1; }", ["B", "?a path returns no state"]],
])("targets of %s", (members, targets) => {
  expect(taskOf(members).targets).toEqual(targets);
});

test("everything that its methods take counts", () => {
  const around = "interface Db { get(): number } interface Box { box: number }";
  const facts = ({ method }: TaskReading): Partial<MethodReading> | undefined =>
    method && {
      mayBePromise: method.mayBePromise,
      needsResources: method.needsResources,
      takesContext: method.takesContext,
      input: method.input,
    };
  const both = taskOf(
    "wait({ db }: { db: Db }, { input }: Context<Box>) { return input.box; } afterWait(_: unknown, { input }: Context<{ name: string }>) { return S.B; }",
    around,
  );
  expect(facts(both.task)).toMatchObject({
    mayBePromise: true,
    needsResources: true,
    takesContext: true,
    input: { kind: "typed", text: "Box & { name: string; }", optional: false },
  });
  const late = taskOf(
    "load() { return [1]; } processItem() { return 1; } finish(_: object, __: unknown, { input }: Context<Box | undefined>) { return S.B; }",
    around,
  );
  expect(facts(late.task)).toMatchObject({ needsResources: false, takesContext: true, input: { kind: "typed", optional: true } });
  expect(facts(taskOf("poll() { return S.B; }").task)).toMatchObject({
    mayBePromise: true,
    takesContext: false,
    input: { kind: "nothing" },
  });
});

test("options are read where they are literals", () => {
  const shown = (members: string): readonly string[] => {
    const { options, policies } = taskOf(members).task;
    return [
      ...options.map(({ path, number }) => `${path}=${number.value}`),
      ...policies.map(
        ({ policy, options: numbers }) => `${policy} ${numbers.map(({ name, number }) => `${name}=${number.value}`).join()}`,
      ),
    ];
  };
  const work = batch("number", "string");
  expect(shown(`concurrency = 4; itemTimeout = 5 * 60; itemRetry = fixed({ retries: 1, delay: 2 }); ${work}`)).toEqual([
    "concurrency=4",
    "itemTimeout=300",
    "fixed retries=1,delay=2",
  ]);
  expect(shown(`concurrency = Number("4"); ${work}`)).toEqual(["concurrency=undefined"]);
  expect(shown(`window = { count: 5 }; itemErrors = { tolerate: 2 } as const; closeTimeout = 9; ${stream()}`)).toEqual([
    "window.count=5",
    "itemErrors.tolerate=2",
    "closeTimeout=9",
  ]);
  expect(shown(`readonly window = { duration: 5 } as const; itemErrors = "skip" as const; ${stream()}`)).toEqual([
    "window.duration=5",
  ]);
  expect(shown("pollErrors = { tolerate: 1 }; backoff: Backoff = { base: 5, cap: 9 }; poll() { return S.B; }")).toEqual([
    "pollErrors.tolerate=1",
    "exponential base=5,cap=9",
  ]);
  // Another kind has no use for them.
  expect(shown("concurrency = 0; run() { return S.B; }")).toEqual([]);
});
