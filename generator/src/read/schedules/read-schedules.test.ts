/** Schedules as they are read: which calls there are, what they say, what they belong to. */

import { describe, expect, test } from "vitest";
import type { ScheduleReading } from "../schedule-reading.js";
import { createReader, type ReadProgram } from "../testing/read-program.js";

const read = createReader();

const report = `
import { workflow } from "cano";
enum S { A = "a", B = "b" }
class Work { async run() { return S.B; } }
export const report = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: Work } });`;

const head = `
import { createScheduler, type Scheduler } from "cano/scheduler";
import { createReport } from "./report.cano.js";
const reports = createReport();
await using scheduler = createScheduler();
declare const some: any;
`;

function program(text: string, more: Readonly<Record<string, string>> = {}): ReadProgram {
  return read({ "report.ts": report, "main.ts": head + text, ...more }, ["main.ts", ...Object.keys(more)]);
}

function only(text: string): ScheduleReading {
  const { schedules } = program(text);
  const [schedule] = schedules;
  if (schedule === undefined || schedules.length > 1) throw new Error(`${schedules.length} schedules`);
  return schedule;
}

test("finds the calls on schedulers, however those are come by, and no others", () => {
  const { schedules } = program(`
    [1].every(Boolean, [2]);
    export function add(to: Scheduler) { to.manual("parameter", reports); }
    class App { constructor(private readonly own: Scheduler) { this.own.at("field", reports, 5); } }
    scheduler
      .every("one", reports, 1)
      .cron("two", reports, "* * * * *");
    scheduler.every(...(["spread", reports, 1] as const));`);
  expect(schedules.map(({ kind, name }) => `${kind} ${name.value}`)).toEqual([
    "manual parameter",
    "at field",
    "every one",
    "cron two",
  ]);
});

test("a scheduler of another file", () => {
  const { schedules } = program(`export { scheduler };`, {
    "more.ts": `import { scheduler } from "./main.js";\nscheduler.manual("shared", 1 as never);`,
  });
  expect(schedules.map(({ name }) => name.value)).toEqual(["shared"]);
});

test.each<[name: string, call: string, said: object]>([
  ["numbers", `const S = 1_000; scheduler.every("x", reports, 5 * S);`, { interval: { value: 5_000 }, mode: "delay" }],
  [
    "options",
    `scheduler.every("x", reports, 5, { mode: "rate", overlap: "cancel" });`,
    { mode: "rate", overlap: { limit: 1, whenBusy: "cancel" } },
  ],
  [
    "options as a constant",
    `const o = { mode: "rate", overlap: { allow: 3 } } as const; scheduler.every("x", reports, 5, o);`,
    { mode: "rate", overlap: { limit: 3, whenBusy: "skip" } },
  ],
  [
    "options that are not at hand",
    `scheduler.every("x", reports, some, { ...some });`,
    { interval: { value: undefined }, mode: undefined, overlap: undefined },
  ],
  [
    "overlap that is not at hand",
    `scheduler.every("x", reports, 5, { overlap: { allow: some } });`,
    { mode: "delay", overlap: undefined },
  ],
  ["a name that is not at hand", `scheduler.manual(some, reports);`, { kind: "manual", name: { value: undefined } }],
  ["no zone", `scheduler.cron("x", reports, "@daily");`, { expression: { value: "@daily" }, timeZone: "default" }],
  ["a zone", `scheduler.cron("x", reports, "@daily", { timeZone: "Asia/Tokyo" });`, { timeZone: { value: "Asia/Tokyo" } }],
  ["a zone that may be", `scheduler.cron("x", reports, "@daily", some);`, { timeZone: undefined }],
  ["a date", `scheduler.at("x", reports, new Date("2026-01-01T00:00:00Z"));`, { time: { value: Date.UTC(2026, 0, 1) } }],
  ["no date", `scheduler.at("x", reports, new Date("soon"));`, { time: { value: Number.NaN } }],
  ["a date by its number", `scheduler.at("x", reports, new Date(5));`, { time: { value: 5 } }],
  ["now", `scheduler.at("x", reports, new Date());`, { time: { value: undefined } }],
])("reads %s", (_, call, said) => expect(only(call)).toMatchObject(said));

test.each<[text: string, literal: string | undefined]>([
  [`"@daily"`, "@daily"],
  ["`@daily`", "@daily"],
  [`"\\u0040daily"`, undefined],
])("knows where the text %s stands, unless it has an escape in it", (text, literal) => {
  const { schedules, at } = program(`const WHEN = ${text};\nscheduler.cron("x", reports, WHEN);`);
  const [schedule] = schedules;
  if (schedule?.kind !== "cron") throw new Error("no cron schedule");
  expect(schedule.expression.value).toBe("@daily");
  expect(at(schedule.expression.span)).toBe("WHEN");
  expect(schedule.expression.literal && at(schedule.expression.literal)).toBe(literal);
});

describe("the workflow", () => {
  const generated = `import { report } from "./report.js";\nexport function createReport() { return report as never; }`;

  test.each<[name: string, expression: string, found: boolean]>([
    ["constant", "reports", true],
    ["call", "createReport()", true],
    ["member", "{ reports }.reports", true],
    ["any", "some", false],
    ["variable", "changing", false],
  ])("%s", (_, expression, found) => {
    const text = `let changing = createReport();\nscheduler.manual("x", ${expression});`;
    for (const more of [{}, { "report.cano.ts": generated }]) {
      const workflow = program(text, more).schedules[0]?.workflow;
      expect(workflow?.factory).toBe(found ? "createReport" : undefined);
      if (found) expect(workflow?.source).toMatch(/\/report\.ts$/);
    }
  });

  test("in a folder of generated modules, and by way of a door", () => {
    const { schedules } = read({
      "report.ts": report,
      "out/report.cano.ts": generated.replace("./", "../"),
      "out/index.ts": `export { createReport as make } from "./report.cano.js";`,
      "main.ts": `import { createScheduler } from "cano/scheduler";\nimport { make } from "./out/index.js";\ncreateScheduler().manual("x", make());`,
    });
    expect(schedules.map(({ workflow }) => workflow?.factory)).toEqual(["createReport"]);
  });
});

test.each<[name: string, text: string, follows: readonly (readonly number[])[]]>([
  ["a chain", `scheduler.manual("a", some).manual("b", some);`, [[], [0]]],
  ["a variable", `scheduler.manual("a", some);\nscheduler.manual("b", some);`, [[], [0]]],
  ["a chain that becomes a variable", `const s = createScheduler().manual("a", some);\ns.manual("b", some);`, [[], [0]]],
  ["two schedulers", `scheduler.manual("a", some);\ncreateScheduler().manual("b", some);`, [[], []]],
  ["a condition afterwards", `scheduler.manual("a", some);\nif (some) scheduler.manual("b", some);`, [[], [0]]],
  ["a condition before", `if (some) scheduler.manual("a", some);\nscheduler.manual("b", some);`, [[], []]],
  ["either, or", `if (some) scheduler.manual("a", some); else scheduler.manual("b", some);`, [[], []]],
  ["either, or, as an expression", `some ? scheduler.manual("a", some) : scheduler.manual("b", some);`, [[], []]],
  ["a function", `function add() { scheduler.manual("a", some); }\nscheduler.manual("b", some);`, [[], []]],
  ["within a function", `function add(s: Scheduler) { s.manual("a", some); s.manual("b", some); }`, [[], [0]]],
  ["cases", `switch (some) { case 1: scheduler.manual("a", some); break; default: scheduler.manual("b", some); }`, [[], []]],
  ["a loop", `for (const x of some) scheduler.manual("a", x);\nscheduler.manual("b", some);`, [[], []]],
  ["an attempt", `try { scheduler.manual("a", some); } catch { scheduler.manual("b", some); }`, [[], []]],
  ["a short cut", `some && scheduler.manual("a", some);\nscheduler.manual("b", some);`, [[], []]],
  [
    "a variable that changes",
    `let s = createScheduler();\ns.manual("a", some);\ns = createScheduler();\ns.manual("b", some);`,
    [[], []],
  ],
])("knows what a scheduler has been given before: %s", (_, text, follows) =>
  expect(program(text).schedules.map((schedule) => schedule.follows)).toEqual(follows),
);
