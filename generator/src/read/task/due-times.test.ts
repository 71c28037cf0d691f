/** What a timer may say of when it is due: whatever is a number or a point in time, however its type is written. */

import { expect, test } from "vitest";
import { taskOf } from "../testing/task-of.js";

const AROUND = `
declare function value<Type>(): Type;
class UtcDate extends Date {}
class ZonedDate extends UtcDate { readonly zone: string = "UTC"; }
type Milliseconds = number & { readonly unit: "ms" };
export const used = [ZonedDate, value<Milliseconds>()];`;

const problemsOf = (wait: string): readonly string[] =>
  taskOf(`wait() { return ${wait}; } afterWait() { return S.B; }`, AROUND).task.wrongResults.map(({ given }) => given);

test.each([
  "new ZonedDate()",
  "value<Date & { readonly zone: string }>()",
  "value<Milliseconds | Date>()",
  "value<{ readonly epochMilliseconds: Milliseconds }>()",
  "{ epochMilliseconds: 5 } as const",
])("%s", (wait) => {
  expect(problemsOf(wait)).toEqual([]);
});

test.each([
  "string & { readonly unit: 'ms'; }",
  "number | undefined",
  "any",
  "{ epochMilliseconds: number | bigint; }",
  "{ epochMilliseconds: string; }",
])("no %s", (given) => {
  expect(problemsOf(`value<${given}>()`)).toEqual([given.replaceAll("'", '"')]);
});
