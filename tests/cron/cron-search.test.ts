/** `after` and `before` go through the same times, each in its direction, from wherever they start: also where clocks are moved, and where many times are near. */

import { assert, constantFrom, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { CronTable } from "../../runtime/src/cron/cron-table.js";
import { cronExpressions } from "./cron-expressions.js";
import { timesBetween } from "./cron-firings.js";
import { YEARS } from "./cron-windows.js";
import { transitionsOf } from "./cron-zones.js";

const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "UTC",
  "America/Havana",
  "Africa/Cairo",
];
const HOUR = 3_600_000;
const table = new CronTable();
const moves = ZONES.flatMap((zone) => transitionsOf(zone, YEARS.from, YEARS.to).map((move) => ({ zone, ...move })));

function holdsAt(expression: string, zone: string, time: number): void {
  const cron = table.of(expression, zone);
  const next = cron.after(time);
  const last = cron.before(time);
  if (next === undefined || last === undefined) throw new Error(`\`${expression}\` has an end at ${time}`);
  expect(next).toBeGreaterThan(time);
  expect(last).toBeLessThan(time);
  // Nothing lies between them but `time`.
  const isOne = cron.after(time - 1) === time;
  expect(cron.before(time + 1) === time).toBe(isOne);
  expect(cron.after(last)).toBe(isOne ? time : next);
  expect(cron.before(next)).toBe(isOne ? time : last);
}

test("at any time", () =>
  assert(
    property(constantFrom(...cronExpressions), constantFrom(...ZONES), integer({ min: YEARS.from, max: YEARS.to }), holdsAt),
    { numRuns: 500 },
  ));

test("near a move of the clocks, by the second", () =>
  assert(
    property(
      constantFrom(...cronExpressions),
      constantFrom(...moves),
      integer({ min: -2 * 3600, max: 2 * 3600 }),
      constantFrom(0, 0, 1, 999),
      (expression, { zone, time }, seconds, millis) => holdsAt(expression, zone, time + seconds * 1000 + millis),
    ),
    { numRuns: 1000 },
  ));

describe.each(moves.map(({ zone, time, moved }) => [zone, new Date(time).toISOString(), time, moved] as const))(
  "%s, %s",
  (zone, _, time, moved) => {
    test.each(["* * * * *", "*/15 * * * *", "*/7 0-22 * * *", "30 0,1,2,23 * * *", "0 0 * * *", "20 */20 1-2 * * *"])(
      "`%s`: forwards and backwards are the same times, and no call in between tells another",
      (expression) => {
        const [from, to] = [time - 3 * HOUR, time + 27 * HOUR];
        const times = timesBetween(expression, zone, from, to);
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
        const backwards: number[] = [];
        const cron = table.of(expression, zone);
        for (let at = cron.before(to + 1); at !== undefined && at >= from; at = cron.before(at)) backwards.push(at);
        expect(backwards.toReversed()).toEqual(times);
        for (let at = time - 2 * HOUR; at <= time + 2 * HOUR; at += 5 * 60_000)
          expect(cron.after(at)).toBe(times.find((one) => one > at));
        // What is in the gap or the overlap is missed by none.
        if (expression === "* * * * *")
          expect(times.filter((one) => Math.abs(one - time) <= Math.abs(moved))).toHaveLength(Math.abs(moved) / 30_000 + 1);
      },
    );
  },
);

test("each second, through a move of the clocks and back", () => {
  for (const { zone, time } of moves.slice(0, 2)) {
    const times = timesBetween("* * * * * *", zone, time - 5_000, time + 5_000);
    expect(times).toEqual(Array.from({ length: 11 }, (_, second) => time - 5_000 + second * 1000));
  }
});

test.each(["Europe/Berlin", "America/New_York"])("there is none where dates end, in %s", (zone) => {
  for (const expression of ["* * * * *", "0 0 * * *", "0 0 1 1 *"]) {
    expect(table.of(expression, zone).after(8.64e15)).toBeUndefined();
    expect(table.of(expression, zone).before(-8.64e15)).toBeUndefined();
  }
});
