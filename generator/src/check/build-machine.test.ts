/** Machines of sound drafts, and no machine of any other. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildDraft } from "../model/build-draft.js";
import type { Machine, Node } from "../model/machine.js";
import type { SplitBinding } from "../read/reading.js";
import { parseShape } from "../shapes/testing/parse-shape.js";
import { buildMachine } from "./build-machine.js";
import { outcomeOf } from "./testing/problems-of.js";
import { at, durabilityOf, type MachineSpec, number, reading, type TaskSpec } from "./testing/reading-builder.js";

function machineOf(spec: MachineSpec): Machine | undefined {
  const { machines, diagnostics } = outcomeOf(reading(spec));
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return machines[0];
}

function nodeOf(spec: MachineSpec, name: string): Node | undefined {
  return machineOf(spec)?.nodes.find((node) => node.name === name);
}

describe("buildMachine", () => {
  it("keeps the order of the state set, and what holds for the workflow", () => {
    const machine = machineOf({
      states: ["Done", "B", "A"],
      initial: ["A", "B", "A"],
      exits: ["Done"],
      tasks: { A: { to: ["B"] }, B: { to: ["Done"] } },
      more: { totalTimeout: number(undefined, "totalTimeout"), name: "order", importStyle: ".ts" },
    });
    expect(machine?.nodes.map(({ kind, name, value }) => [kind, name, value])).toEqual([
      ["exit", "Done", "done"],
      ["task", "B", "b"],
      ["task", "A", "a"],
    ]);
    expect(machine).toMatchObject({ name: "order", initial: [2, 1], totalTimeout: true, importStyle: ".ts", statesName: "S" });
  });

  it("sorts targets by state, bare first, each once", () => {
    const spec: MachineSpec = {
      states: ["A", "B", "Done"],
      tasks: { A: { to: ["to(Done)", "Done", "to(B)", "B", "Done"] }, B: { to: ["Done"], takes: "Cart?" } },
    };
    expect(nodeOf(spec, "A")).toMatchObject({
      targets: [
        { to: 1, carries: false, by: "method" },
        { to: 1, carries: true, by: "method" },
        { to: 2, carries: false, by: "method" },
        { to: 2, carries: true, by: "method" },
      ],
      takesInput: false,
    });
    expect(nodeOf(spec, "B")).toMatchObject({ takesInput: true });
  });

  it("calls a target a fallback only where nothing else leads there", () => {
    const target = (member: number, by: "method" | "fallback") =>
      ({ state: { kind: "member", member, span: at("x") }, form: "bare", by, carries: { kind: "nothing" } }) as const;
    const targets = [target(1, "fallback"), target(2, "fallback"), target(1, "method"), target(2, "fallback")];
    const spec: MachineSpec = { states: ["A", "B", "Done"], tasks: { A: { method: { targets } }, B: { to: ["Done"] } } };
    expect(nodeOf(spec, "A")).toMatchObject({
      targets: [
        { to: 1, by: "method" },
        { to: 2, by: "fallback" },
      ],
    });
  });

  it("tells an exit that no path reaches", () => {
    const spec: MachineSpec = { states: ["A", "Lost", "Done"], exits: ["Lost", "Done"], tasks: { A: { to: ["Done"] } } };
    expect(nodeOf(spec, "Lost")).toEqual({ kind: "exit", name: "Lost", value: "lost", reachable: false });
    expect(nodeOf(spec, "Done")).toMatchObject({ reachable: true });
  });

  it.each([
    ["no config", {}, { retry: false, attemptTimeout: false }],
    ["no retry", { retry: "none" }, { retry: false }],
    ["a retry that may be there", { retry: "unknown" }, { retry: true }],
    ["a policy", { retry: { retries: 2, delay: 0 } }, { retry: true }],
    ["an attempt timeout", { attemptTimeout: 5 }, { attemptTimeout: true, synchronous: false }],
    [
      "of a synchronous task",
      { attemptTimeout: 5, method: { mayBePromise: false } },
      { attemptTimeout: false, synchronous: true },
    ],
    ["an object literal", { task: { className: undefined, form: "instance" } }, { task: "A", form: "instance" }],
  ] as const)("%s", (_, task, expected) => {
    expect(nodeOf({ states: ["A", "Done"], tasks: { A: { to: ["Done"], ...task } } }, "A")).toMatchObject(expected);
  });

  it("describes a split and what it hands on", () => {
    const states = ["A", "B", "Done"];
    const branches = [{ name: "First" }, { name: "Second", method: { needsResources: true } }];
    const split = { branches, next: "B", join: ["quorum", 1] } as const;
    expect(nodeOf({ states, tasks: { A: split, B: { to: ["Done"] } } }, "A")).toEqual({
      kind: "split",
      name: "A",
      kinds: [],
      value: "a",
      branches: ["First", "Second"],
      join: "quorum",
      next: 1,
      handsOn: false,
      needsResources: true,
      takesInput: false,
      guarded: false,
      breaks: false,
    });
    expect(
      nodeOf({ states, tasks: { A: { ...split, next: "to(B)" }, B: { to: ["Done"], takes: "Joined" } } }, "A"),
    ).toMatchObject({ handsOn: true });
    expect(nodeOf({ states: ["A", "Done"], tasks: { A: { branches: "dynamic", next: "Done" } } }, "A")).toMatchObject({
      branches: "dynamic",
      handsOn: true,
    });
  });

  it("has codecs where what is stored has one", () => {
    const codecsOf = (durable: boolean, ...names: readonly string[]): boolean | undefined => {
      const codecs = names.map((name) => ({ name, canos: name, encoded: parseShape("string") }));
      const durability = durabilityOf({ durable, codecs });
      return machineOf({ states: ["A", "Done"], tasks: { A: { to: ["Done"] } }, more: { durability } })?.codecs;
    };
    expect([codecsOf(true), codecsOf(true, "dates"), codecsOf(true, "dates", "bigints")]).toEqual([false, true, true]);
    expect(codecsOf(false, "dates")).toBe(false);
  });

  it("knows of a split which of its branches have guards, and whether a function that computes them takes the input", () => {
    const split = (branches: readonly TaskSpec[] | "dynamic", more: Partial<SplitBinding> = {}) =>
      nodeOf({ states: ["A", "Done"], tasks: { A: { branches, next: "Done", split: more } } }, "A");
    expect(split([{}, { guards: { breaker: {} } }])).toMatchObject({ guarded: true, breaks: true });
    expect(split([{}, { guards: { fallback: "unknown" } }])).toMatchObject({ guarded: true, breaks: false });
    expect(split([{ attemptTimeout: 5 }])).toMatchObject({ guarded: false, breaks: false });
    const computed = {
      kind: "dynamic",
      needsResources: true,
      mayBeGuarded: true,
      closedParameters: [],
      wrongResults: [],
    } as const;
    const known = { needsResources: true, guarded: true, breaks: false };
    expect(split("dynamic", { branches: { ...computed, takesInput: true } })).toMatchObject({ ...known, takesInput: true });
    expect(split("dynamic", { branches: { ...computed, takesInput: false } })).toMatchObject({ ...known, takesInput: false });
  });

  it("writes guards beside the call where they are all known, and are of those that can be", () => {
    const guardedBy = (guards: NonNullable<TaskSpec["guards"]>, task?: TaskSpec["task"]) => {
      const node = nodeOf({ states: ["A", "Done"], tasks: { A: { to: ["Done"], retry: { retries: 1 }, guards, task } } }, "A");
      return node?.kind === "task" ? node.guarded : undefined;
    };
    expect(guardedBy({})).toBe("no");
    expect(guardedBy({ breaker: {}, retryBudget: {}, fallback: "unknown" })).toBe("inline");
    for (const key of ["bulkhead", "rateLimit", "hedge"] as const) expect(guardedBy({ breaker: {}, [key]: {} })).toBe("apart");
    const span = at("config");
    const guards = [{ key: "breaker", span, made: undefined, told: false, unknownKeys: [], numbers: [] }] as const;
    const config = { span, unknownKeys: [], retry: undefined, attemptTimeout: undefined, guards };
    expect(guardedBy({}, { config })).toBe("apart");
  });

  it("refuses a draft with an error", () => {
    expect(() => buildMachine(buildDraft(reading({ states: ["A", "Done"], tasks: {} })))).toThrow(
      "not proven by any check: state `A` has a task",
    );
  });
});

describe("checkMachines on any machine", () => {
  const names = ["A", "B", "C", "D"];
  const target = fc.constantFrom(...names, "to(B)", "to(D)", "?", "|", "Other.A");
  const task = fc.record({ to: fc.array(target, { maxLength: 3 }), takes: fc.constantFrom("Cart", "Cart?"), sync: fc.boolean() });
  const specs = fc.record({
    initial: fc.array(fc.constantFrom("A", "B", "?"), { maxLength: 2 }),
    exits: fc.array(fc.constantFrom("C", "D", "Other.D"), { maxLength: 2 }),
    tasks: fc.dictionary(fc.constantFrom(...names, "?"), task),
  });
  const sound = fc.record({
    to: fc.array(fc.constantFrom("B", "C", "to(D)"), { minLength: 1, maxLength: 3 }),
    sync: fc.boolean(),
  });
  const toSpec = (tasks: Record<string, { to: string[]; sync: boolean }>, more: Partial<MachineSpec>): MachineSpec => ({
    states: names,
    tasks: Object.fromEntries(
      Object.entries(tasks).map(([key, { sync, ...rest }]) => [key, { ...rest, method: { mayBePromise: !sync } }]),
    ),
    ...more,
  });

  it("either reports an error or makes a machine that is total", () => {
    const drawn = fc.oneof(
      specs.map(({ tasks, ...more }) => toSpec(tasks, more)),
      fc.record({ A: sound, B: sound, C: sound }).map((tasks) => toSpec(tasks, {})),
    );
    let made = 0;
    fc.assert(
      fc.property(drawn, (spec) => {
        const { machines, diagnostics } = outcomeOf(reading(spec));
        expect(machines).toHaveLength(diagnostics.some(({ severity }) => severity === "error") ? 0 : 1);
        for (const machine of machines) expectTotal(machine);
        made += machines.length;
      }),
    );
    expect(made).toBeGreaterThan(0);
  });

  it("words every problem in the style of the house", () => {
    fc.assert(
      fc.property(specs, ({ tasks, ...more }) => {
        for (const { message, help, notes } of outcomeOf(reading(toSpec(tasks, more))).diagnostics) {
          for (const text of [message, help, ...notes.map((note) => note.message)]) expect(text).toMatch(/^[a-z`].*[^.]$/);
          expect(message).not.toMatch(/undefined|\[object/);
        }
      }),
    );
  });
});

// From every state that a run can enter, following targets ends in an exit at last.
function expectTotal(machine: Machine): void {
  const ends = new Set(machine.nodes.flatMap((node, place) => (node.kind === "exit" ? [place] : [])));
  for (let size = -1; size < ends.size;) {
    size = ends.size;
    machine.nodes.forEach((node, place) => {
      const targets = node.kind === "task" || node.kind === "router" ? node.targets : [];
      if (targets.some(({ to }) => ends.has(to))) ends.add(place);
    });
  }
  expect(ends.size).toBe(machine.nodes.length);
}
