/** What is recorded of a durable workflow: the shapes of what it stores, and how runs of earlier versions go on. */

import { expect, test } from "vitest";
import { shapeText } from "../../shapes/shape-text.js";
import type { PlacedShape } from "../data-reading.js";
import type { Reading } from "../reading.js";
import { createReader, type ReadProgram, showTarget } from "../testing/read-program.js";

const read = createReader();

const head = `
import { codec, type Context, dates, dead, type Joined, type Migration, more, same, split, to, undoable, workflow } from "cano";
export enum S { A = "a", B = "b", Done = "done", Lost = "lost" }
declare const cond: boolean;
`;

function readOne(source: string): { reading: Reading; at: ReadProgram["at"]; codes: readonly string[] } {
  const { readings, diagnostics, at } = read({ "flow.ts": head + source });
  const [reading] = readings;
  if (reading === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return { reading, at, codes: diagnostics.map(({ code }) => code) };
}

/** A machine whose state A is bound to `a`, and state B to `b`. */
function flow(a: string, b: string, more = ""): string {
  return `export const flow = workflow({ states: S, initial: S.A, exits: [S.Done, S.Lost], tasks: { [S.A]: ${a}, [S.B]: ${b} }, durable: true, version: 1${more} });`;
}

function shown(at: ReadProgram["at"], placed: PlacedShape | undefined): string | undefined {
  return placed && `${shapeText(placed.shape)} at ${at(placed.span)}`;
}

function shapesOf(source: string, state: number): Readonly<Record<string, string | undefined>> {
  const { reading, at } = readOne(source);
  const found = reading.shapes.find((shapes) => shapes.state === state);
  return {
    input: shown(at, found?.input),
    cursor: shown(at, found?.cursor),
    undo: shown(at, found?.undo),
    undoneInput: shown(at, found?.undoneInput),
  };
}

const last = "class Last { async run() { return S.Done; } }";

test.each<[what: string, a: string, shapes: Readonly<Record<string, string>>]>([
  [
    "a task",
    "async run(_: unknown, { input }: Context<{ id: string; tags?: readonly string[] }>) { return S.B; }",
    { input: "{ id: string; tags?: string[] } at { id: string; tags?: readonly string[] }" },
  ],
  ["a task that takes nothing", "async run() { return S.B; }", {}],
  [
    "an input that may be missing",
    "async run(_: unknown, { input }: Context<string | undefined>) { return S.B; }",
    { input: "string | undefined at string | undefined" },
  ],
  [
    "a compensatable task",
    "async run(_: unknown, { input }: Context<{ a: 1 }>) { return undoable(S.B, { hold: 'h' }); } async compensate(_: unknown, output: { hold: string }, { input }: Context<{ b: 2 }>) {}",
    { input: "{ a: 1; b: 2 } at { a: 1 }", undo: "{ hold: string } at { hold: string }", undoneInput: "{ b: 2 } at { b: 2 }" },
  ],
  [
    "a compensatable task with rest parameters",
    "async run(..._: [unknown, Context<{ a: 1 }>]) { return undoable(S.B, { hold: 'h' }); } async compensate(...given: [unknown, { hold: string }, Context<{ a: 1 }>]) {}",
    {
      input: "{ a: 1 } at [unknown, Context<{ a: 1 }>]",
      undo: "{ hold: string } at [unknown, { hold: string }, Context<{ a: 1 }>]",
      undoneInput: "{ a: 1 } at [unknown, { hold: string }, Context<{ a: 1 }>]",
    },
  ],
  ["one whose compensation takes nothing", "async run() { return undoable(S.B, 1); } async compensate() {}", {}],
  [
    "a stepped task",
    "async step(_: unknown, cursor: number | undefined) { return cursor === undefined ? more(1) : S.B; }",
    { cursor: "number at number | undefined" },
  ],
  [
    "a stepped task with rest parameters",
    "async step(_: unknown, ...rest: [number | undefined]) { return rest[0] === undefined ? more(1) : S.B; }",
    { cursor: "number at [number | undefined]" },
  ],
  [
    "a stream",
    "async *open(_: unknown, cursor?: { at: number }) { yield 1; } processItem(_: unknown, item: number): readonly [number, { at: number }] { return [item, { at: 1 }]; } flushWindow() {} onClose() { return S.B; }",
    { cursor: "{ at: number } at { at: number }" },
  ],
])("%s", (_, members, shapes) => {
  expect(shapesOf(`class First { ${members} }\n${last}\n${flow("First", "Last")}`, 0)).toEqual({
    input: undefined,
    cursor: undefined,
    undo: undefined,
    undoneInput: undefined,
    ...shapes,
  });
});

test("a type without an end is read in the end", () => {
  const first =
    "interface Box<V> { value: V; left?: Box<[V, 1]>; right?: Box<[V, 2]> } class First { async run(_: unknown, { input }: Context<Box<string>>) { return S.B; } }";
  const { reading } = readOne(`${first}\n${last}\n${flow("First", "Last")}`);
  expect([reading.payloadLosses, reading.shapes[0]?.input?.shape]).toEqual([[], { kind: "large", hash: "immeasurable" }]);
});

test("an element that may be missing, and not undefined, is stored", () => {
  const first = "class First { async run(_: unknown, { input }: Context<readonly [number, string?]>) { return S.B; } }";
  const source = head + `${first}\n${last}\n${flow("First", "Last")}`;
  const losses = [false, true].map((exactOptionalPropertyTypes) => {
    const { readings } = createReader({ flags: { exactOptionalPropertyTypes } })({ "flow.ts": source });
    return readings[0]?.payloadLosses.length;
  });
  expect(losses).toEqual([1, 0]);
});

test("a split takes what all of its branches take", () => {
  const branches =
    "class X { async run(_: unknown, { input }: Context<{ x: string }>) { return 1; } } class Y { async run(_: unknown, { input }: Context<{ y: number }>) { return 'y'; } }";
  expect(shapesOf(`${branches}\n${last}\n${flow("split([X, Y], { next: S.B })", "Last")}`, 0)["input"]).toBe(
    "{ x: string; y: number } at { x: string }",
  );
});

test("what exits are handed is as wide as the type of the result", () => {
  const first =
    "class First { async run() { if (cond) return to(S.Done, { kind: 'full', at: 5 }); return cond ? to(S.Lost, 'why') : S.B; } }";
  const second = "class Second { async run(): Promise<S.Lost | { state: S.Done; input: 1 }> { return S.Lost; } }";
  const { reading } = readOne(`${first}\n${second}\n${flow("First", "Second")}`);
  const targets = reading.bindings.flatMap((binding) => (binding.kind === "task" ? (binding.task.method?.targets ?? []) : []));
  expect(
    targets.map(({ carries }) => (carries.kind === "input" && carries.shape ? shapeText(carries.shape) : carries.kind)),
  ).toEqual(["{ at: number; kind: string }", "string", "nothing", "nothing", "1"]);
});

test("an exit that follows a split carries the joined results", () => {
  const branch = "class X { async run(_: unknown, { input }: Context<{ x: string }>) { return cond ? 1 : undefined; } }";
  const first = "class First { async run() { return to(S.B, { x: 'x' }); } }";
  const { reading } = readOne(`${branch}\n${first}\n${flow("First", "split([X], { next: S.Done })")}`);
  const split = reading.bindings[1];
  const carries = split?.kind === "split" ? split.next.carries : undefined;
  expect(carries?.kind === "input" && carries.shape && shapeText(carries.shape)).toBe(
    "{ cancelled: number[]; failures: { branch: number; category: string; message: string; name: string }[]; input: { x: string }; successes: { branch: number; value?: 1 }[] }",
  );
});

test("nothing is recorded where nothing is stored", () => {
  const { reading } = readOne(
    `class First { async run(_: unknown, { input }: Context<string>) { return to(S.Done, input); } }\n${last}\n${flow("First", "Last").replace("durable: true", "durable: false")}`,
  );
  expect([
    reading.shapes,
    reading.bindings.map((binding) => binding.kind === "task" && binding.task.method?.targets[0]?.carries),
  ]).toEqual([[], [expect.not.objectContaining({ shape: expect.anything() }), { kind: "nothing" }]]);
});

const tasks = `class First { async run(_: unknown, { input }: Context<{ id: string }>) { return undoable(S.B, 1); } async compensate(_: unknown, output: number) {} }
class Second { async run() { return S.Done; } }
interface Old { number: number }
`;

function migrationsOf(migrations: string, around = ""): readonly string[] {
  const { reading, at, codes } = readOne(`${around}\n${tasks}\n${flow("First", "Second", `, migrations: ${migrations}`)}`);
  const told = (targets: Parameters<typeof showTarget>[1][]): string =>
    targets
      .map(
        (target) =>
          `${showTarget(reading, target)}${target.carries.kind === "input" && target.carries.fit.kind === "misfit" ? ` misfit ${target.carries.fit.path}` : ""}`,
      )
      .join(", ");
  return [
    ...codes,
    ...reading.migrations.flatMap(({ version, span, states, undo }) => [
      `${version} at ${at(span)}`,
      ...states.map(
        ({ state, span: key, how }) =>
          `${state} at ${at(key)}: ${how.kind === "function" ? `(${shown(at, how.parameter)}) ${told([...how.targets])}` : how.kind}`,
      ),
      ...undo.map(
        ({ state, span: key, parameter, targets }) =>
          `undo ${state} at ${at(key)}: (${shown(at, parameter)}) ${told([...targets])}`,
      ),
    ]),
  ];
}

test.each<[what: string, migrations: string, told: readonly string[], around?: string]>([
  [
    "each way to go on",
    `{ 1: { states: { a: same, b: dead("no more"), "c d": (input: Old) => to(S.A, { id: String(input.number) }), e: () => S.B } } }`,
    ["1 at 1", "a at a: same", "b at b: dead", 'c d at "c d": ({ number: number } at Old) to A', "e at e: (undefined) B"],
  ],
  [
    "constants, spreads, enum keys, methods and functions elsewhere",
    `{ [ONE]: one, ...rest }`,
    [
      "1 at [ONE]",
      "a at [Before.A]: same",
      "x at x: (string at string) to A",
      "y at y: (undefined) B",
      "2 at 2",
      "z at z: (undefined) to A",
    ],
    `const ONE = 1; enum Before { A = "a" } const kept = { [Before.A]: same } as const;
function x(input: string) { return to(S.A, { id: input }); }
const one = { states: { ...kept, x, y() { return S.B; } } } satisfies Migration<S, "a" | "x" | "y">;
const rest = { 2: { states: { z: (() => to(S.A, { id: "z" })) } } } satisfies Record<number, Migration<S>>;`,
  ],
  [
    "what does not fit",
    `{ 1: { states: { a: () => to(S.A, { id: 5 }), b: (_: Old) => (cond ? S.Done : S.A) } } }`,
    ["1 at 1", "a at a: (undefined) to A misfit .id", "b at b: ({ number: number } at Old) Done, A"],
  ],
  [
    "what undoes",
    `{ 1: { states: {}, undo: { a: (output: string) => to(S.A, Number(output)), b: (output: number) => to(S.A, [output]) } } }`,
    ["1 at 1", "undo a at a: (string at string) to A", "undo b at b: (number at number) to A misfit "],
  ],
])("migrations: %s", (_, migrations, told, around = "") => {
  expect(migrationsOf(migrations, around)).toEqual(told);
});

test.each<[what: string, migrations: string, at: string]>([
  ["a condition", `cond ? {} : { 1: { states: {} } }`, `cond ? {} : { 1: { states: {} } }`],
  ["a call", `{ 1: { states: { a: make() } } }`, "make()"],
  ["a cast", `{ 1: { states: { a: same as never } } }`, "same as never"],
  ["a spread of a call", `{ 1: { states: { ...all() } } }`, "all()"],
])("migrations that cannot be followed: %s", (_, migrations, place) => {
  const around = "declare function make(): () => S.A; declare function all(): { a: typeof same };";
  const { diagnostics, at } = read({
    "flow.ts": `${head}${around}\n${tasks}\n${flow("First", "Second", `, migrations: ${migrations}`)}`,
  });
  expect(diagnostics.map(({ code, span }) => `${code} ${at(span)}`)).toEqual([`CANO1005 ${place}`]);
});
