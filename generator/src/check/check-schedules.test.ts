/** What is said of schedules; how each code looks is shown by its fixture. */

import { expect, test } from "vitest";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.js";
import { buildDraft } from "../model/build-draft.js";
import type { ScheduleBase, ScheduleReading, TextReading } from "../read/schedule-reading.js";
import { checkSchedules } from "./check-schedules.js";
import { at, number, reading } from "./testing/reading-builder.js";

// A run waits a minute.
const reminder = buildDraft(
  reading({
    states: ["A", "B"],
    tasks: {
      A: {
        to: ["B"],
        task: { shapes: [{ kind: "timer", span: at("wait") }], waits: { times: [number(60_000, "wait")], byBackoff: false } },
      },
    },
    more: { name: "reminder", file: "/reminder.ts" },
  }),
);

const text = (value: string | undefined, place = "text"): TextReading => ({ value, span: at(place), literal: undefined });

const base: ScheduleBase = {
  name: text("x", "name"),
  follows: [],
  workflow: { source: "/reminder.ts", factory: "createReminder" },
  overlap: { limit: 1, whenBusy: "skip" },
};
const every = (interval: number | undefined, more: object = {}): ScheduleReading => ({
  kind: "every",
  ...base,
  interval: number(interval, "interval"),
  mode: "rate",
  ...more,
});
const cron = (expression: string | undefined, more: object = {}): ScheduleReading => ({
  kind: "cron",
  ...base,
  expression: text(expression, "expression"),
  timeZone: "default",
  ...more,
});

const once = (time: number | undefined): ScheduleReading => ({ kind: "at", ...base, time: number(time, "time") });

function problemsOf(...schedules: readonly ScheduleReading[]): readonly string[] {
  const found: Diagnostic[] = [];
  checkSchedules(schedules, [reminder], (diagnostic) => void found.push(diagnostic));
  return found.map(({ code, span }) => `${code} ${span?.file}`);
}

test.each<[name: string, schedule: ScheduleReading, problems: readonly string[]]>([
  ["shorter", every(30_000), ["CANO3029 interval"]],
  ["as long", every(60_000), ["CANO3029 interval"]],
  ["longer", every(60_001), []],
  ["from the end of a run", every(1, { mode: "delay" }), []],
  ["perhaps from the end of a run", every(1, { mode: undefined }), []],
  ["unknown", every(undefined), []],
  ["with room", every(30_001, { overlap: { limit: 2, whenBusy: "skip" } }), []],
  ["without room", every(30_000, { overlap: { limit: 2, whenBusy: "skip" } }), ["CANO3029 interval"]],
  ["with room, perhaps", every(1, { overlap: undefined }), []],
  ["cancelling", every(59_999, { overlap: { limit: 1, whenBusy: "cancel" } }), ["CANO3030 interval"]],
  ["perhaps cancelling", every(60_000, { overlap: { limit: 1, whenBusy: "cancel" } }), ["CANO3029 interval"]],
  ["of another workflow", every(1, { workflow: { source: "/reminder.ts", factory: "createOther" } }), []],
  ["of another file", every(1, { workflow: { source: "/other.ts", factory: "createReminder" } }), []],
  ["of what is not known", every(1, { workflow: undefined }), []],
  ["impossible", every(0), ["CANO3027 interval"]],
  ["often", cron("* * * * *"), ["CANO3029 expression"]],
  ["often at times", cron("0,1 3 * * *", { overlap: { limit: 1, whenBusy: "cancel" } }), ["CANO3029 expression"]],
  [
    "often at times, where that cancels",
    cron("0,30 0 3 * * *", { overlap: { limit: 1, whenBusy: "cancel" } }),
    ["CANO3029 expression"],
  ],
  ["at a time", once(1), []],
  ["at no time", once(Number.NaN), ["CANO3031 time"]],
  ["at a time that is not known", once(undefined), []],
  ["seldom", cron("*/2 * * * *"), []],
  ["by a name that is not known", cron(undefined), []],
  ["somewhere", cron("* * * * *", { timeZone: undefined }), []],
  ["in a zone that is not known", cron("* * * * *", { timeZone: text(undefined) }), []],
  ["nowhere", cron("* * * * *", { timeZone: text("Nowhere", "zone") }), ["CANO3026 zone"]],
  ["nowhere, and never", cron("0 0 30 2 *", { timeZone: text("Nowhere", "zone") }), ["CANO3025 expression", "CANO3026 zone"]],
])("a schedule that is due %s", (_, schedule, problems) => expect(problemsOf(schedule)).toEqual(problems));

test.each<[name: string, first: string | undefined, second: string | undefined, follows: readonly number[], problems: number]>([
  ["the same", "a", "a", [0], 1],
  ["of different schedulers", "a", "a", [], 0],
  ["different", "a", "b", [0], 0],
  ["not known", undefined, undefined, [0], 0],
])("names that are %s", (_, first, second, follows, problems) => {
  const schedule = every(undefined);
  const found = problemsOf({ ...schedule, name: text(first, "first") }, { ...schedule, name: text(second, "second"), follows });
  expect(found).toEqual(Array.from({ length: problems }, () => "CANO3028 second"));
});

test.each([
  ["0 24 * * *", { file: "/main.ts", start: 102, end: 104 }],
  ["0 0 30 2 *", { file: "/main.ts", start: 104, end: 108 }],
  ["* * * *", at("argument")],
  ["@Daily", at("argument")],
])("what is wrong in `%s` is pointed at", (value, span) => {
  const found: Diagnostic[] = [];
  const literal = { file: "/main.ts", start: 100, end: 100 + value.length };
  const schedule = cron(value, { expression: { value, span: at("argument"), literal } });
  checkSchedules([schedule], [], (diagnostic) => void found.push(diagnostic));
  expect(found.map((diagnostic) => diagnostic.span)).toEqual([span]);
});

test.each([
  ["@Daily", "Europe/Berlin", ["@daily"]],
  [" @Daily ", "Europe/Berlin", ["@daily"]],
  ["0 24 * * *", "Europe/Berlin", [undefined]],
  ["0 3 * * *", "Europe/Berlim", ["Europe/Berlin"]],
  ["0 3 * * *", "Nowhere", [undefined]],
])("what is meant by `%s` in `%s` is written in its place, where that can be told", (value, zone, texts) => {
  const fixesOf = (literal: Span | undefined): readonly Diagnostic["fix"][] => {
    const found: Diagnostic[] = [];
    const written = (words: string, place: string): TextReading => ({ value: words, span: at(place), literal });
    checkSchedules(
      [cron(value, { expression: written(value, "expression"), timeZone: written(zone, "zone") })],
      [],
      (diagnostic) => void found.push(diagnostic),
    );
    return found.map(({ fix }) => fix);
  };
  const span = { file: "/main.ts", start: 100, end: 120 };
  expect(fixesOf(span)).toEqual(texts.map((meant) => meant && { title: `write \`${meant}\``, span, text: meant }));
  // What is no literal of the source cannot be written anew.
  expect(fixesOf(undefined)).toEqual([undefined]);
});
