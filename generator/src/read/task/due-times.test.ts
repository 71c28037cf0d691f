/** What a timer may say of when it is due: whatever is a number or a point in time, however its type is written. */

import { expect, test } from "vitest";
import { taskOf } from "../testing/task-of.js";

const AROUND = `
declare function value<Type>(): Type;
class UtcDate extends Date {}
class GenericDate<Zone> extends Date { readonly in?: Zone; }
class ZonedDate extends UtcDate { readonly zone: string = "UTC"; }
type Milliseconds = number & { readonly unit: "ms" };
namespace calendar { export class Date { readonly day: number = 1; } }
export const used = [ZonedDate, GenericDate, calendar, value<Milliseconds>()];`;

const problemsOf = (wait: string): readonly string[] =>
  taskOf(`wait() { return ${wait}; } afterWait() { return S.B; }`, AROUND).task.wrongResults.map(({ given }) => given);

test.each([
  "new ZonedDate()",
  'new GenericDate<"UTC">()',
  "value<Readonly<Date>>()",
  "value<Date & { readonly zone: string }>()",
  "value<Milliseconds | Date>()",
  "value<{ readonly epochMilliseconds: Milliseconds }>()",
  "{ epochMilliseconds: 5 } as const",
])("%s", (wait) => {
  expect(problemsOf(wait)).toEqual([]);
});

test("no class that only has the name", () => {
  expect(problemsOf("new calendar.Date()")).toEqual(["Date"]);
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
