/** What is said of a task and of a split: class, kinds, construction, config, join. */

import { expect, test } from "vitest";
import type { BindingReading, TaskReading } from "../reading.js";
import { createReader } from "../testing/read-program.js";

const read = createReader();

const head = `
import { type Branch, type Context, type RouterTask, type Task, type TaskConfig, all, any, custom, exponential, fixed, none, partialTimeout, percentage, quorum, split, to, workflow } from "cano";
export enum S { A = "a", B = "b" }
`;

function bindingOf(
  declarations: string,
  binding: string,
  more: Record<string, string> = {},
): { binding: BindingReading; at: ReturnType<typeof read>["at"] } {
  const flow = `${head}${declarations}\nexport const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: ${binding} } });`;
  const { readings, diagnostics, at } = read({ "flow.ts": flow, ...more }, ["flow.ts"]);
  const found = readings[0]?.bindings[0];
  if (!found) throw new Error(diagnostics.map(({ message }) => message).join("\n") || "no binding");
  return { binding: found, at };
}

function taskOf(
  declarations: string,
  binding = "W",
  more?: Record<string, string>,
): { task: TaskReading; at: ReturnType<typeof read>["at"] } {
  const { binding: found, at } = bindingOf(declarations, binding, more);
  if (found.kind !== "task") throw new Error("no task");
  return { task: found.task, at };
}

test("names, forms and what can be imported", () => {
  const more = {
    "tasks.ts": `import { S } from "./flow.js";\nexport default class Tidy { async run() { return S.B; } }\nclass Hidden { async run() { return S.B; } }\nexport { Hidden as Seen };\nexport class Box<T> { v?: T; async run() { return S.B; } }`,
  };
  const line = `import Tidy, { Seen, Box } from "./tasks.js";`;
  const show = (binding: string, declarations = ""): unknown => {
    const { task, at } = taskOf(line + declarations, binding, more);
    return [
      task.className,
      task.form,
      task.importable?.name,
      task.importable?.file.endsWith("/tasks.ts") ?? false,
      at(task.span),
    ];
  };
  expect(show("Tidy")).toEqual(["Tidy", "class", "default", true, "Tidy"]);
  expect(show("Seen")).toEqual(["Hidden", "class", "Seen", true, "Seen"]);
  expect(show("new Box<string>()")).toEqual(["Box", "instance", undefined, false, "new Box<string>()"]);
  expect(show("Local", "class Local { async run() { return S.B; } }")).toEqual(["Local", "class", undefined, false, "Local"]);
  expect(show("Expr", "const Expr = class { async run() { return S.B; } };")).toEqual([
    "Expr",
    "class",
    undefined,
    false,
    "Expr",
  ]);
  expect(show("{ run: () => S.B }")).toEqual([undefined, "instance", undefined, false, "{ run: () => S.B }"]);
});

// To the ES module that is generated, `import type { default as Tidy } from "./tasks.cjs"` is all that `tasks.cts` exports, and no class.
test.each([
  ["export default class Tidy", "W.default", undefined],
  ["export class Tidy", "W.Tidy", "Tidy"],
])("what can be imported of a CommonJS module: %s", (declaration, binding, importable) => {
  const types = `import type { S } from "./flow.js" with { "resolution-mode": "import" };`;
  const more = { "tasks.cts": `${types}\n${declaration} { run(): S.B { throw new Error("not yet"); } }` };
  expect(taskOf(`import W from "./tasks.cjs";`, binding, more).task).toMatchObject({
    className: "Tidy",
    importable: importable && { name: importable },
  });
});

test.each<[members: string, found: readonly string[]]>([
  ["static config = { retry: fixed({ retries: 1, delay: 1 }) }; run() { return S.B; }", ["config"]],
  ["static readonly concurrency = 4; load() { return [1]; }", ["concurrency"]],
  ["static run() { return S.B; }", ["run"]],
  // The class's own affair.
  ["static config = { url: 'http://localhost' }; run() { return S.B; }", []],
  ["static config = { attemptTimeout: 5 }; readonly config = W.config; run() { return S.B; }", []],
  ["static make() { return new W(); } run() { return S.B; }", []],
])("static members that a task has not: %s", (members, found) => {
  expect(taskOf(`class W { ${members} }`).task.staticMembers.map(({ name }) => name)).toEqual(found);
});

test("kinds by method, interfaces by intent, other public methods", () => {
  const { task, at } = taskOf(`
abstract class Base implements Task<S> { async run() { return this.pick(); } protected pick() { return S.B; } tidy() {} }
class W extends Base implements RouterTask<S> { route() { return S.B; } compensat() {} private hidden() {} #secret() {} field = 1; }`);
  expect(task.shapes.map(({ kind, span }) => `${kind} ${at(span)}`)).toEqual(["task run", "router route"]);
  expect(task.implemented.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["router RouterTask", "task Task"]);
  expect(task.otherMembers.map(({ name }) => name).sort()).toEqual(["compensat", "field", "tidy"]);
  expect(task.method).toBeUndefined();
});

test.each([
  ["abstract class W { async run() { return S.B; } }", "abstract", "abstract"],
  ["class W { private constructor() {} async run() { return S.B; } }", "private", "private"],
  ["class W { constructor(n: number, m = 1) { void [n, m]; } async run() { return S.B; } }", "arguments", "n: number"],
  [
    "class Base { constructor(n: number) { void n; } } class W extends Base { async run() { return S.B; } }",
    "arguments",
    "n: number",
  ],
  ["class W { constructor(n?: number, ...rest: string[]) { void [n, rest]; } async run() { return S.B; } }", undefined, ""],
])("construction of %s", (source, problem, place) => {
  const { task, at } = taskOf(source);
  expect(task.construction?.problem).toBe(problem);
  expect(at(task.construction?.span)).toBe(place);
});

test.each([
  ["async run() { return S.B; }", true],
  ["run() { return S.B; }", false],
  ["run(): S | Promise<S> { return S.B; }", true],
  ["run() { return to(S.B, 1); }", false],
])("may be a promise: %s", (method, expected) => {
  expect(taskOf(`class W { ${method} }`).task.method?.mayBePromise).toBe(expected);
});

test.each<[config: string, expected: unknown]>([
  ["", undefined],
  ["config = { attemptTimeout: 5_000 };", { timeout: 5000, keys: [] }],
  ["config = { attemptTimeout: 5 * 60_000 + LATE };", { timeout: 300_001, keys: [] }],
  ["config = { attemptTimeout: -1 };", { timeout: -1, keys: [] }],
  ["config = { attemptTimeout: Number.POSITIVE_INFINITY };", { timeout: Number.POSITIVE_INFINITY, keys: [] }],
  ["config = { attemptTimeout: NaN };", { timeout: Number.NaN, keys: [] }],
  ["config = { attemptTimeout: Date.now() };", { timeout: "unknown", keys: [] }],
  ["config = SHARED;", { timeout: 7, policy: "fixed", options: ["retries=2", "delay=10"], keys: [] }],
  ["config = { ...SHARED, attemptTimeout: 8 };", { timeout: 8, policy: "fixed", options: ["retries=2", "delay=10"], keys: [] }],
  ["static readonly shared = { retry: none } as const; readonly config = W.shared;", { policy: "none", options: [], keys: [] }],
  [
    "config: TaskConfig = { retry: exponential({ retries: 3, jitter: 0 }) };",
    { policy: "exponential", options: ["retries=3", "jitter=0"], timeout: "unknown", keys: [] },
  ],
  ["readonly config: TaskConfig = { retry: exponential() };", { policy: "exponential", options: [], keys: [] }],
  ["config = { retry: custom(() => 1) };", { policy: "custom", options: [], keys: [] }],
  ["config = { retry: LATE > 1 ? none : none };", { policy: "unknown", options: [], keys: [] }],
  ["config = { retries: 3 };", { keys: ["retries"] }],
  ["get config() { return { attemptTimeout: 3 }; }", { timeout: 3, keys: [] }],
])("config: %s", (config, expected) => {
  const { task } = taskOf(
    `const LATE = 1; const SHARED = { retry: fixed({ retries: 2, delay: 10 }), attemptTimeout: 7 };\nclass W { ${config} async run() { return S.B; } }`,
  );
  const reading = task.config && {
    keys: task.config.unknownKeys.map(({ name }) => name),
    ...(task.config.attemptTimeout ? { timeout: task.config.attemptTimeout.value ?? "unknown" } : {}),
    ...(task.config.retry
      ? {
          policy: task.config.retry.policy,
          options: task.config.retry.options.map(({ name, number }) => `${name}=${number.value}`),
        }
      : {}),
  };
  expect(reading).toEqual(expected);
});

const branch = `class One implements Branch { async run() { return 1; } }\nclass Two { constructor(readonly n: number) {} async run() { return this.n; } }\n`;

test("a split's branches through constants and spreads, its options", () => {
  const { binding, at } = bindingOf(
    `${branch}const more = [new Two(1), new Two(2)] as const;\nconst options = { timeout: 2_000, bulkhead: 2 };`,
    "split([One, ...more], { ...options, join: quorum(2), next: S.B })",
  );
  if (binding.kind !== "split" || binding.branches.kind !== "listed") throw new Error("no split");
  expect(binding.branches.list.map(({ className, form, method }) => [className, form, method?.targets])).toEqual([
    ["One", "class", []],
    ["Two", "instance", []],
    ["Two", "instance", []],
  ]);
  expect(binding.branches.list[0]?.implemented).toMatchObject([{ kind: "branch", name: "Branch" }]);
  expect([binding.timeout?.value, binding.bulkhead?.value, at(binding.branchesSpan)]).toEqual([2000, 2, "[One, ...more]"]);
  expect(binding.input).toEqual({ kind: "nothing" });
});

test.each<[join: string, strategy: string, argument?: number]>([
  ["", "all"],
  ["join: any(),", "any"],
  ["join: partialTimeout(),", "partialTimeout"],
  ["join: percentage(0.5),", "percentage", 0.5],
  ["join: JOIN,", "quorum", 3],
  ["join: Math.random() > 1 ? all() : any(),", "unknown"],
])("join: %s", (join, strategy, argument) => {
  const { binding } = bindingOf(`${branch}const JOIN = quorum(3);`, `split([One], { ${join} next: S.B })`);
  if (binding.kind !== "split") throw new Error("no split");
  expect(binding.join.strategy).toBe(strategy);
  expect("argument" in binding.join ? binding.join.argument.value : undefined).toBe(argument);
});

test("a split in a constant of another file", () => {
  const more = {
    "quotes.ts": `import { split } from "cano";\nimport { S } from "./flow.js";\nclass One { async run() { return 1; } }\nexport const quotes = split([One], { next: S.B });`,
  };
  const { binding, at } = bindingOf(`import { quotes } from "./quotes.js";`, "quotes", more);
  expect([binding.kind, at(binding.span)]).toEqual(["split", "split([One], { next: S.B })"]);
});
