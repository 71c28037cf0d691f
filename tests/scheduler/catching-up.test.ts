/** Which of many due times is the first that is made up for: the same as by counting all of them, and found without that each time. */

import { CronTable, type CronTimes } from "cano/cron";
import { array, assert, boolean, integer, property, record } from "fast-check";
import { expect, test } from "vitest";
import { cronDueTimes, everyTimes } from "../../runtime/src/scheduler/due-times.js";
import { DAY, MINUTE, SECOND, START } from "./job.js";

const minutes = new CronTable().of("*/7 8-11 * * *", "Europe/Berlin");

function all(times: Pick<CronTimes, "after">, due: number, now: number): readonly number[] {
  const found = [due];
  for (let time = times.after(due); time !== undefined && time <= now; time = times.after(time)) found.push(time);
  return found;
}

test("it is the first of the newest, also when it is asked for again and again, and time goes on", () => {
  const step = record({ passes: integer({ min: 0, max: 400 }), fires: boolean(), back: boolean() });
  assert(
    property(integer({ min: 1, max: 9 }), array(step, { maxLength: 20 }), (most, steps) => {
      const times = cronDueTimes(minutes);
      let due = minutes.after(START) ?? 0;
      let now = due;
      for (const { passes, fires, back } of steps) {
        now = Math.max(due, now + (back ? -1 : 1) * passes * MINUTE);
        const found = times.oldest(due, now, most);
        expect(found).toBe(all(minutes, due, now).at(-most) ?? due);
        if (fires) due = minutes.after(found) ?? 0;
        now = Math.max(due, now);
      }
    }),
  );
});

test("three thousand that are made up for are not counted three thousand times", () => {
  let asked = 0;
  const counted: CronTimes = {
    plain: minutes.plain,
    after: (time) => (asked++, minutes.after(time)),
    before: (time) => (asked++, minutes.before(time)),
    changeAt: () => undefined,
  };
  const times = cronDueTimes(counted);
  const first = minutes.after(START) ?? 0;
  const passed = all(minutes, first, START + 100 * DAY);
  for (const [at, due] of passed.entries()) expect(times.oldest(due, START + 100 * DAY + at * SECOND, 1e9)).toBe(due);
  expect(passed.length).toBeGreaterThan(3_000);
  expect(asked).toBeLessThan(5 * passed.length);
});

test("those of an interval are not counted at all: there may be more than a list can have", () => {
  const times = everyTimes(1);
  expect(times.oldest(START, START + 1_000 * 365 * DAY, Number.MAX_SAFE_INTEGER)).toBe(START);
  expect(times.oldest(START, START + 10, 4)).toBe(START + 7);
});
