/** `workflow()` by itself makes a wrong machine an error in the editor: how many errors, where, and what their first lines say. Resources and retry policies besides. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const FILE = join(fileURLToPath(new URL("../../.cano/", import.meta.url)), "types.ts");
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
};

const host = ts.createCompilerHost(OPTIONS);
const files = new Map<string, ts.SourceFile | undefined>();
let previous: ts.Program | undefined;

/** The errors of a program, each as the line that it is on and the first line of its message, or what else is to be shown of it. */
function errorsOf(
  text: string,
  shown: (message: string) => string = (message) => message.split("\n", 1)[0] ?? "",
): readonly string[] {
  const source = ts.createSourceFile(FILE, text, ts.ScriptTarget.ES2023);
  const getSourceFile: ts.CompilerHost["getSourceFile"] = (name, ...rest) => {
    if (name === FILE) return source;
    if (!files.has(name)) files.set(name, host.getSourceFile(name, ...rest));
    return files.get(name);
  };
  const program = ts.createProgram(
    [FILE],
    OPTIONS,
    { ...host, getSourceFile, fileExists: (name) => name === FILE || host.fileExists(name) },
    previous,
  );
  previous = program;
  return ts.getPreEmitDiagnostics(program).map(({ start = 0, messageText }) => {
    const place =
      text
        .slice(text.lastIndexOf("\n", start) + 1)
        .split("\n", 1)[0]
        ?.trim() ?? "";
    return `${place} | ${shown(ts.flattenDiagnosticMessageText(messageText, "\n"))}`;
  });
}

function lastLine(message: string): string {
  return message.split("\n").at(-1) ?? "";
}

/** State sets of every kind, with the text of a state and the type of all. */
const SETS = {
  "string enum": {
    declaration: 'enum S { A = "a", B = "b", Done = "done" }',
    states: "S",
    type: "S",
    at: (name: string) => `S.${name}`,
  },
  "numeric enum": { declaration: "enum S { A, B, Done }", states: "S", type: "S", at: (name: string) => `S.${name}` },
  "const object": {
    declaration: 'const S = { A: "a", B: "b", Done: "done" } as const;\ntype S = (typeof S)[keyof typeof S];',
    states: "S",
    type: "S",
    at: (name: string) => `S.${name}`,
  },
  tuple: {
    declaration: 'const S = ["A", "B", "Done"] as const;\ntype S = (typeof S)[number];',
    states: "S",
    type: "S",
    at: (name: string) => `"${name}"`,
  },
};

type Kind = keyof typeof SETS;
const kinds = Object.keys(SETS) as Kind[];

function program(
  kind: Kind,
  change: (parts: { initial: string; exits: string; tasks: string[]; extra: string }) => void = () => undefined,
): string {
  const { declaration, states, at } = SETS[kind];
  const parts = { initial: at("A"), exits: `[${at("Done")}]`, tasks: [`[${at("A")}]: Go,`, `[${at("B")}]: Go,`], extra: "" };
  change(parts);
  return `import { type Context, type Task, undoable, workflow } from "cano";
${declaration}
class Go implements Task<S> { async run(): Promise<S> { return ${at("Done")}; } }
${parts.extra}
export const machine = workflow({
  states: ${states},
  initial: ${parts.initial},
  exits: ${parts.exits},
  tasks: {
    ${parts.tasks.join("\n    ")}
  },
});
`;
}

test.each(kinds)("%s: a machine that is right has no error", (kind) => expect(errorsOf(program(kind))).toEqual([]));

test.each(kinds)("%s: a missing handler is one error that names the state", (kind) => {
  const errors = errorsOf(program(kind, (parts) => parts.tasks.pop()));
  expect(errors.length).toBe(1);
  expect(errors[0]).toMatch(/^tasks: \{ \| Property '.*' is missing in type|^tasks: \{ \| Type .* is not assignable to type/);
});

test.each(kinds)("%s: an exit with a handler is one error at its key", (kind) => {
  const errors = errorsOf(
    program(kind, (parts) => parts.tasks.push(`[${SETS[kind].at("Done")}]: Go,`)),
    lastLine,
  );
  expect(errors).toEqual([
    `[${SETS[kind].at("Done")}]: Go, |   Type 'typeof Go' is not assignable to type '"an exit has no task"'.`,
  ]);
});

test.each(kinds)("%s: a handler of no state is one error at its key", (kind) => {
  const errors = errorsOf(
    program(kind, (parts) => parts.tasks.push("other: Go,")),
    lastLine,
  );
  expect(errors).toEqual([`other: Go, |   Type 'typeof Go' is not assignable to type '"no state of this machine"'.`]);
});

test.each(kinds)("%s: an exit as the initial state is one error at `initial`", (kind) => {
  const errors = errorsOf(program(kind, (parts) => void (parts.initial = SETS[kind].at("Done"))));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(/^initial: .*\| Type .* is not assignable to type/);
});

test.each(kinds)("%s: no exits is an error at `exits`", (kind) => {
  const errors = errorsOf(program(kind, (parts) => void (parts.exits = "[]")));
  expect(errors.some((error) => error.startsWith("exits: []"))).toBe(true);
});

test.each(["string enum", "numeric enum"] as const)("%s: a task of another enum is one error at its key", (kind) => {
  const other = kind === "string enum" ? 'enum Other { X = "x" }' : "enum Other { X }";
  const extra = `${other}\nclass Foreign { async run() { return Other.X; } }`;
  const errors = errorsOf(
    program(kind, (parts) => Object.assign(parts, { extra, tasks: [`[${SETS[kind].at("A")}]: Foreign,`, parts.tasks[1] ?? ""] })),
  );
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(
    /Foreign, \| Type of computed property's value is 'typeof Foreign', which is not assignable to type 'Binding<S>'/,
  );
});

// The binding is a union of all kinds: the last line of the message must still be about the kind that was meant.
test.each<[problem: string, members: string, last: RegExp]>([
  ["a task of another enum", "run() { return Other.X; }", /Type 'Other' is not assignable to type 'Awaitable<Next<S>>'/],
  [
    "a task that takes its context first",
    "async run(context: Context<void>, input: { id: string }) { return S.Done; }",
    /Property 'id' is missing in type 'Context<never>' but required in type '\{ id: string; \}'/,
  ],
  [
    "a config whose policy is a number",
    "readonly config = { retry: 3, attemptTimeout: 5 }; async run() { return S.Done; }",
    /Type 'number' is not assignable to type 'Retry'/,
  ],
  [
    "a task that is undone, and leads to another enum",
    "run() { return undoable(Other.X, 1); } compensate() {}",
    /Type 'Other' is not assignable to type 'Next<S>'/,
  ],
  [
    "a batch without its last method",
    "load() { return [1]; } processItem() { return 1; }",
    /Property 'finish' is missing in type 'Work' but required in type 'BatchTask<S, unknown, unknown>'/,
  ],
  [
    "a stream whose items yield no pair",
    "async *open() { yield 1; } processItem() { return [1, 2]; } flushWindow() {} onClose() { return S.Done; }",
    /Target requires 2 element\(s\) but source may have fewer/,
  ],
  [
    "a poll that answers something else",
    "poll() { return 5n; }",
    /Type 'bigint' is not assignable to type 'Awaitable<(Pending \| Next<S>|Next<S> \| Pending)>'/,
  ],
  [
    "a timer that waits for a text",
    "wait() { return 'soon'; } afterWait() { return S.Done; }",
    /Type 'string' is not assignable to type 'Awaitable<Due>'/,
  ],
])("%s is one error, whose last line says so", (_, members, last) => {
  const extra = `enum Other { X = "x" }\nclass Work { ${members} }`;
  const change = (parts: { extra: string; tasks: string[] }): void => {
    parts.extra = extra;
    parts.tasks = ["[S.A]: Work,", "[S.B]: Go,"];
  };
  const errors = errorsOf(program("string enum", change), lastLine);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(last);
});

test.each([
  ["[Part, Work]", "Type 'Work' is not assignable to type 'AnyBranch'."],
  ["[Part, new Turned()]", "Property 'id' is missing in type 'Context<never>' but required in type '{ id: string; }'."],
  ["() => [new Part(), new Work()]", "Type 'Work' is not assignable to type 'AnyBranch'."],
])("the branches %s are one error, whose last line says why", (branches, last) => {
  const errors = errorsOf(
    `import { all, type Context, split } from "cano";
class Part { async run() { return 1; } }
class Work { async work() { return 1; } }
class Turned { async run(context: Context, input: { id: string }) { return 1; } }
export const parts = split(
  ${branches},
  { join: all(), next: "done" },
);`,
    (message) => lastLine(message).trim(),
  );
  expect(errors).toEqual([`${branches}, | ${last}`]);
});

test("a resource that is written out in its place may have its hooks there, with or without `perRun`, and nothing that is misspelt", () => {
  const made = `import { perRun, type Supply } from "cano";
interface Resources { scale: { weigh(): number }; open: (path: string) => void }
const open = (): void => {};
export const shared: Supply<Resources> = { open, scale: { weigh: () => 1, async setup() {}, teardown() {}, health: () => ({ status: "healthy" }) } };
export const own: Supply<Resources> = { open: (path) => void path.length, scale: perRun(() => ({ weigh: () => 1, setup() {} })) };
export const slip: Supply<Resources> = { open, scale: { weigh: () => 1, tearDown() {} } };
`;
  const errors = errorsOf(made);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(/^export const slip.*'tearDown' does not exist in type/);
});

test("options of a retry policy that are misspelt or positional are told of by the name of their type, not by all that is in it", () => {
  const made = `import { decorrelated, exponential, fixed } from "cano";
exponential({ retires: 3 });
exponential(3);
decorrelated({ max: 3 });
fixed({ retries: 3 });
`;
  expect(errorsOf(made).map((error) => error.split(" | ")[1])).toEqual([
    "Object literal may only specify known properties, but 'retires' does not exist in type 'ExponentialOptions'. Did you mean to write 'retries'?",
    "Type '3' has no properties in common with type 'ExponentialOptions'.",
    "Object literal may only specify known properties, and 'max' does not exist in type 'DecorrelatedOptions'.",
    "Argument of type '{ retries: number; }' is not assignable to parameter of type 'FixedOptions'.",
  ]);
});
