/** Reads one task of a small machine in tests. */

import type { TaskReading } from "../reading.js";
import { createReader, type ReadProgram, showTarget } from "./read-program.js";

const read = createReader();

/** A class `W` with these members, bound to state A of a machine over A, B and C, of which B and C are exits. */
export function taskOf(
  members: string,
  around = "",
  binding = "W",
): {
  readonly task: TaskReading;
  readonly at: ReadProgram["at"];
  readonly targets: readonly string[] | undefined;
} {
  const source = `
import { type Backoff, type Context, type ItemOutcome, fixed, more, pending, split, type To, to, type Undoable, undoable, workflow } from "cano";
export enum S { A = "a", B = "b", C = "c" }
declare const cond: boolean;
${around}
class W { ${members} }
export const flow = workflow({ states: S, initial: S.A, exits: [S.B, S.C], tasks: { [S.A]: ${binding} } });
`;
  const { readings, diagnostics, at } = read({ "flow.ts": source });
  const [reading] = readings;
  const found = reading?.bindings[0];
  if (reading === undefined || found?.kind !== "task") throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return { task: found.task, at, targets: found.task.method?.targets.map((target) => showTarget(reading, target)) };
}

/** The members of a batch. */
export const batch = (item = "number", output = "number") =>
  `load() { return [1]; } processItem(_: unknown, item: ${item}) { return String(item); } finish(_: unknown, outcomes: readonly ItemOutcome<${output}>[]) { return S.B; }`;
/** The members of a stream, some of them given. */
export const stream = (parts: { open?: string; item?: string; flush?: string; close?: string } = {}) => `
  ${parts.open ?? "async *open(_: unknown, cursor: number | undefined) { yield 'a'; }"}
  ${parts.item ?? "processItem(_: unknown, item: string): readonly [boolean, number] { return [true, 1]; }"}
  ${parts.flush ?? "flushWindow(_: unknown, outputs: readonly boolean[]) {}"}
  ${parts.close ?? "onClose() { return S.B; }"}`;
