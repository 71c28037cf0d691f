/** What is handed over and what is taken: inputs, fits, joins, resources. */

import { expect, test } from "vitest";
import type { Reading, TaskBinding } from "../reading.js";
import { createReader } from "../testing/read-program.js";

const read = createReader();

const head = `
import { type Context, type Joined, type Next, type To, all, quorum, split, to, workflow } from "cano";
export enum S { A = "a", B = "b", C = "c" }
declare const cond: boolean;
`;

function flow(a: string, b: string): string {
  return `export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: ${a}, [S.B]: ${b} } });`;
}

function readOne(source: string): { reading: Reading; at: ReturnType<typeof read>["at"] } {
  const { readings, diagnostics, at } = read({ "flow.ts": head + source });
  const [reading] = readings;
  if (!reading || diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return { reading, at };
}

function taskOf(reading: Reading, index: number): TaskBinding["task"] {
  const binding = reading.bindings[index];
  if (binding?.kind !== "task") throw new Error("no task");
  return binding.task;
}

test.each([
  ["run(_: any, context: any) { return S.C; }", "any"],
  ["run(...given: any[]) { return S.C; }", "any"],
  ["run(_: any, { input }: Context<any>) { return S.C; }", "any"],
  ["run(_: any, context: unknown) { return S.C; }", undefined],
  ["run(...given: unknown[]) { return S.C; }", undefined],
])("whoever says `any` takes what there is: %s", (member, expected) => {
  const source = `class Give { run() { return to(S.B, 1); } } class Take { ${member} } ${flow("Give", "Take")}`;
  const input = taskOf(readOne(source).reading, 1).method?.input;
  expect(input?.kind === "typed" ? input.text : undefined).toBe(expected);
});

test("a generic task is judged as bound", () => {
  const source = (argument: string): string => `
class Store<T> { async run(_: {}, { input }: Context<T>) { return to(S.B, { stored: input }); } }
class Take { async run(_: {}, { input }: Context<{ stored: string }>) { void input; return S.C; } }
${flow(`new Store<${argument}>()`, "Take")}`;
  const fits = ["string", "number"].map((argument) => {
    const [target] = taskOf(readOne(source(argument)).reading, 0).method?.targets ?? [];
    return target?.carries.kind === "input" ? target.carries.fit : undefined;
  });
  expect(fits).toEqual([{ kind: "fits" }, { kind: "misfit", path: ".stored", sent: "number", taken: "string" }]);
});

test.each<[parameters: string, expected: string]>([
  ["", "nothing"],
  ["_: {}, { signal }: Context", "nothing"],
  ["_: {}, context: Context<{ a: number }>", "{ a: number; } at { a: number }"],
  ["_: {}, { input }: Context<string | undefined>", "string | undefined? at string | undefined"],
  ["_: {}, { input }: { input: Cart }", "Cart at { input: Cart }"],
  ["_: {}, { input }: Context<unknown>", "unknown? at unknown"],
  ["_?: {}, context?: Context<Cart>", "Cart at Cart"],
  ["_: {}, context: Context<Cart> | null | undefined", "Cart at Context<Cart> | null | undefined"],
  ["_: {}, { input }: Context<Cart> = { input: { n: 1 } } as Context<Cart>", "Cart at Cart"],
  ["...[, { input }]: [unknown, Context<Cart>]", "Cart at [unknown, Context<Cart>]"],
])("input of run(%s)", (parameters, expected) => {
  const source = `interface Cart { n: number }\nclass W { async run(${parameters}) { return S.B; } }\nclass E { async run() { return S.C; } }\n${flow("W", "E")}`;
  const { reading, at } = readOne(source);
  const input = taskOf(reading, 0).method?.input;
  expect(input?.kind === "typed" ? `${input.text}${input.optional ? "?" : ""} at ${at(input.span)}` : input?.kind).toBe(expected);
});

test.each<[parameters: string, given: string]>([
  ["", ""],
  ["_: unknown", "resources"],
  ["resources?: { db: Db }", "resources, asked for"],
  ["{ db }: { db?: Db } = {}", "resources, asked for"],
  ["resources: { db: Db } | { spare: Db }", "resources, asked for"],
  ["_?: undefined, context?: Context<string>", "resources, context"],
  ["...rest: [{ db: Db }, Context<string>]", "resources, asked for, context"],
  ["...rest: [{ db: Db }, Context?]", "resources, asked for, context"],
  ["...rest: unknown[]", "resources, context"],
])("what run(%s) is given", (parameters, given) => {
  const source = `interface Db { q(): void }\nclass W { async run(${parameters}) { return S.B; } }\nclass E { async run() { return S.C; } }\n${flow("W", "E")}`;
  const { takesResources, needsResources, takesContext } = taskOf(readOne(source).reading, 0).method ?? {};
  const found = [takesResources && "resources", needsResources && "asked for", takesContext && "context"];
  expect(found.filter(Boolean).join(", ")).toBe(given);
});

const branches = `
class Bank { constructor(readonly name: string) {} async run(_: {}, { input }: Context<{ cart: number }>) { return { price: input.cart }; } }
class Shop { async run(_: {}, { input }: Context<{ user: string }>) { return { price: input.user.length, note: "x" }; } }
class Send { async run() { return to(S.A, { cart: 1, user: "x" }); } }
`;

const SUCCESS = "{ branch: number; value: { price: number; } | { price: number; note: string; } }";

test.each<[taken: string, expected: unknown]>([
  ["Joined<{ cart: number; user: string }, { price: number }>", { kind: "fits" }],
  [
    "Joined<{ cart: number }, { price: number; note: string }>",
    { kind: "misfit", path: ".successes[].value.note", sent: "undefined", taken: "string" },
  ],
  ["Joined<{ cart: string }, { price: number }>", { kind: "misfit", path: ".input.cart", sent: "number", taken: "string" }],
  ["{ successes: readonly { value: { price: number } }[] }", { kind: "fits" }],
  ["{ failures: readonly { message: string }[]; cancelled: readonly number[] }", { kind: "fits" }],
  ["{ other: number }", { kind: "misfit", path: ".other", sent: "undefined", taken: "number" }],
  ["Joined<unknown, unknown> | undefined", { kind: "fits" }],
  [
    "string | undefined",
    {
      kind: "misfit",
      path: "",
      sent: "Joined<{ cart: number; } & { user: string; }, { price: number; } | { price: number; note: string; }>",
      taken: "string | undefined",
    },
  ],
  ["{ successes: readonly unknown[]; other?: number }", { kind: "fits" }],
  ["{ successes: readonly { branch: number; label?: string }[] }", { kind: "fits" }],
  ["{ successes: readonly number[] }", { kind: "misfit", path: ".successes[]", sent: SUCCESS, taken: "number" }],
  ["{ successes: [{ value: unknown }] }", { kind: "misfit", path: ".successes", taken: "[{ value: unknown; }]" }],
  ["{ successes: { value: unknown }[] }", { kind: "misfit", path: ".successes", sent: `readonly ${SUCCESS}[]` }],
  ["Partial<Joined<unknown, { price: number }>>", { kind: "fits" }],
  [
    "{ successes?: readonly { value: { note: string } }[] }",
    { kind: "misfit", path: ".successes[].value.note", taken: "string" },
  ],
  [
    "{ successes: readonly { index: number }[] }",
    { kind: "misfit", path: ".successes[].index", sent: "undefined", taken: "number" },
  ],
  [
    "{ successes: readonly { branch: string }[] }",
    { kind: "misfit", path: ".successes[].branch", sent: "number", taken: "string" },
  ],
  ["{ failures: readonly Error[] }", { kind: "fits" }],
  [
    "{ failures: readonly { reason: string }[] }",
    { kind: "misfit", path: ".failures[].reason", sent: "undefined", taken: "string" },
  ],
  ["{ cancelled: readonly string[] }", { kind: "misfit", path: ".cancelled[]", sent: "number", taken: "string" }],
  ["{ cancelled?: boolean }", { kind: "misfit", path: ".cancelled", sent: "readonly number[]", taken: "boolean | undefined" }],
])("what a join hands to %s", (taken, expected) => {
  const source = `${branches}\nclass Take { async run(_: {}, { input }: Context<${taken}>) { void input; return S.C; } }\n${flow(`split([new Bank("a"), Shop], { next: S.B, join: quorum(2) })`, "Take")}`;
  const { reading } = readOne(source);
  const [binding] = reading.bindings;
  if (binding?.kind !== "split") throw new Error("no split");
  expect(binding.next).toMatchObject({ form: "bare", carries: { kind: "input", fit: expected } });
  expect(binding.input).toMatchObject({ text: "{ cart: number; } & { user: string; }", optional: false });
  expect(binding.inputConflicts).toEqual([]);
});

test.each([
  ["undefined", { kind: "fits" }],
  ["void", { kind: "fits" }],
  ["unknown", { kind: "fits" }],
  ["string", { kind: "misfit", path: ".input", sent: "undefined", taken: "string" }],
])("without an input of its own a split hands on nothing as %s", (taken, expected) => {
  const source = `class One { run() { return 1; } }
class Take { async run(_: {}, { input }: Context<Joined<${taken}, number>>) { void input; return S.C; } }
${flow("split([One], { next: S.B })", "Take")}`;
  const [binding] = readOne(source).reading.bindings;
  expect(binding).toMatchObject({ next: { carries: { fit: expected } } });
});

test.each([
  ["2", { kind: "fits" }],
  ["() => 2", { kind: "fits" }],
  ["async () => 2", { kind: "fits" }],
  ["async () => 'two'", { kind: "misfit", path: ".successes[].value", sent: "string", taken: "number" }],
])("what the fallback `%s` of a branch comes to is joined", (fallback, expected) => {
  const source = `class One { readonly config = { fallback: ${fallback} }; run() { return 1; } }
class Take { async run(_: {}, { input }: Context<Joined<undefined, number>>) { void input; return S.C; } }
${flow("split([One], { next: S.B })", "Take")}`;
  const [binding] = readOne(source).reading.bindings;
  expect(binding).toMatchObject({ next: { carries: { fit: expected } } });
});

test("a split passes what it is sent to every branch", () => {
  const source = `${branches}
class Wrong { async run() { return cond ? to(S.B, { cart: 1, user: 2 }) : S.C; } }
${flow("Wrong", `split([new Bank("a"), Shop], { next: S.C })`)}`;
  const [target] = taskOf(readOne(source).reading, 0).method?.targets ?? [];
  expect(target?.carries).toMatchObject({ fit: { kind: "misfit", path: ".user", sent: "2", taken: "string" } });
});

test("branches that cannot share an input are listed", () => {
  const source = `
class One { async run(_: {}, { input }: Context<{ id: string }>) { return input; } }
class Two { async run(_: {}, { input }: Context<{ id: number }>) { return input; } }
class End { async run() { return S.C; } }
${flow("split([One, Two], { next: S.B })", "End")}`;
  const [binding] = readOne(source).reading.bindings;
  expect(binding?.kind === "split" && binding.inputConflicts).toMatchObject([
    { first: { task: "One" }, second: { task: "Two", type: "{ id: number; }" } },
  ]);
});

test("a computed split", () => {
  const source = `${branches}
class Take { async run(_: {}, { input }: Context<Joined<string[], { price: number }>>) { void input; return S.C; } }
${flow(`split((_: { size: number }, { input }: Context<{ cart: number }>) => [input].map((i) => new Bank(String(i.cart))), { next: S.B })`, "Take")}`;
  const [binding] = readOne(source).reading.bindings;
  expect(binding).toMatchObject({
    branches: { kind: "dynamic", takesInput: true },
    next: { carries: { fit: { kind: "misfit", path: ".input", taken: "string[]" } } },
  });
});

test.each<[first: string, second: string, conflict: string | undefined]>([
  ["Db", "Db", undefined],
  ["{ read(): string }", "{ write(): void }", undefined],
  ["{ read(): string; write(): void }", "{ write(): void }", undefined],
  ["{ read(): string }", "{ read(): number }", "{ read(): string; } / { read(): number; }"],
  ["{ inner: { a: string; b: 1 } }", "{ inner: { a: string; c: 2 } }", undefined],
  ["{ inner: { a: string } }", "{ inner: { a: number } }", "{ inner: { a: string; }; } / { inner: { a: number; }; }"],
  ["string", "number", "string / number"],
  ["string", "'x'", undefined],
  ["{ read(): string } | undefined", "{ write(): void }", undefined],
  ["{ read(): string } | undefined", "{ write(): void } | null", undefined],
  ["{ log?: { info(): void } }", "{ log: { warn(): void } }", undefined],
  ["string | undefined", "number", "string | undefined / number"],
  ["undefined", "number", "undefined / number"],
])("resources %s and %s", (first, second, conflict) => {
  const source = `interface Db { q(): void }
class One { async run({ db }: { db: ${first} }) { void db; return S.B; } }
class Two { async run(resources?: { db: ${second}; other: Db }) { void resources; return S.C; } }
${flow("One", "Two")}`;
  const { reading, at } = readOne(source);
  const found = reading.resourceConflicts.map((pair) => `${pair.first.type} / ${pair.second.type}`);
  expect(found).toEqual(conflict === undefined ? [] : [conflict]);
  for (const pair of reading.resourceConflicts) expect([pair.resource, at(pair.second.span)]).toEqual(["db", second]);
});

test("one resource type that satisfies all others settles it", () => {
  const source = `
class One { async run(_: { db: { v: string | number } }) { return S.B; } }
class Two { async run(_: { db: { v: string | boolean } }) { return S.C; } }
class Three { async run(_: { db: { v: string } }) { return 1; } }
${flow("One", "Two").replace("});", "});")}
export const other = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: split([Three], { next: S.B }), [S.B]: Two } });
export const both = workflow({ states: { A: "a", B: "b", C: "c", D: "d" }, initial: "a", exits: ["d"], tasks: { a: split([One, Two, Three], { next: "d" }), b: split([One], { next: "d" }), c: split([Two], { next: "d" }) } });`;
  const { readings } = read({ "flow.ts": head + source });
  expect(readings.map(({ name, resourceConflicts }) => [name, resourceConflicts.length])).toEqual([
    ["flow", 1],
    ["other", 0],
    ["both", 0],
  ]);
});
