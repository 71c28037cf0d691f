/**
 * Firing times equal those of croner 10.0.1, for 300 expressions in 5 zones in the years 2026 to 2028, one of which has a leap day.
 *
 * Of the 1,500 pairs, those with up to 53 times in the first year are compared whole. Of the others, one a week to one a second, it is those around the
 * ends of each February, each year and each quarter of 2028, and around a random point in time for each expression; and all from before each gap and
 * overlap to behind it, which is 2 hours and more (where there is one in each second, 20 seconds). That is 70,018 times in all; `ZONES` has those of each
 * zone.
 *
 * Where the two differ, the difference has its row in `DIFFERENCES`, which has nothing that is not needed.
 */

import { seededRandom } from "cano/testing";
import { Cron } from "croner";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { CronTable } from "../../runtime/src/cron/cron-table.js";
import { thrownBy } from "../runtime/thrown-by.js";
import { cronerTimes, notShared, shareFormats } from "./cron-croner.js";
import { DIFFERENCES, findDifference } from "./cron-differences.js";
import { cronExpressions } from "./cron-expressions.js";
import { timesBetween } from "./cron-firings.js";
import { windowsOf, YEARS } from "./cron-windows.js";
import { offsetAt, transitionsOf } from "./cron-zones.js";

const ZONES: Readonly<Record<string, number>> = {
  "Europe/Berlin": 19_067,
  "America/New_York": 18_826,
  "Australia/Lord_Howe": 14_787,
  "Asia/Kathmandu": 8_736,
  UTC: 8_602,
};

beforeAll(shareFormats);
afterAll(() => void vi.unstubAllGlobals());

test("300 expressions, each another", () => {
  expect(cronExpressions).toHaveLength(300);
  expect(new Set(cronExpressions).size).toBe(300);
});

test.each(Object.entries(ZONES))("%s: %i times", (zone, count) => {
  const transitions = transitionsOf(zone, YEARS.from, YEARS.to);
  const table = new CronTable();
  const random = seededRandom(zone.length);
  const differences: Record<string, number> = {};
  let compared = 0;
  for (const expression of cronExpressions) {
    const point = Math.floor(YEARS.from + random() * (YEARS.to - YEARS.from));
    for (const window of windowsOf(table.of(expression, zone), transitions, offsetAt(zone, YEARS.from), point)) {
      const ours = timesBetween(expression, zone, window.from, window.to);
      const theirs = cronerTimes(expression, zone, window, ours.length);
      compared += ours.length;
      const isOurs = new Set(ours);
      const isTheirs = new Set(theirs);
      for (const time of [...isOurs, ...theirs.filter((one) => !isOurs.has(one))]) {
        if (isOurs.has(time) && isTheirs.has(time)) continue;
        const who = isOurs.has(time) ? "ours" : "theirs";
        const found = findDifference({ expression, zone, time, who });
        const name = found?.name ?? `\`${expression}\` at ${new Date(time).toISOString()} is only ${who}`;
        differences[name] = (differences[name] ?? 0) + 1;
      }
    }
  }
  const explained = DIFFERENCES.filter((row) => row.zone === zone).map(({ name, times }) => [name, times]);
  expect(differences).toEqual(Object.fromEntries(explained));
  expect(compared).toBe(count);
});

test.each(notShared)("croner does not share `$example`: $why", ({ example }) => {
  const cron = (): readonly Date[] => new Cron(example, { timezone: "UTC" }).nextRuns(3, new Date(YEARS.from));
  const ours = timesBetween(example, "UTC", YEARS.from, YEARS.to).slice(0, 3);
  expect(thrownBy(cron) === undefined ? cron().map(Number) : undefined).not.toEqual(ours);
  expect(cronerTimes(example, "UTC", { from: YEARS.from, to: ours[2] ?? 0 }, 3)).toEqual(ours);
});
