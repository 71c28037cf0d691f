/** The checks of bindings: codes 1xxx. */

import { describe, expect, it } from "vitest";
import type { TaskKind } from "../kinds/kinds.js";
import { outcomeOf, problemsOf } from "./testing/problems-of.js";
import { at, durabilityOf, reading, type TaskSpec } from "./testing/reading-builder.js";

const states = ["A", "Done"];
const bound = (task: TaskSpec["task"]) => ({ states, tasks: { A: { to: ["Done"], task } } }) as const;
const branch = (task: TaskSpec["task"]) => ({ states, tasks: { A: { branches: [{ task }], next: "Done" } } }) as const;
const method = (name: string) => ({ name, span: at(`method ${name}`) });
const run = { kind: "task", span: at("run") } as const;
const route = { kind: "router", span: at("route") } as const;
const ofKind = (kind: TaskKind) => ({ shapes: [{ kind, span: at(kind) }] });
const begun = { kind: "batch", present: [method("load"), method("finish")], missing: ["processItem"] } as const;
const names = (kind: TaskKind | "branch", name: string) => ({ kind, name, span: at(`implements ${name}`) });

describe("bindings", () => {
  it.each([
    ["1010: parameters", bound({ construction: { problem: "arguments", span: at("constructor") } }), ["CANO1010 constructor"]],
    ["1010: a branch", branch({ construction: { problem: "abstract", span: at("class") } }), ["CANO1010 class"]],
    ["1010: none", bound({ construction: undefined }), []],

    ["1011: no method", bound({ shapes: [], method: undefined }), ["CANO1011 value A"]],
    ["1011: a slip", bound({ shapes: [], method: undefined, otherMembers: [method("runs")] }), ["CANO1011 value A"]],
    ["1011: a branch that routes", branch({ shapes: [route] }), ["CANO1011 value A[0]"]],
    ["1011: a router", bound({ shapes: [route] }), []],

    ["1011: a branch that reads a stream", branch(ofKind("stream")), ["CANO1011 value A[0]"]],
    ["1011: a branch that polls", branch(ofKind("poll")), []],
    ["1017: methods that are missing", bound({ shapes: [], method: undefined, begun }), ["CANO1017 value A"]],
    ["1017: none is missing", bound(ofKind("batch")), []],

    ["1012: two shapes", bound({ shapes: [run, route], method: undefined }), ["CANO1012 route"]],

    ["1013: another kind", bound({ implemented: [names("router", "RouterTask")] }), ["CANO1013 implements RouterTask"]],
    ["1013: a branch as a task", bound({ implemented: [names("branch", "Branch")] }), ["CANO1013 implements Branch"]],
    ["1013: a task as a branch", branch({ implemented: [names("task", "Task")] }), ["CANO1013 implements Task"]],
    ["1013: the right kind", bound({ implemented: [names("task", "Task")] }), []],
    ["1013: a branch", branch({ implemented: [names("branch", "Branch")] }), []],

    ["1013: a poll as a branch", branch({ ...ofKind("poll"), implemented: [names("poll", "PollTask")] }), []],

    ["1014: an unknown key", bound({ config: config("retires") }), ["CANO1014 key retires"]],
    ["1014: of an option", bound({ unknownKeys: [{ of: "backoff", key: method("max") }] }), ["CANO1014 method max"]],
    ["1014: of a compensation", bound({ compensateConfig: config("retires") }), ["CANO1014 key retires"]],
    ["1014: no unknown key", bound({ config: config() }), []],

    [
      "1015: a slip beside the right method",
      bound({ otherMembers: [method("Run"), method("describe")] }),
      ["CANO1015 method Run"],
    ],
    [
      "1015: an option of its kind",
      bound({ ...ofKind("batch"), otherMembers: [method("concurency")] }),
      ["CANO1015 method concurency"],
    ],
    [
      "1015: not of a class of two kinds",
      bound({ shapes: [run, route], method: undefined, otherMembers: [method("runs")] }),
      ["CANO1012 route"],
    ],
    ["1015: static", bound({ staticMembers: [method("config")] }), ["CANO1015 method config"]],
    ["1015: a static option of another kind is free", bound({ staticMembers: [method("concurrency")] }), []],
    ["1015: an option of another kind is free", bound({ otherMembers: [method("concurency")] }), []],
    ["1015: a slip from another kind's method is free", bound({ otherMembers: [method("routes")] }), []],

    ["1018: what nothing that is given has", bound(closed(false)), ["CANO1018 parameter"]],
    ["1018: of a branch, which may take its own resources", branch(closed(false)), []],
    ["1018: of a branch, whoever calls it", branch(closed(true)), ["CANO1018 parameter"]],
  ] as const)("%s", (_, spec, problems) => {
    expect(problemsOf(spec)).toEqual(problems);
  });

  it.each([
    [
      "a branch without a method",
      branch({ shapes: [], method: undefined }),
      "give it the method `run` or `poll` or `wait` or `load`",
    ],
    [
      "a private method",
      bound({ shapes: [], method: undefined, hiddenMembers: [method("run")] }),
      "make `run` public, and no static method",
    ],
    [
      "a static method of none",
      branch({ shapes: [], method: undefined, staticMembers: [method("config")] }),
      "give it the method `run` or `poll` or `wait` or `load`",
    ],
    [
      "a `compensate` that is missing",
      bound({ implemented: [names("compensatable", "CompensatableTask")] }),
      "give it `compensate`, or implement the interface of the kind that it is",
    ],
    [
      "an interface that is another kind's",
      bound({ ...ofKind("batch"), implemented: [names("compensatable", "CompensatableTask")] }),
      "implement the interface of the kind that it is",
    ],
  ] as const)("says what to do about %s", (_, spec, help) => {
    expect(outcomeOf(reading(spec)).diagnostics.map((problem) => problem.help)).toEqual([help]);
  });

  it("offers a rename where one method is a slip away", () => {
    const once = outcomeOf(reading(bound({ shapes: [], method: undefined, otherMembers: [method("Route")] }))).diagnostics[0];
    expect(once?.fix).toEqual({ title: "rename it to `route`", span: at("method Route"), text: "route" });
    expect(once?.help).toBe("rename `Route` to `route`");
    const twice = outcomeOf(reading(bound({ shapes: [], method: undefined, otherMembers: [method("Route"), method("runs")] })))
      .diagnostics[0];
    expect(twice?.fix).toBeUndefined();
  });

  it("names what is missing of a kind, and offers a rename where one method is a slip away", () => {
    const plain = outcomeOf(reading(bound({ shapes: [], method: undefined, begun }))).diagnostics[0];
    expect([plain?.message, plain?.help]).toEqual([
      "`TaskA` has `load` and `finish` of a `BatchTask`, but not `processItem`",
      "add `processItem`",
    ]);
    const slip = { shapes: [], method: undefined, begun, otherMembers: [method("processItems")] };
    expect(outcomeOf(reading(bound(slip))).diagnostics[0]?.fix?.text).toBe("processItem");
  });

  it("offers the key that was meant", () => {
    const [problem] = outcomeOf(reading(bound({ config: config("attemptTimeOut") }))).diagnostics;
    expect(problem?.fix).toEqual({ title: "write `attemptTimeout`", span: at("key attemptTimeOut"), text: "attemptTimeout" });
    expect(outcomeOf(reading(bound({ config: config("patience") }))).diagnostics[0]?.fix).toBeUndefined();
  });

  it("reports a class that is bound twice once", () => {
    const construction = { problem: "private", span: at("constructor") } as const;
    const task = { className: "Same", construction };
    const { diagnostics, machines } = outcomeOf(
      reading({ states: ["A", "B", "Done"], tasks: { A: { to: ["B"], task }, B: { to: ["Done"], task } } }),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(["CANO1010"]);
    expect(machines).toEqual([]);
  });
});

describe("what the compiler has against the call itself", () => {
  const heldBack = [{ code: "CANO1001", severity: "error", message: "x", span: at("call"), notes: [], help: "y" }] as const;

  it("is told where no check says it better, and there is no machine then", () => {
    const { diagnostics, machines } = outcomeOf(reading({ ...bound({}), more: { heldBack } }));
    expect([diagnostics, machines]).toEqual([heldBack, []]);
    const worded = outcomeOf(reading({ ...bound({ config: config("retires") }), more: { heldBack } }));
    expect(worded.diagnostics.map(({ code }) => code)).toEqual(["CANO1014"]);
  });
});

describe("names", () => {
  const named = (name: string, file = "/a.ts") => ({ ...reading(bound({})), name, file, span: at(`workflow ${name}`) });

  it("1016: two workflows of one file with the same generated names", () => {
    const { diagnostics, machines } = outcomeOf(named("order"), named("Order"));
    expect(diagnostics.map(({ code, span }) => [code, span?.file])).toEqual([["CANO1016", "workflow Order"]]);
    expect(machines.map(({ name }) => name)).toEqual(["order"]);
  });

  it.each([
    ["HTTPCall", "httpCall", "httpCallGraph"],
    ["fooGraph", "createFoo", "createFooGraph"],
  ])("1016: nor where only some of the names are the same: %s and %s", (one, other, exported) => {
    const { diagnostics } = outcomeOf(named(one), named(other));
    expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining(`generated as \`${exported}\``)]);
  });

  it.each([
    [true, true, ["CANO3023 workflow order"]],
    [true, false, []],
    [false, true, []],
  ])("3023: the name of two durable workflows, and of no others: %j and %j", (one, other, problems) => {
    const stored = (durable: boolean, file: string) => ({
      ...named("order", file),
      durability: durabilityOf({ durable }),
    });
    const { diagnostics } = outcomeOf(stored(one, "/a.ts"), stored(other, "/b.ts"));
    expect(diagnostics.map(({ code, span }) => `${code} ${span?.file}`)).toEqual(problems);
  });

  it("1016: not in two files, nor with different names", () => {
    expect(outcomeOf(named("order"), named("order", "/b.ts"), named("orders")).diagnostics).toEqual([]);
  });
});

function closed(always: boolean): TaskSpec["task"] {
  return { closedParameters: [{ method: "run", given: "resources", type: "string", always, span: at("parameter") }] };
}

function config(...keys: readonly string[]) {
  return {
    span: at("config"),
    unknownKeys: keys.map((name) => ({ name, span: at(`key ${name}`) })),
    retry: undefined,
    attemptTimeout: undefined,
    guards: [],
  };
}
