import { expect, test } from "vitest";
import { CRON_NAMES } from "./cron-names.js";
import { type CronProblem, findCronProblem } from "./find-cron-problem.js";

test.each([
  "* * * * *",
  "*/15 9-17 * JAN,feb mon-FRI",
  "0 0 L * ?",
  "0 0 * * 5#2",
  "0 0 * * THU",
  "  30 0 3 * * 7 ",
  "0 0 29 2 *",
  ...CRON_NAMES,
])("`%s` is right", (expression) => expect(findCronProblem(expression)).toBeUndefined());

test.each<[expression: string, count: number]>([
  ["", 0],
  ["* * * *", 4],
  ["0 0 12 * * ? 2026", 7],
])("`%s` has %i fields", (expression, count) => expect(findCronProblem(expression)).toEqual({ kind: "count", count }));

test.each<[expression: string, meant: string | undefined]>([
  ["@dialy", "@daily"],
  ["@Daily", "@daily"],
  ["@reboot", undefined],
])("`%s` is meant as %s", (name, meant) => expect(findCronProblem(name)).toEqual({ kind: "name", name, meant }));

test.each<[expression: string, field: string, text: string, start: number]>([
  ["60 * * * *", "minute", "60", 0],
  ["0  24 * * *", "hour", "24", 3],
  ["60 0 0 * * *", "second", "60", 0],
  ["0 0 0 * *", "day of the month", "0", 4],
  ["0 0 * 13 *", "month", "13", 6],
  ["0 0 * * MONN", "day of the week", "MONN", 8],
  ["0 0 * * FRI-MON", "day of the week", "FRI-MON", 8],
  ["*/0 * * * *", "minute", "*/0", 0],
  ["1,,2 * * * *", "minute", "1,,2", 0],
  ["H * * * *", "minute", "H", 0],
  ["0 H(1-5) * * *", "hour", "H(1-5)", 2],
])("`%s`: the %s is wrong", (expression, field, text, start) =>
  expect(findCronProblem(expression)).toEqual({ kind: "field", field, text, start } as CronProblem),
);

test.each<[expression: string, problem: object]>([
  ["*/90 * * * *", { field: "minute", text: "*/90", start: 0, step: 90, size: 60 }],
  ["0 1,*/36 * * *", { field: "hour", text: "1,*/36", start: 2, step: 36, size: 24 }],
  ["0 0 */40 * *", { field: "day of the month", text: "*/40", start: 4, step: 40, size: 31 }],
])("`%s` goes by steps that are too long", (expression, problem) =>
  expect(findCronProblem(expression)).toEqual({ kind: "step", ...problem }),
);

test("a step as long as all values is right", () => expect(findCronProblem("*/60 */24 * */12 *")).toBeUndefined());

test.each(["0 0 30 2 *", "0 0 31 4,6,9,11 *"])("`%s` never comes", (expression) =>
  expect(findCronProblem(expression)).toEqual({ kind: "never" }),
);
