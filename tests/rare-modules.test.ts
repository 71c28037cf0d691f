/** Workflows that few people write, and whose modules compile all the same. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { generate } from "../generator/src/generate.js";
import { COMPILER_OPTIONS } from "./support/compiler-options.js";
import { STRICT_FLAGS } from "./support/strict-flags.js";

const PLACE = fileURLToPath(new URL("../.cano/rare-modules/", import.meta.url));

const HEAD = `import { type Branch, type CompensatableTask, type Context, exponential, type Joined, more, split, type SteppedTask, type Task, to, type To, undoable, workflow as define } from "cano";
enum Job { Run = "run", Done = "done" }
const common = { states: Job, initial: Job.Run, exits: [Job.Done] } as const;
`;

const RARE: Readonly<Record<string, string>> = {
  // `createSaga` and `DurableOptions` are also what a module imports.
  "called as the runtime's own": `
class Wait implements Task<Job> { async run() { return Job.Done; } }
class Go implements Task<Job> { run() { return Job.Done; } }
class Book implements CompensatableTask<Job, number> { run() { return undoable(Job.Done, 1); } compensate() {} }
export class createSaga2 implements Task<Job> { async run() { return Job.Done; } }
export const workflow = define({ ...common, tasks: { [Job.Run]: Wait } });
export const syncWorkflow = define({ ...common, tasks: { [Job.Run]: Go } });
export const saga = define({ ...common, tasks: { [Job.Run]: Book } });
export const durable = define({ ...common, tasks: { [Job.Run]: Wait }, durable: true, version: 1 });
export const other = define({ ...common, tasks: { [Job.Run]: createSaga2 } });`,
  "without an exit that a run can come to": `
class Later implements Task<Job> { async run(): Promise<never> { throw new Error("not written yet"); } }
class Never implements Task<Job> { run(): never { throw new Error("not written yet"); } }
class Kept implements CompensatableTask<Job, number> { run(): never { throw new Error("not written yet"); } compensate() {} }
export const later = define({ ...common, tasks: { [Job.Run]: Later } });
export const never = define({ ...common, tasks: { [Job.Run]: Never } });
export const kept = define({ ...common, tasks: { [Job.Run]: Kept } });
export const stored = define({ ...common, tasks: { [Job.Run]: Later }, durable: true, version: 1 });`,
  // Neither is the name of a property as it is.
  "of a tuple whose states are negative numbers or `__proto__`": `
class Go { run() { return -2 as const; } }
class Wait { run() { return -0.5 as const; } }
class Ask { run() { return "__proto__" as const; } }
export const cold = define({ states: [1, -2, -0.5] as const, initial: 1, exits: [-0.5], tasks: { 1: Go, [-2]: Wait } });
export const odd = define({ states: ["a", "__proto__"] as const, initial: "a", exits: ["__proto__"], tasks: { a: Ask } });`,
  // The compiler's conditional types, by which the module is typed, see the last signature only.
  "whose methods have several signatures that take different things": `
enum Way { Ask = "ask", Weigh = "weigh", Pack = "pack", Sent = "sent" }
class Ask {
  run(_: { scale: string }, { input }: Context<string>): To<Way.Weigh, number>;
  run(): To<Way.Weigh, number>;
  run(_?: { scale: string }, context?: Context<string>): To<Way.Weigh, number> { return to(Way.Weigh, context?.input.length ?? 0); }
}
class Step<I> {
  run(): To<Way.Pack, I>;
  run(_: { scale: string }, { input }: Context<I>): To<Way.Pack, I>;
  run(_?: { scale: string }, context?: Context<I>): any { return to(Way.Pack, context?.input); }
}
class Weigh extends Step<number> {}
class Pack {
  run(_: unknown, { input }: Context<string>): Way.Sent;
  run(_: unknown, { input }: Context<number>): Way.Sent;
  run(_: unknown, { input }: Context<string> | Context<number>) { return Way.Sent as const; }
}
export const sending = define({ states: Way, initial: Way.Ask, exits: [Way.Sent], tasks: { [Way.Ask]: Ask, [Way.Weigh]: Weigh, [Way.Pack]: Pack } });`,
  // To the compiler each task may go to each state, with what it makes.
  "whose tasks share a method that goes wherever a property says": `
enum Way { Ask = "ask", Weigh = "weigh", Pack = "pack", Sent = "sent" }
abstract class Step<I, O> implements Task<Way> {
  readonly config = { retry: exponential({ retries: 2 }) };
  abstract readonly next: Way;
  abstract make(input: I): O;
  async run(_: unknown, { input }: Context<I>) { return to(this.next, this.make(input)); }
}
class Ask extends Step<boolean, string> { readonly next = Way.Weigh; make(input: boolean) { return String(input); } }
class Weigh extends Step<string, number> { override readonly config = { retry: exponential({ retries: 1 }) }; readonly next = Way.Pack; make(input: string) { return input.length; } }
class Pack extends Step<number, Date> { readonly next = Way.Sent; make(input: number) { return new Date(input); } }
class Rest { run(_: unknown, { input }: Context<string>) { return to(Way.Pack, input.length); } }
const way = { states: Way, initial: Way.Ask, exits: [Way.Sent] } as const;
export const sending = define({ ...way, tasks: { [Way.Ask]: Ask, [Way.Weigh]: Weigh, [Way.Pack]: Pack } });
export const resting = define({ ...way, tasks: { [Way.Ask]: Ask, [Way.Weigh]: Rest, [Way.Pack]: Pack } });`,
  // To the compiler what goes to `next` may go to `Mend`, too.
  "whose tasks share a method that goes wherever a property says, or elsewhere with something else": `
enum Way { Ask = "ask", Weigh = "weigh", Mend = "mend", Sent = "sent" }
abstract class Step<I, O> implements Task<Way> {
  abstract readonly next: Way;
  abstract make(input: I): O | undefined;
  async run(_: unknown, { input }: Context<I>) {
    const made = this.make(input);
    return made === undefined ? to(Way.Mend, { reason: "nothing came of it" }) : to(this.next, made);
  }
}
class Ask extends Step<boolean, string> { readonly next = Way.Weigh; make(input: boolean) { return input ? "yes" : undefined; } }
class Weigh extends Step<string, Date> { readonly next = Way.Sent; make(input: string) { return new Date(input.length); } }
class Mend implements Task<Way> { run(_: unknown, { input }: Context<{ reason: string }>) { return to(Way.Sent, new Date(input.reason)); } }
abstract class Held<I, U, O> implements CompensatableTask<Way, U> {
  abstract readonly next: Way;
  abstract readonly left: U;
  abstract make(input: I): O;
  async run(_: unknown, { input }: Context<I>) { return undoable(to(this.next, this.make(input)), this.left); }
  compensate(_: unknown, _left: U) {}
}
class Keep extends Held<string, number, Date> { readonly config = { retry: exponential({ retries: 1 }), fallback: () => to(Way.Mend, { reason: "busy" }) }; readonly next = Way.Sent; readonly left = 1; make(input: string) { return new Date(input); } }
const way = { states: Way, initial: Way.Ask, exits: [Way.Sent] } as const;
export const sending = define({ ...way, tasks: { [Way.Ask]: Ask, [Way.Weigh]: Weigh, [Way.Mend]: Mend } });
export const keeping = define({ ...way, tasks: { [Way.Ask]: Ask, [Way.Weigh]: Keep, [Way.Mend]: Mend } });`,
  // What is written down in a base class tells of its type parameters, and not of what they stand for.
  "whose generic base classes leave behind what is stored": `
enum Way { Ask = "ask", Weigh = "weigh", Pack = "pack", Sent = "sent" }
abstract class Step<I, K, O> implements SteppedTask<Way, K> {
  abstract readonly next: Way;
  abstract advance(input: I, cursor: K | undefined): { cursor: K } | { made: O };
  async step(_: unknown, cursor: K | undefined, { input }: Context<I>) {
    const now = this.advance(input, cursor);
    return "made" in now ? to(this.next, now.made) : more(now.cursor);
  }
}
abstract class Held<I, U, O> implements CompensatableTask<Way, U> {
  abstract readonly next: Way;
  abstract readonly left: U;
  abstract make(input: I): O;
  async run(_: unknown, { input }: Context<I>) { return undoable(to(this.next, this.make(input)), this.left); }
  compensate(_: unknown, _left: U) {}
}
abstract class Fetch<I, O> implements Branch { abstract make(input: I): O; async run(_: unknown, { input }: Context<I>) { return this.make(input); } }
class Ask extends Step<boolean, number, string> { readonly next = Way.Weigh; advance(input: boolean, cursor?: number) { return input ? { cursor: cursor ?? 1 } : { made: "no" }; } }
class Weigh extends Held<string, { hold: string }, number> { readonly next = Way.Pack; readonly left = { hold: "it" }; make(input: string) { return input.length; } }
class Size extends Fetch<number, number> { make(input: number) { return input; } }
class Name extends Fetch<number, string> { make(input: number) { return String(input); } }
export const kept = define({ states: Way, initial: Way.Ask, exits: [Way.Sent], durable: true, version: 1, tasks: {
  [Way.Ask]: Ask, [Way.Weigh]: Weigh, [Way.Pack]: split([new Size(), new Name()], { next: Way.Sent }),
} });`,
  // The input of such a split is what its branches take, and what the function takes.
  "whose branches take an input that the function which computes them does not": `
enum Way { Ask = "ask", Pack = "pack", Sent = "sent" }
class Size implements Branch { async run(_: unknown, { input }: Context<{ size: number }>) { return input.size; } }
class Name implements Branch { constructor(readonly at: number) {} async run(_: unknown, { input }: Context<{ name: string }>) { return input.name[this.at]; } }
class Pack implements Task<Way> { run(_: unknown, { input }: Context<Joined<{ size: number; name: string }, number | string | undefined>>) { return to(Way.Sent, input.input.name); } }
const rest = { states: Way, initial: Way.Ask, exits: [Way.Sent] } as const;
export const all = define({ ...rest, tasks: { [Way.Ask]: split(() => [new Size(), new Name(1)], { next: Way.Pack }), [Way.Pack]: Pack } });
export const some = define({ ...rest, tasks: {
  [Way.Ask]: split((_: unknown, { input }: Context<{ name: string }>) => [new Size(), new Name(input.name.length)], { next: Way.Pack }), [Way.Pack]: Pack,
} });`,
  // A function with fewer than two parameters takes no input.
  "whose branches take nothing and have fallbacks that take nothing": `
enum Way { Ask = "ask", Pack = "pack", Sent = "sent" }
class Size implements Branch { readonly config = { fallback: () => 0 }; async run() { return 1; } }
class Name implements Branch { readonly config = { fallback: (error: unknown) => String(error) }; async run() { return "it"; } }
class Pack implements Task<Way> { run(_: unknown, { input }: Context<Joined<undefined, number | string>>) { return to(Way.Sent, input.input); } }
export const packing = define({ states: Way, initial: Way.Ask, exits: [Way.Sent], tasks: { [Way.Ask]: split([Size, Name], { next: Way.Pack }), [Way.Pack]: Pack } });`,
  // What the steps themselves come to hands nothing on.
  "whose stepped tasks have a fallback that hands something on": `
enum Way { Ask = "ask", Pack = "pack", Sent = "sent" }
class Ask implements SteppedTask<Way, number> { readonly config = { fallback: to(Way.Pack, "busy") }; async step(_: unknown, cursor?: number) { return cursor === 3 ? Way.Pack : more(3); } }
class Pack implements Task<Way> { run(_: unknown, { input }: Context<string | undefined>) { return to(Way.Sent, input); } }
export const packing = define({ states: Way, initial: Way.Ask, exits: [Way.Sent], tasks: { [Way.Ask]: Ask, [Way.Pack]: Pack } });`,
  // To the compiler a context with an input is none without.
  "whose tasks take no input where what stands in for them, or undoes them, does": `
enum Way { Ask = "ask", Pack = "pack", Sent = "sent" }
class Ask implements Task<Way> {
  readonly config = { fallback: (_: unknown, { input }: Context<string>) => to(Way.Pack, input.length) };
  async run(_: unknown, { signal }: Context) { return signal.aborted ? Way.Sent : to(Way.Pack, 0); }
}
class Pack implements CompensatableTask<Way, string> {
  async run(_: unknown, { idempotencyKey }: Context) { return undoable(Way.Sent, idempotencyKey); }
  async compensate(_: unknown, key: string, { input }: Context<number>) { if (input > key.length) throw new Error("too many"); }
}
export const packing = define({ states: Way, initial: Way.Ask, exits: [Way.Sent], tasks: { [Way.Ask]: Ask, [Way.Pack]: Pack } });`,
  // In there, what is handed over is a type parameter.
  "whose tasks call generic functions": `
enum Way { Ask = "ask", Weigh = "weigh", Pack = "pack", Sent = "sent" }
const go = <S extends Way, I>(state: S, input: I) => to(state, input);
async function either<A, B>(first: A | undefined, second: () => Promise<B>) {
  return first === undefined ? to(Way.Pack, { made: await second() }) : to(Way.Weigh, [first]);
}
class Ask implements Task<Way> { async run(_: unknown, { input }: Context<boolean>) { return input ? go(Way.Weigh, ["it"]) : go(Way.Pack, { made: 1 }); } }
class Weigh implements Task<Way> { async run(_: unknown, { input }: Context<string[]>) { return either(input.length > 1 ? undefined : "it", async () => input.length); } }
class Pack implements Task<Way> { run(_: unknown, { input }: Context<{ made: number }>) { return this.wrapped(input.made); } wrapped<T>(made: T) { return to(Way.Sent, { made }); } }
export const sending = define({ states: Way, initial: Way.Ask, exits: [Way.Sent], tasks: { [Way.Ask]: Ask, [Way.Weigh]: Weigh, [Way.Pack]: Pack }, durable: true, version: 1 });`,
};

/** What the compiler says of the modules that are made of a source of this name. */
function problemsOf(name: string, source: string): readonly string[] {
  rmSync(PLACE, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true });
  const tsconfig = join(PLACE, "tsconfig.json");
  writeFileSync(join(PLACE, "package.json"), '{ "type": "module" }');
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: [name] }));
  writeFileSync(join(PLACE, name), HEAD + source);
  const { files, diagnostics } = generate({ tsconfig, files: undefined, outDir: undefined });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  for (const { path, text } of files) writeFileSync(path, text);
  const modules = files.flatMap(({ path }) => (path.endsWith(".ts") ? [path] : []));
  expect(modules).not.toEqual([]);
  const program = ts.createProgram(modules, { ...STRICT_FLAGS, noEmit: true });
  const found = modules.flatMap((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  });
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

test.each(Object.entries(RARE))("workflows %s", (_, source) => {
  expect(problemsOf("jobs.ts", source)).toEqual([]);
});

test("a workflow of a file whose name begins with a dot", () => {
  const source = `
class Wait implements Task<Job> { async run() { return Job.Done; } }
export const waiting = define({ ...common, tasks: { [Job.Run]: Wait } });`;
  expect(problemsOf(".jobs.ts", source)).toEqual([]);
});
