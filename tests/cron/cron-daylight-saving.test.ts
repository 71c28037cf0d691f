/**
 * What daylight saving does to schedules. A local time that does not exist fires once, moved forward by as much as the clocks were; one that exists twice fires
 * once, the first time. An expression that has every hour goes on as time does: it fires in every hour that passes. Both hold forwards and backwards.
 * What was moved, or is shown twice, is told of each time.
 */

import { describe, expect, test } from "vitest";
import { CronTable } from "../../runtime/src/cron/cron-table.js";
import { firingsOn } from "./cron-firings.js";

const quarters = (hours: readonly number[], offset: string, from = 0): readonly string[] =>
  hours.flatMap((hour) =>
    [0, 15, 30, 45].filter((minute) => minute >= from).map((minute) => `${two(hour)}:${two(minute)} ${offset}`),
  );
const two = (number: number): string => String(number).padStart(2, "0");

describe.each([
  // Zone, the day in spring, offset before and after; the day in autumn.
  ["Europe/Berlin", "2026-03-29", "+1", "+2", "2026-10-25"],
  ["America/New_York", "2026-03-08", "-5", "-4", "2026-11-01"],
])("%s", (zone, spring, winter, summer, autumn) => {
  // The hour that is skipped and the one that is repeated differ: 2 to 3 in both zones in spring, in autumn 2 to 3 and 1 to 2.
  const [twice, next] = zone === "Europe/Berlin" ? [2, 3] : [1, 2];

  test("a time in the gap comes an hour later, once", () => {
    expect(firingsOn("30 2 * * *", zone, spring)).toEqual([`03:30 ${summer}`]);
    expect(firingsOn("0 2 * * *", zone, spring)).toEqual([`03:00 ${summer}`]);
    expect(firingsOn("59 1 * * *", zone, spring)).toEqual([`01:59 ${winter}`]);
    expect(firingsOn("0 3 * * *", zone, spring)).toEqual([`03:00 ${summer}`]);
  });

  test("where another is there, both are one", () => {
    expect(firingsOn("30 2,3 * * *", zone, spring)).toEqual([`03:30 ${summer}`]);
    expect(firingsOn("15,45 1-3 * * *", zone, spring)).toEqual([
      ...[15, 45].map((minute) => `01:${minute} ${winter}`),
      ...[15, 45].map((minute) => `03:${minute} ${summer}`),
    ]);
    expect(firingsOn("0 0-6/2 * * *", zone, spring)).toEqual([
      `00:00 ${winter}`,
      ...["03:00", "04:00", "06:00"].map((time) => `${time} ${summer}`),
    ]);
  });

  test("a time in the overlap comes the first time", () => {
    expect(firingsOn(`30 ${twice} * * *`, zone, autumn)).toEqual([`${two(twice)}:30 ${summer}`]);
    expect(firingsOn(`0 ${twice} * * *`, zone, autumn)).toEqual([`${two(twice)}:00 ${summer}`]);
    expect(firingsOn(`0 ${next} * * *`, zone, autumn)).toEqual([`${two(next)}:00 ${winter}`]);
    expect(firingsOn(`*/15 ${twice}-${next} * * *`, zone, autumn)).toEqual([
      ...quarters([twice], summer),
      ...quarters([next], winter),
    ]);
  });

  test("a schedule that is started in the second hour has had its time", () => {
    const times = new CronTable().of(`30 ${twice} * * *`, zone);
    const first = times.after(Date.parse(`${autumn}T00:00:00Z`)) ?? 0;
    expect(firingsOn(`30 ${twice} * * *`, zone, autumn)).toHaveLength(1);
    for (const minutes of [1, 31, 59, 60, 61]) {
      const time = first + minutes * 60_000;
      expect(times.after(time)).toBe(first + 25 * 3_600_000);
      expect(times.before(time)).toBe(first);
    }
  });

  test("hourly: 23 times and 25 times, an hour apart", () => {
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    const inSpring = hours.filter((hour) => hour !== 2).map((hour) => `${two(hour)}:00 ${hour < 2 ? winter : summer}`);
    const inAutumn = [
      ...hours.filter((hour) => hour < next).map((hour) => `${two(hour)}:00 ${summer}`),
      ...hours.filter((hour) => hour >= twice).map((hour) => `${two(hour)}:00 ${winter}`),
    ];
    for (const expression of ["0 * * * *", "@hourly", "0 0-23 * * *"]) {
      expect(firingsOn(expression, zone, spring)).toEqual(inSpring);
      expect(firingsOn(expression, zone, autumn)).toEqual(inAutumn);
    }
    expect([inSpring.length, inAutumn.length]).toEqual([23, 25]);
  });

  test("every quarter of an hour: 92 times and 100 times", () => {
    const inSpring = firingsOn("*/15 * * * *", zone, spring);
    expect(inSpring.slice(0, 12)).toEqual([...quarters([0, 1], winter), ...quarters([3], summer)]);
    expect(inSpring).toHaveLength(92);
    const inAutumn = firingsOn("*/15 * * * *", zone, autumn);
    expect(inAutumn.slice(twice * 4, twice * 4 + 12)).toEqual([...quarters([twice], summer), ...quarters([twice, next], winter)]);
    expect(inAutumn).toHaveLength(100);
  });

  test("all hours but one are named hours, and fire once", () =>
    expect(firingsOn("0 0-22 * * *", zone, autumn)).toHaveLength(23));
});

describe("Australia/Lord_Howe moves its clocks by half an hour", () => {
  const zone = "Australia/Lord_Howe";

  test("from 2:00 to 2:30", () => {
    expect(firingsOn("0 2 * * *", zone, "2026-10-04")).toEqual(["02:30 +11"]);
    expect(firingsOn("15 2 * * *", zone, "2026-10-04")).toEqual(["02:45 +11"]);
    expect(firingsOn("30 2 * * *", zone, "2026-10-04")).toEqual(["02:30 +11"]);
    expect(firingsOn("*/15 * * * *", zone, "2026-10-04").slice(4, 12)).toEqual([
      ...quarters([1], "+10.5"),
      ...quarters([2], "+11", 30),
      ...quarters([3], "+11").slice(0, 2),
    ]);
    expect(firingsOn("0 * * * *", zone, "2026-10-04").slice(1, 4)).toEqual(["01:00 +10.5", "02:30 +11", "03:00 +11"]);
  });

  test("and back from 2:00 to 1:30", () => {
    expect(firingsOn("30 1 * * *", zone, "2026-04-05")).toEqual(["01:30 +11"]);
    expect(firingsOn("45 1 * * *", zone, "2026-04-05")).toEqual(["01:45 +11"]);
    expect(firingsOn("0 2 * * *", zone, "2026-04-05")).toEqual(["02:00 +10.5"]);
    expect(firingsOn("*/15 * * * *", zone, "2026-04-05").slice(4, 12)).toEqual([
      ...quarters([1], "+11"),
      ...quarters([1], "+10.5", 30),
      ...quarters([2], "+10.5").slice(0, 2),
    ]);
    // What clocks show at half past, they show again half an hour later.
    expect(firingsOn("30 * * * *", zone, "2026-04-05").slice(0, 4)).toEqual([
      "00:30 +11",
      "01:30 +11",
      "01:30 +10.5",
      "02:30 +10.5",
    ]);
  });
});

describe("midnight is moved or repeated", () => {
  test.each([
    // At midnight, clocks are put on to 1:00.
    ["America/Havana", "2026-03-07", "2026-03-09", ["03-07 00:00 -5", "03-08 01:00 -4", "03-09 00:00 -4"]],
    ["Africa/Cairo", "2026-04-23", "2026-04-25", ["04-23 00:00 +2", "04-24 01:00 +3", "04-25 00:00 +3"]],
    ["Asia/Beirut", "2026-03-28", "2026-03-30", ["03-28 00:00 +2", "03-29 01:00 +3", "03-30 00:00 +3"]],
    // At 1:00, clocks are put back to midnight.
    ["America/Havana", "2026-10-31", "2026-11-02", ["10-31 00:00 -4", "11-01 00:00 -4", "11-02 00:00 -5"]],
    // At midnight, clocks are put back to 23:00 of the day before.
    ["Africa/Cairo", "2026-10-29", "2026-10-31", ["10-29 00:00 +3", "10-30 00:00 +2", "10-31 00:00 +2"]],
    ["Asia/Beirut", "2026-10-24", "2026-10-26", ["10-24 00:00 +3", "10-25 00:00 +2", "10-26 00:00 +2"]],
  ])("%s, from %s to %s: each day has one", (zone, from, to, firings) => {
    expect(firingsOn("0 0 * * *", zone, from, to)).toEqual(firings);
    expect(firingsOn("@daily", zone, from, to)).toEqual(firings);
  });

  test("the hour before midnight that comes twice", () => {
    expect(firingsOn("30 23 * * *", "Africa/Cairo", "2026-10-29", "2026-10-30")).toEqual(["10-29 23:30 +3", "10-30 23:30 +2"]);
    expect(firingsOn("30 * * * *", "Africa/Cairo", "2026-10-29").slice(-3)).toEqual(["22:30 +3", "23:30 +3", "23:30 +2"]);
  });

  test("the first of a month whose midnight is not there", () =>
    // 1 October 2000 began at 1:00 in Paraguay.
    expect(firingsOn("0 0 1 * *", "America/Asuncion", "2000-10-01")).toEqual(["01:00 -3"]));
});

describe("what is said of a time", () => {
  test.each([
    ["30 2 * * *", "Europe/Berlin", "2026-03-28T01:30Z", undefined],
    ["30 2 * * *", "Europe/Berlin", "2026-03-29T01:30Z", "moved"],
    // It is there anyway.
    ["30 2,3 * * *", "Europe/Berlin", "2026-03-29T01:30Z", undefined],
    ["30 2 * * *", "Europe/Berlin", "2026-10-25T00:30Z", "once"],
    ["30 2,3 * * *", "Europe/Berlin", "2026-10-25T02:30Z", undefined],
    ["30 * * * *", "Europe/Berlin", "2026-03-29T01:30Z", undefined],
    ["30 * * * *", "Europe/Berlin", "2026-10-25T00:30Z", "twice"],
    ["30 * * * *", "Europe/Berlin", "2026-10-25T01:30Z", "twice"],
    ["30 * * * *", "Europe/Berlin", "2026-10-25T02:30Z", undefined],
    // It is 23 hours of the day.
    ["30 0-22 * * *", "Europe/Berlin", "2026-10-25T00:30Z", "once"],
    // Half an hour is skipped, and the hour in it is due behind it.
    ["0 * * * *", "Australia/Lord_Howe", "2026-10-03T15:30Z", "moved"],
    ["45 1 * * *", "Australia/Lord_Howe", "2026-04-04T14:45Z", "once"],
    ["0 0 * * *", "America/Havana", "2026-03-08T05:00Z", "moved"],
    ["0 12 30 12 *", "Pacific/Apia", "2011-12-30T22:00Z", "moved"],
  ])("`%s` in %s at %s: %s", (expression, zone, time, change) => {
    const times = new CronTable().of(expression, zone);
    expect(times.after(Date.parse(time) - 1)).toBe(Date.parse(time));
    expect(times.changeAt(Date.parse(time))).toBe(change);
  });
});

describe("other changes", () => {
  test("Samoa had no 30 December 2011: its times fall on the 31st, where there are some already", () => {
    expect(firingsOn("0 12 * * *", "Pacific/Apia", "2011-12-29", "2012-01-01")).toEqual([
      "12-29 12:00 -10",
      "12-31 12:00 +14",
      "01-01 12:00 +14",
    ]);
    expect(firingsOn("0 12 30 12 *", "Pacific/Apia", "2011-01-01", "2012-12-31")).toEqual(["12-31 12:00 +14", "12-30 12:00 +14"]);
    expect(firingsOn("0 12 * * 5", "Pacific/Apia", "2011-12-23", "2012-01-06")).toEqual([
      "12-23 12:00 -10",
      "12-31 12:00 +14",
      "01-06 12:00 +14",
    ]);
    expect(firingsOn("0 * * * *", "Pacific/Apia", "2011-12-29", "2011-12-31")).toHaveLength(48);
  });

  test("Kwajalein had no 21 August 1993", () =>
    expect(firingsOn("30 6 * * *", "Pacific/Kwajalein", "1993-08-20", "1993-08-22")).toEqual([
      "08-20 06:30 -12",
      "08-22 06:30 +12",
    ]));

  test("Turkey stayed in summer time in 2016, Brazil in winter time in 2019", () => {
    expect(firingsOn("30 3 * * *", "Europe/Istanbul", "2015-11-08")).toEqual(["03:30 +3"]);
    expect(firingsOn("0 * * * *", "Europe/Istanbul", "2015-11-08")).toHaveLength(25);
    expect(firingsOn("0 * * * *", "Europe/Istanbul", "2016-11-06")).toHaveLength(24);
    expect(firingsOn("0 0 * * *", "America/Sao_Paulo", "2018-11-04")).toEqual(["01:00 -2"]);
    expect(firingsOn("0 0 * * *", "America/Sao_Paulo", "2019-11-03")).toEqual(["00:00 -3"]);
  });

  test("Nepal began the year 1986 a quarter of an hour late, and Liberia once had an offset with seconds", () => {
    expect(firingsOn("0 0 1 1 *", "Asia/Kathmandu", "1986-01-01")).toEqual(["00:15 +5.75"]);
    const times = new CronTable().of("0 0 1 1 *", "Africa/Monrovia");
    // Clocks there were 44 minutes and 30 seconds behind until January 1972.
    expect(times.after(Date.UTC(1970, 11, 1))).toBe(Date.UTC(1971, 0, 1, 0, 44, 30));
  });
});
