/** Which numbers in options are known: those that literals, constants and simple arithmetic tell. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";

const read = createReader();

test.each<[number: string, value: number | undefined, before?: string]>([
  ["2 * 3 - 1", 5],
  ["7 % 4 / 2", 1.5],
  ["2 ** 3 + 1", 9],
  ["-(-4)", 4],
  ["+5", 5],
  ["~4", undefined],
  ["2 << 1", undefined],
  ["late * 2", undefined],
  ["2 * late", undefined],
  ["-late", undefined],
  ["Time.Long", 60],
  ["Time.Long + 1", 61],
  ["four", 4, "declare const four: 4;"],
  ["seconds * 2", 10, "const seconds = 5;"],
  ["NaN", Number.NaN],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["Number.NaN", Number.NaN],
  ["Number.POSITIVE_INFINITY", Number.POSITIVE_INFINITY],
  ["Number.NEGATIVE_INFINITY", Number.NEGATIVE_INFINITY],
  ["Number.MAX_SAFE_INTEGER", Number.MAX_SAFE_INTEGER],
  ["Number.MAX_VALUE", Number.MAX_VALUE],
  ["never", Number.POSITIVE_INFINITY, "const never = Infinity;"],
])("%s", (number, value, before = "") => {
  const { readings } = read({
    "a.ts": `import { workflow } from "cano";
export enum S { A = "a", B = "b" }
enum Time { Long = 60 }
declare const late: number;
${before}
class Work { config = { attemptTimeout: ${number} }; async run() { return S.B; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: Work } });`,
  });
  const binding = readings[0]?.bindings[0];
  expect(binding?.kind).toBe("task");
  expect(binding?.kind === "task" && binding.task.config?.attemptTimeout?.value).toBe(value);
});
