import { CronTable, type CronTimes, ZoneClock } from "cano/cron";
import { describe, expect, test } from "vitest";
import { describeCron } from "./describe-cron.js";
import { findSmallestGap } from "./find-smallest-gap.js";
import { listFirings } from "./list-firings.js";

function timesOf(expression: string, timeZone = "UTC"): CronTimes {
  return new CronTable().of(expression, timeZone);
}

function firings(expression: string, timeZone: string, from: string, count: number): readonly string[] {
  const found = listFirings(timesOf(expression, timeZone), new ZoneClock(timeZone), Date.parse(from), count);
  return found.map(({ local, change }) => (change === undefined ? local : `${local} ${change}`));
}

describe("firings", () => {
  test("begin with `from` itself", () =>
    expect(firings("*/30 * * * *", "UTC", "2026-01-01T00:30Z", 2)).toEqual([
      "2026-01-01T00:30:00+00:00",
      "2026-01-01T01:00:00+00:00",
    ]));

  test("that do not exist are moved", () =>
    expect(firings("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00Z", 3)).toEqual([
      "2026-03-28T02:30:00+01:00",
      "2026-03-29T03:30:00+02:00 moved",
      "2026-03-30T02:30:00+02:00",
    ]));

  test("that exist twice come once", () =>
    expect(firings("30 1 * * *", "America/New_York", "2026-10-31T12:00Z", 2)).toEqual([
      "2026-11-01T01:30:00-04:00 once",
      "2026-11-02T01:30:00-05:00",
    ]));

  test("or twice, where every hour is asked for", () =>
    expect(firings("0 * * * *", "Europe/Berlin", "2026-10-24T23:00Z", 4)).toEqual([
      "2026-10-25T01:00:00+02:00",
      "2026-10-25T02:00:00+02:00 twice",
      "2026-10-25T02:00:00+01:00 twice",
      "2026-10-25T03:00:00+01:00",
    ]));

  test("follow changes of half an hour", () =>
    expect(firings("45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00Z", 2)).toEqual([
      "2026-04-05T01:45:00+11:00 once",
      "2026-04-06T01:45:00+10:30",
    ]));
});

test.each<[expression: string, timeZone: string, enough: number, gap: number]>([
  ["*/20 * * * * *", "UTC", 0, 20_000],
  ["0,10 9 * * *", "UTC", 0, 600_000],
  ["0 0 1,3 * *", "UTC", 0, 2 * 86_400_000],
  ["0 0 * * *", "UTC", 0, 86_400_000],
  ["0 0 * * *", "Europe/Berlin", 0, 23 * 3_600_000],
  ["0 0 * * *", "Europe/Berlin", 86_400_000, 86_400_000],
])("the smallest gap of `%s` in %s, %i being enough", (expression, timeZone, enough, gap) =>
  expect(findSmallestGap(timesOf(expression, timeZone), enough)).toBe(gap),
);

test.each([
  ["0 * * * *", "Every hour, every day"],
  ["@weekdays", "At 00:00, Monday through Friday"],
  ["0 0 L * *", "At 00:00, on the last day of the month"],
  ["0 9 1-7 * mon-fri", "At 09:00, between day 1 and 7 of the month, or Monday through Friday"],
  ["0 0 13 * 5", "At 00:00, on day 13 of the month, or on Friday"],
  ["0 0 1,15 2 1,3", "At 00:00, on day 1 and 15 of the month, or on Monday and Wednesday, only in February"],
  ["0 0 L * 5L", "At 00:00, on the last day of the month, or on the last Friday of the month"],
  ["0 0 ? * mon#2", "At 00:00, on the second Monday of the month"],
  ["30 0 3 * * 7", "At 03:00:30, only on Sunday"],
  ["*/40 * * * *", "At 0 and 40 minutes past the hour, every hour, every day"],
])("`%s` in words", (expression, words) => expect(describeCron(timesOf(expression))).toBe(words));
