/** What may make fit what one method of a task gives another: nothing that can be told, to await it, or to keep a literal as it is. */

import { expect, test } from "vitest";
import { taskOf } from "../testing/task-of.js";

const AROUND = "declare function hold(): Promise<{ id: string }>; declare const word: string;";

test.each<[members: string, cure: string | undefined]>([
  ["run() { return undoable(S.B, { kind: 'x' }); } compensate(_: object, left: { kind: 'x' | 'y' }) {}", "widened"],
  ["run() { return undoable(S.B, word); } compensate(_: object, left: number) {}", undefined],
  ["run() { return undoable(S.B, hold()); } compensate(_: object, left: { id: string }) {}", "await"],
  ["run() { return undoable(S.B, hold()); } compensate(_: object, left: { id: number }) {}", undefined],
  ["step(_: object, at: 1 | 2 | undefined) { return cond ? S.B : more(word.length); }", "widened"],
  ["step(_: object, at: string | undefined) { return cond ? S.B : more(word.length); }", undefined],
])("%s may be made to fit by: %s", (members, cure) => {
  const { task } = taskOf(members, AROUND);
  expect(task.flows.map(({ fit }) => fit).filter(({ kind }) => kind === "misfit")).toMatchObject([{ kind: "misfit" }]);
  expect(task.flows.flatMap(({ fit }) => (fit.kind === "misfit" ? [fit.cure] : []))).toEqual([cure]);
});
