/** What passes between the methods of a task, and whether its cursor survives JSON. */

import { describe, expect, test } from "vitest";
import { batch, stream, taskOf } from "../testing/task-of.js";

/** What does not fit, as `from>to path: sent, not taken`; what is returned wrongly; where a cursor is lost. */
function problemsOf({ task }: ReturnType<typeof taskOf>): readonly string[] {
  return [
    ...task.flows.flatMap(({ from, to, fit }) =>
      fit.kind === "misfit" ? [`${from}>${to} ${fit.path}: ${fit.sent}, not ${fit.taken}`] : [],
    ),
    ...task.wrongResults.map(({ method, given }) => `${method}: ${given}`),
    ...task.cursorLosses.map(({ path, type, why }) => `cursor${path}: ${type} ${why}`),
  ];
}

describe("flows", () => {
  test.each<[members: string, problems: readonly string[], around?: string]>([
    [batch("number", "string"), []],
    [batch("number | string", "string"), []],
    [batch("string", "string"), ["load>processItem : number, not string"]],
    [batch("number", "number"), ["processItem>finish [].value: string, not number"]],
    [
      "async load() { return new Set(['a']); } processItem(_: unknown, item: string) { return item; } finish() { return S.B; }",
      [],
    ],
    [
      "load() { return new Map([['a', 1]]); } processItem(_: unknown, [key, value]: [string, number]) { return key; } finish() { return S.B; }",
      [],
    ],
    [
      "*load() { yield 1; } processItem(_: unknown, item: string) { return item; } finish() { return S.B; }",
      ["load>processItem : number, not string"],
    ],
    [
      "async *load() { yield { id: 1 }; } processItem(_: unknown, { id }: { id: string }) { return id; } finish() { return S.B; }",
      ["load>processItem .id: number, not string"],
    ],
    [
      "load(): number[] | Set<string> { return []; } processItem(_: unknown, item: number) { return item; } finish() { return S.B; }",
      ["load>processItem : string, not number"],
    ],
    ["load() { return 5; } processItem() {} finish() { return S.B; }", ["load: number"]],
    ["load(): any { return []; } processItem(_: unknown, item: string) { return item; } finish() { return S.B; }", []],
    ["load() { return [1]; } processItem() { return 1; } finish(_: unknown, all: unknown) { return S.B; }", []],
    ["load() { return [1]; } processItem() { return 1; } finish(_: unknown, all: ItemOutcome<number>[]) { return S.B; }", []],
    [
      "load() { return [1]; } processItem() { return 1; } finish(_: unknown, [first]: readonly [ItemOutcome<number>?, ...ItemOutcome<number>[]]) { return S.B; }",
      [],
    ],
    [
      "load() { return [1]; } processItem() { return 1; } finish(_: unknown, [first]: [ItemOutcome<number>]) { return S.B; }",
      ["processItem>finish : readonly ItemOutcome<number>[], not [ItemOutcome<number>]"],
    ],
    ["load() { return [1]; } processItem() { return 1; } finish(_: unknown, all: any) { return S.B; }", []],
    ["load() { return [1]; } processItem() { return 1; } finish(_: unknown, all: Iterable<{ ok: boolean }>) { return S.B; }", []],
    ["load() { return [1]; } processItem() { return 1; } finish(_: unknown, all: { ok: boolean }[]) { return S.B; }", []],
    [
      "load() { return [1]; } processItem() { return 1; } finish(_: unknown, all: { ok: boolean; value?: unknown; note?: string }[]) { return S.B; }",
      [],
    ],
    [
      "load() { return [1]; } processItem() { return 1; } finish(_: unknown, all: { ok: boolean; value: number }[]) { return S.B; }",
      ["processItem>finish []: ItemOutcome<number>, not { ok: boolean; value: number; }"],
    ],
    [
      "load() { return [1]; } processItem() { return 1; } finish(_: unknown, all: number[]) { return S.B; }",
      ["processItem>finish []: ItemOutcome<number>, not number"],
    ],
    [
      "load() { return [1]; } processItem() { return 1; } finish(_: unknown, all: ({ ok: true; value: string } | { ok: false; error: unknown })[]) { return S.B; }",
      ["processItem>finish [].value: number, not string"],
    ],
    [
      "load() { return [1]; } processItem() { return 1; } finish(_: unknown, all: { ok: boolean; value?: number; error?: Error }[]) { return S.B; }",
      ["processItem>finish [].error: unknown, not Error | undefined"],
    ],
    [
      "load() { return [1]; } processItem() { return 1; } finish(_: unknown, all: number) { return S.B; }",
      ["processItem>finish : readonly ItemOutcome<number>[], not number"],
    ],
    ["run() { return undoable(S.B, { id: 1 }); } compensate(_: unknown, output: { id: number }) {}", []],
    ["run() { return undoable(S.B, { id: 1 }); } compensate() {}", []],
    ["run() { return cond ? undoable(S.B, 1) : S.C; } compensate(_: unknown, output: number) {}", []],
    [
      "run() { return undoable(S.B, { id: 1 }); } compensate(_: unknown, output: { id: string }) {}",
      ["run>compensate .id: number, not string"],
    ],
    // The compiler compares the parameters of methods in either direction.
    [
      "async run() { return cond ? undoable(S.B, 1) : undoable(S.C, 'x'); } async compensate(_: unknown, output: number) {}",
      ["run>compensate : string, not number"],
    ],
    ["step(_: unknown, cursor?: { at: number }) { return cond ? more({ at: 1 }) : S.B; }", []],
    [
      "step(_: unknown, cursor: { at: number }) { return cond ? more({ at: 1 }) : S.B; }",
      ["the first call>step : undefined, not { at: number; }"],
    ],
    ["step(_: unknown, cursor?: { at: string }) { return cond ? more({ at: 1 }) : S.B; }", ["step>step .at: number, not string"]],
    // A default stands in for what the first call does not give.
    ["step(_: unknown, cursor: number = 0) { return cond ? more(cursor + 1) : S.B; }", []],
    ["step(_: unknown, cursor: number = 0) { return cond ? more('x') : S.B; }", ["step>step : string, not number"]],
    [
      "step(...[, cursor]: [unknown, number]) { return cond ? more(cursor + 1) : S.B; }",
      ["the first call>step : undefined, not number"],
    ],
    ["load() { return [1]; } processItem() { return 1; } finish(_: unknown, all?: ItemOutcome<number>[]) { return S.B; }", []],
    ["wait() { return new Date(); } afterWait() { return S.B; }", []],
    [
      "wait(): Instant { return { epochMilliseconds: 1 }; } afterWait() { return S.B; }",
      [],
      "interface Instant { readonly epochMilliseconds: number }",
    ],
    ["async wait() { return cond ? 5 : 'soon'; } afterWait() { return S.B; }", ['wait: Promise<5 | "soon">']],
    [stream(), []],
    [stream({ open: "open() { return new ReadableStream<string>(); }" }), []],
    [stream({ open: "open() { return ['a']; }" }), ["open: string[]"]],
    [stream({ item: "async processItem(_: unknown, item: string) { return [true, 1] as const; }" }), []],
    [stream({ item: "processItem(_: unknown, item: string) { return [true, 1]; }" }), ["processItem: (number | boolean)[]"]],
    [
      stream({ flush: "flushWindow(_: unknown, outputs: readonly string[]) {}" }),
      ["processItem>flushWindow []: boolean, not string"],
    ],
    [stream({ flush: "flushWindow(_: unknown, outputs: unknown) {}" }), []],
    [stream({ flush: "flushWindow(_: unknown, outputs: any) {}" }), []],
    [stream({ flush: "flushWindow(_: unknown, outputs: Iterable<boolean>) {}" }), []],
    [
      stream({ flush: "flushWindow(_: unknown, outputs: Iterable<string>) {}" }),
      ["processItem>flushWindow []: boolean, not string"],
    ],
    [
      stream({ flush: "flushWindow(_: unknown, [first]: readonly [boolean]) {}" }),
      ["processItem>flushWindow : readonly (boolean)[], not readonly [boolean]"],
    ],
    [
      stream({ flush: "flushWindow(_: unknown, outputs: Set<boolean>) {}" }),
      ["processItem>flushWindow : readonly (boolean)[], not Set<boolean>"],
    ],
    [
      stream({ flush: "flushWindow(_: unknown, outputs: boolean) {}" }),
      ["processItem>flushWindow : readonly (boolean)[], not boolean"],
    ],
    [
      stream({ open: "async *open(_: unknown, cursor?: string) { yield 'a'; }" }),
      ["processItem>open : number, not string | undefined"],
    ],
    [stream({ close: "onClose(_: unknown, reason: 'exhausted' | 'cancelled') { return S.B; }" }), []],
    [stream({ close: "onClose(_: unknown, reason: string) { return S.B; }" }), []],
    [stream({ close: "onClose(_: unknown, reason: 'done') { return S.B; }" }), ['the runtime>onClose : "exhausted", not "done"']],
  ])("%s", (members, problems, around) => {
    expect(problemsOf(taskOf(members, around))).toEqual(problems);
  });

  test("a generic class is judged as it is bound", () => {
    const around =
      "class Each<T> { constructor(readonly items: readonly T[]) {} load() { return this.items; } processItem(_: unknown, item: string) { return item; } finish() { return S.B; } }";
    expect(problemsOf(taskOf("", around, "new Each(['a'])"))).toEqual([]);
    expect(problemsOf(taskOf("", around, "new Each([1])"))).toEqual(["load>processItem : number, not string"]);
  });

  test("the place is the parameter's type", () => {
    const { task, at } = taskOf(batch("string", "string"));
    expect(task.flows.filter(({ fit }) => fit.kind === "misfit").map(({ span }) => at(span))).toEqual(["string"]);
  });
});

test.each([
  ["async run() { return undoable(S.B, 1); }", false],
  ["async run() { return cond ? undoable(S.B, 1) : S.B; }", false],
  ["async run() { return this.done(); } private done() { return undoable(S.B, 1); }", false],
  ["async run() { return S.B; }", true],
  ["async run(): Promise<S.B | S.C> { return S.B; }", true],
])("whether anything is left to be undone: %s", (run, leavesNothing) => {
  expect(taskOf(`${run} async compensate() {}`).task.leavesNothing).toBe(leavesNothing);
});

describe("cursors as JSON", () => {
  const cursor = (type: string, around = "") =>
    problemsOf(taskOf(`step(_: unknown, cursor?: ${type}) { return cond ? more(cursor!) : S.B; }`, around));

  test.each([
    "string",
    "number | null",
    "boolean",
    "{ at: number; label?: string }",
    "readonly { id: string }[]",
    "[string, number]",
    "Record<string, number>",
    "string & { readonly __brand: 'id' }",
    "object & { id: string }",
    "S",
    "'a' | 'b'",
    "Tree",
    "Plain",
    "[number, ...string[]]",
    "{ n: number } & { readonly [brand]: 'id' }",
    "string[] & { readonly [brand]: 'ids' }",
    "readonly string[] & { length: 2 }",
    "Pair",
    "Failure",
    "Omit<Error, 'stack' | 'cause'>",
  ])("%s survives", (type) => {
    const around =
      "interface Tree { children: Tree[] } class Plain { at = 1 } interface Pair extends Array<string> {} interface Failure { message: string; stack?: string } declare const brand: unique symbol;";
    expect(cursor(type, around)).toEqual([]);
  });

  test.each([
    ["Date", "cursor: Date comes back as what its `toJSON` returns"],
    ["{ lines: { due: Date }[] }", "cursor.lines[].due: Date comes back as what its `toJSON` returns"],
    ["Map<string, number>", "cursor: Map<string, number> has methods, which come back as nothing"],
    ["bigint", "cursor: bigint cannot be written as JSON"],
    ["{ cents: bigint & { readonly __brand: 'cents' } }", "cursor.cents: bigint cannot be written as JSON"],
    ["{ mark: symbol }", "cursor.mark: symbol is left out"],
    ["{ go: () => void }", "cursor.go: () => void is left out"],
    ["{ x: any }", "cursor.x: any may be anything"],
    ["{ x: unknown }", "cursor.x: unknown may be anything"],
    ["object", "cursor: object may be anything"],
    ["(number | undefined)[]", "cursor[]: number | undefined comes back as `null` where it is undefined"],
    ["Hidden", "cursor: Hidden has private members"],
    ["Record<string, Date>", "cursor.*: Date comes back as what its `toJSON` returns"],
    ["[string, Date?]", "cursor[]: Date | undefined comes back as `null` where it is undefined"],
    ["[string, ...Date[]]", "cursor[]: Date comes back as what its `toJSON` returns"],
    ["Doubled", "cursor: Doubled has accessors, which come back as nothing"],
    ["Readonly<Stored>", "cursor: Readonly<Stored> has accessors, which come back as nothing"],
    ["RegExpExecArray", "cursor: RegExpExecArray has members besides its items, which are left out"],
    ["RegExpMatchArray", "cursor: RegExpMatchArray has members besides its items, which are left out"],
    ["{ raw: TemplateStringsArray }", "cursor.raw: TemplateStringsArray has members besides its items, which are left out"],
    ["string[] & { tag: string }", "cursor: string[] & { tag: string; } has members besides its items, which are left out"],
    ["[string] & { tag?: 1 }", "cursor: [string] & { tag?: 1 | undefined; } has members besides its items, which are left out"],
    ["string[] & { [key]: 1 }", "cursor: string[] & { [key]: 1; } has members that are named by symbols, which are left out"],
    ["Titled", "cursor: Titled is of a class of its own, and comes back as a plain array"],
    ["Error", "cursor: Error is an error, whose message and stack are left out"],
    ["{ why?: TypeError }", "cursor.why: TypeError is an error, whose message and stack are left out"],
    ["Refused<1>", "cursor: Refused<1> is an error, whose message and stack are left out"],
    ["Record<symbol, number>", "cursor: Record<symbol, number> has members that are named by symbols, which are left out"],
    ["{ [key]: number }", "cursor: { [key]: number; } has members that are named by symbols, which are left out"],
  ])("%s does not", (type, problem) => {
    const around =
      "class Hidden { private at = 1; } class Doubled { x = 1; get double() { return this.x * 2; } } class Stored { accessor x = 1; } class Titled extends Array<string> { heading = 1; } class Refused<T> extends Error { code?: T; } const key: unique symbol = Symbol();";
    expect(cursor(type, around)).toEqual([problem]);
  });

  test("one that may be undefined does not", () => {
    const problems = problemsOf(taskOf("step(_: unknown, cursor?: number) { return cond ? more(cursor) : S.B; }"));
    expect(problems).toEqual(["cursor: number | undefined may be undefined, of which nothing is stored"]);
  });
});
