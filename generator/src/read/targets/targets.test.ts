/** Where a method goes next, over a table of bodies and annotations. */

import { expect, test } from "vitest";
import { createReader, showState, showTarget } from "../testing/read-program.js";
import { createTargetReader, programOf as program, without } from "../testing/targets-of.js";

const read = createReader();
const targetsOf = createTargetReader(read);

const bodies: readonly [name: string, expected: string, members: string, around?: string][] = [
  ["single async return", "B", `async run() { return S.B; }`],
  ["element access", "B", `async run() { return S["B"]; }`],
  ["ternary", "B, C", `run() { return cond ? S.B : S.C; }`],
  ["early returns", "B, C", `async run() { if (cond) return S.B; return S.C; }`],
  ["switch", "B, C, D", `run() { switch (String(cond)) { case "x": return S.B; case "y": return S.C; default: return S.D; } }`],
  ["nullish and never missing", `B, ${without("C")}`, `async run() { const t: Record<string, S.B> = {}; return t["x"] ?? S.C; }`],
  ["behind what is always true", `to B, ${without("C")}`, `async run() { return to(S.B, 1) || S.C; }`],
  ["nullish", "B, C", `async run() { const m = new Map<string, S.B>(); return m.get("x") ?? S.C; }`],
  ["or", "B, C", `run() { return (cond && S.B) || S.C; }`],
  ["comma", "C", `run() { return (String(1), S.C); }`],
  ["await", "B", `async run() { return await Promise.resolve(S.B); }`],
  ["satisfies", "B", `async run() { return S.B satisfies S; }`],
  ["as const", "B", `async run() { return S.B as const; }`],
  ["cast to member", "B", `async run() { return (await load()).text as S.B; }`],
  ["then", "B, C", `run() { return load().then((r) => (r.ok ? S.B : S.C)); }`],
  ["then and catch", "B, C", `run() { return load().then(() => S.B).catch(() => S.C); }`],
  ["then passes on", "B", `run() { return Promise.resolve(S.B).then((s) => s); }`],
  ["finally", "B", `run() { return Promise.resolve(S.B).finally(() => {}); }`],
  ["constant", "B", `async run() { return NEXT; }`, `const NEXT = S.B;`],
  ["local constant", "B, C", `async run() { const n = cond ? S.B : S.C; return n; }`],
  ["narrowed constant", "D, B", `async run() { const n = cond ? S.B : S.C; if (n === S.C) return S.D; return n; }`],
  ["readonly field", "B", `readonly next = S.B; async run() { return this.next; }`],
  ["mutable field", "B, C", `next = S.B; async run() { if (cond) this.next = S.C; return this.next; }`],
  ["private field", "B", `#next = S.B; async run() { return this.#next; }`],
  ["static field", "B", `static readonly next = S.B; async run() { return Work.next; }`],
  ["mutable local", "B, C", `async run() { let n = S.B; if (cond) n = S.C; return n; }`],
  [
    "mutable local in a loop",
    "B, C",
    `async run() { let n = S.B; for (let i = 0; i < 3; i++) { if (cond) n = S.C; } return n; }`,
  ],
  ["uninitialised local", "B, C", `async run() { let n; if (cond) n = S.B; else n = S.C; return n; }`],
  [
    "written in a nested function",
    "?`n` is written inside a nested function",
    `async run() { let n = S.B; [1].forEach(() => { n = S.C; }); return n; }`,
  ],
  ["property table", "B, C", `async run() { return table[cond ? "ok" : "bad"]; }`, `const table = { ok: S.B, bad: S.C };`],
  ["property of a table", "C", `async run() { return table.bad; }`, `const table = { ok: S.B, bad: S.C };`],
  [
    "table with a known key",
    "B",
    `async run() { return table[k]; }`,
    `const table = { ok: S.B, bad: S.C }; const k = "ok" as const;`,
  ],
  [
    "record table",
    "B, C, B",
    `async run() { return table[String(cond)] ?? S.B; }`,
    `const table: Record<string, S.B | S.C> = {};`,
  ],
  ["helper", "B, C", `async run() { return choose(); }`, `function choose() { if (cond) return S.B; return S.C; }`],
  ["single-return helper", "B", `async run() { return choose(); }`, `const choose = () => S.B;`],
  ["async helper", "B", `run() { return choose(); }`, `async function choose() { return S.B; }`],
  ["annotated helper", "B, C", `async run() { return choose(); }`, `function choose(): S.B | S.C { return S.B; }`],
  [
    "helper annotated with the whole enum",
    "A, B, C, D",
    `async run() { return choose(); }`,
    `function choose(): S { return S.B; }`,
  ],
  ["method helper", "B", `async run() { return this.choose(); } private choose() { return S.B; }`],
  ["recursive helper", "B", `async run(): Promise<S.B> { return S.B; }`],
  [
    "cyclic helpers",
    "B, C",
    `async run() { return ping(3); }`,
    `const ping = (n: number): S.B | S.C => n > 0 ? pong(n - 1) : S.B; const pong = (n: number): S.B | S.C => n > 0 ? ping(n - 1) : S.C;`,
  ],
  ["generic helper", "B", `async run() { return same(S.B); }`, `function same<T>(x: T) { return x; }`],
  ["arrow property", "B", `run = async () => S.B;`],
  ["getter of a function", "B", `get run() { return async () => S.B; }`],
  [
    "field written by Object.assign",
    "B, ?it is assigned in a way that cannot be followed",
    `next = S.B; set(o: object) { Object.assign(this, o); } run() { return this.next; }`,
  ],
  ["field written by its name in brackets", "B, C", `next = S.B; set() { this["next"] = S.C; } run() { return this.next; }`],
  [
    "first of several",
    "B, C",
    `async run() { return Promise.race([one(), two()]); }`,
    `const one = async () => S.B as const; const two = async () => S.C as const;`,
  ],
  [
    "type that a wrapper inferred",
    "?the compiler widens its type to the whole of `S`",
    `run = wrap(async () => S.B);`,
    `function wrap<R>(run: () => R): () => R { return run; }`,
  ],
  ["end of the body", "B, ?a path returns no state", `async run() { if (cond) return S.B; }`],
  ["bare return", "B, ?it returns no state", `async run() { if (cond) return; return S.B; }`],
  [
    "annotated with nothing",
    "B, ?it may be `undefined`",
    `async run(): Promise<S.B | undefined> { return cond ? S.B : undefined; }`,
  ],
  ["nested function is not a return", "B", `async run() { [1].map(() => { return S.C; }); return S.B; }`],
  ["unreachable after throw", "B", `async run() { if (cond) return S.B; throw new Error(); return S.C; }`],
  ["unreachable after an endless loop", "B", `async run() { while (true) { if (cond) return S.B; } return S.C; }`],
  ["if false", "B", `async run() { if (false) return S.C; return S.B; }`],
  [
    "after a call that never returns",
    "B",
    `async run() { if (cond) return S.B; fail(); return S.C; }`,
    `function fail(): never { throw new Error(); }`,
  ],
  [
    "after an exhaustive switch",
    "B, C",
    `async run() { const k = cond ? "x" as const : "y" as const; switch (k) { case "x": return S.B; case "y": return S.C; } return S.D; }`,
  ],
  ["try and catch", "B, C", `async run() { try { await load(); return S.B; } catch { return S.C; } }`],
  ["to", "to B", `async run() { return to(S.B, 1); }`],
  ["to and bare", "to B, B", `async run() { if (cond) return to(S.B, 1); return S.B; }`],
  ["to of a ternary", "to B, to C", `async run() { return to(cond ? S.B : S.C, 1); }`],
  ["to of a local", "to B", `async run() { const n = S.B; return to(n, 1); }`],
  ["to in a helper", "to B", `async run() { return next(1); }`, `const next = (n: number) => to(S.B, { n });`],
  ["hand-written", "hand-written B", `async run() { return { state: S.B, input: 1 } as const; }`],
  ["parameter of a context", "A, B, C, D", `async run(_: {}, { input }: Context<S>) { return input; }`],
  ["narrowed parameter", "B", `async run(_: {}, { input }: Context<S>) { if (input === S.B) return input; throw new Error(); }`],
  ["declared property of a result", "A, B, C, D", `async run() { return (await load()).state; }`],
  ["loop over a list", "B, C", `async run() { for (const s of [S.B, S.C]) { if (cond) return s; } throw new Error(); }`],
  ["destructured enum", "B", `async run() { return B; }`, `const { B } = S;`],
  ["destructured object", "C", `async run() { const { ok } = table; return ok; }`, `const table = { ok: S.C };`],
  ["getter", "B", `get next() { return S.B; } async run() { return this.next; }`],
  ["overloads", "B, C", `run(): S.B | S.C; run(r: {}): S.B | S.C; run(_r?: {}) { return cond ? S.B : S.C; }`],
  ["differing overloads", "?its signatures return different states", `run(): S.B; run(r: {}): S.C; run(r?: {}): S { throw r; }`],
  ["assignment expression", "B", `async run() { let n: S; return (n = S.B); }`],
  ["condition", "?its type depends on a type parameter", `run<T>(): T extends 1 ? S.B : S.C { throw new Error(); }`],
  ["any", "?its type is `any`", `async run() { return (await load()).anything; }`],
  ["cast to never", "?it is cast to `never`", `async run() { return "x" as never; }`],
  ["cast to any", "?it is cast to `any`", `async run() { return S.B as any; }`],
  ["computed member", "?it is a computed member", `async run() { return S[k]; }`, `declare const k: "B" | "C";`],
  ["foreign", "foreign Other.B", `async run() { return Other.B; }`],
  ["string", `foreign "b"`, `async run() { return "b"; }`],
  ["computed string", "?it is a computed string", "async run() { return `b${cond}`; }"],
];

test.each(bodies)("%s", (_, expected, members, around) => {
  const { targets } = targetsOf(members, around);
  expect(targets.join(", ")).toBe(expected);
});

test.each<[name: string, expected: string, binding: string, around: string]>([
  [
    "generic instance",
    "B",
    "new Pump(S.B)",
    `class Pump<N extends S> { readonly next: N; constructor(next: N) { this.next = next; } async run() { return this.next; } }`,
  ],
  [
    "generic class through its base",
    "C",
    "Mid",
    `class Pump<N extends S> { readonly next!: N; async run(): Promise<N> { return this.next; } } class Mid extends Pump<S.C> {}`,
  ],
  ["inherited method", "B", "Sub", `class Base { async run() { return S.B; } } class Sub extends Base {}`],
  [
    "overridden helper",
    "C",
    "Sub",
    `abstract class Base { async run() { return this.next(); } protected abstract next(): S; } class Sub extends Base { protected next(): S.C { return S.C; } }`,
  ],
  [
    "super",
    "B, C",
    "Sub",
    `class Base { async run(): Promise<S> { return S.B; } async pick() { return S.B; } } class Sub extends Base { override async run() { return cond ? super.pick() : S.C; } }`,
  ],
  ["object literal", "B", "{ run: async () => S.B }", ""],
  ["object literal method", "B, C", "{ async run() { return cond ? S.B : S.C; } }", ""],
  ["constant object", "B", "work", `const work = { route: () => S.B };`],
  [
    "class with type arguments",
    "C",
    "Pump<string, S.C>",
    `class Pump<I, N extends S> { readonly next!: N; async run(_: unknown, _c: Context<I>): Promise<N> { return this.next; } }`,
  ],
  ["bound method", "B", "W", `class W { run = this.go.bind(this); async go() { return S.B; } }`],
  [
    "bound method that a class below overrides",
    "C",
    "W",
    `class Base { run = this.go.bind(this); async go() { return S.B; } } class W extends Base { override async go() { return S.C; } }`,
  ],
  ["router", "B", "R", `class R { route() { return S.B; } }`],
  [
    "instance in a constant",
    "B",
    "work",
    `class W { constructor(readonly n: number) {} run() { return S.B; } } const work = new W(1);`,
  ],
])("binding: %s", (_, expected, binding, declarations) => {
  expect(targetsOf("", declarations, {}, binding).targets.join(", ")).toBe(expected);
});

test.each<
  [annotation: string, targets: readonly string[], spans: readonly string[], returned: readonly string[], exact: boolean]
>([
  ["Promise<S.B | S.C>", ["B", "C"], ["S.B", "S.C"], ["B"], true],
  ["Promise<S>", ["A", "B", "C", "D"], ["S", "S", "S", "S"], ["B"], true],
  ["Promise<Ends>", ["B", "C"], ["Ends", "Ends"], ["B"], true],
  ["Awaitable<S.B>", ["B"], ["S.B"], ["B"], true],
  ["Promise<To<S.C, number> | S.B>", ["B", "to C"], ["S.B", "To<S.C, number>"], ["B"], true],
])("annotation %s", (annotation, targets, spans, returned, exact) => {
  const { readings, at } = read({
    "flow.ts": program(`async run(): ${annotation.replace("Awaitable", "Promise")} { return S.B; }`, "type Ends = S.B | S.C;"),
  });
  const [reading] = readings;
  const [first] = reading?.bindings ?? [];
  const method = first?.kind === "task" ? first.task.method : undefined;
  if (!reading || !method) throw new Error("nothing was read");
  expect(method.targets.map((target) => showTarget(reading, target)).sort()).toEqual([...targets].sort());
  expect(method.targets.map(({ state }) => at(state.span)).sort()).toEqual([...spans].sort());
  expect(method.returned?.map((state) => showState(reading, state))).toEqual(returned);
  expect(method.exact).toBe(exact);
});

test.each([
  ["run() { return cond ? S.B : S.C; }", true],
  ["async run() { return cond ? S.B : S.C; }", true],
  ["async run() { return S.B; }", false],
  ["async run() { return to(S.B, 1); }", true],
])("exact: %s", (members, exact) => {
  expect(targetsOf(members).exact).toBe(exact);
});

test.each([
  ["run(): never { throw new Error(); }", true],
  ["async run(): Promise<S.B> { throw new Error(); }", true],
  ["async run() { return S.B; }", false],
])("never returns: %s", (members, never) => {
  const { readings } = read({ "flow.ts": program(members) });
  const [binding] = readings[0]?.bindings ?? [];
  expect(binding?.kind === "task" && binding.task.method?.neverReturns).toBe(never);
});
