/** What tells the kinds of tasks apart, for messages. The table is `kinds.ts`. */

import { KINDS, type TaskKind } from "./kinds.js";

/** Every kind of task. */
export const ALL_KINDS: readonly TaskKind[] = KINDS.map(({ kind }) => kind);

/** The kinds of tasks that may be branches of a split. */
export const BRANCH_KINDS: readonly TaskKind[] = ["task", "poll", "timer", "batch"];

/** The methods that make a class a task of a kind. */
export function methodsOf(kind: TaskKind): readonly string[] {
  return kindOf(kind).methods.map(({ name }) => name);
}

/** Those of them that name the next state. */
export function namingMethodsOf(kind: TaskKind): readonly string[] {
  return kindOf(kind)
    .methods.filter(({ names }) => names)
    .map(({ name }) => name);
}

/** The method by which a kind is told from others with methods in common: of those that name the next state, if one does. */
export function tellingMethodOf(kind: TaskKind): string {
  const own = methodsOf(kind);
  const smaller = ALL_KINDS.filter((other) => other !== kind && methodsOf(other).every((name) => own.includes(name)));
  const shared = new Set(smaller.flatMap(methodsOf));
  return [...namingMethodsOf(kind), ...own].find((name) => !shared.has(name)) ?? "";
}

/** Every member of a task of a kind that the runtime looks at. */
export function membersOf(kind: TaskKind): readonly string[] {
  // What would make it a task of a larger kind counts, too: `compensat` beside `run`.
  const larger = KINDS.filter((other) => methodsOf(kind).every((name) => other.methods.some((method) => method.name === name)));
  return [...new Set(["config", ...larger.flatMap((other) => [...methodsOf(other.kind), ...other.options])])];
}

/** The interface of a kind. */
export function interfaceOf(kind: TaskKind): string {
  return kindOf(kind).named;
}

function kindOf(kind: TaskKind): (typeof KINDS)[number] {
  const found = KINDS.find((known) => known.kind === kind);
  if (found === undefined) throw new RangeError(`no kind of task is called ${kind}`);
  return found;
}
