import { ZoneClock } from "cano/cron";
import { expect, test } from "vitest";
import { findNearestZone, findTime, isZone } from "./zones.js";

test.each(["UTC", "Europe/Berlin", "europe/berlin"])("%s is a zone", (name) => expect(isZone(name)).toBe(true));

test.each<[name: string, meant: string | undefined]>([
  ["Europe/Berln", "Europe/Berlin"],
  ["Berlin", "Europe/Berlin"],
  ["New York", "America/New_York"],
  ["UTCC", "UTC"],
  ["the office", undefined],
])("%s is none, and meant as %s", (name, meant) => {
  expect(isZone(name)).toBe(false);
  expect(findNearestZone(name)).toBe(meant);
});

test.each<[text: string, time: string | undefined]>([
  ["2026-03-28", "2026-03-27T23:00:00.000Z"],
  ["2026-03-28T10:00", "2026-03-28T09:00:00.000Z"],
  ["2026-03-28T10:00:00Z", "2026-03-28T10:00:00.000Z"],
  ["2026-03-28T10:00+05:30", "2026-03-28T04:30:00.000Z"],
  ["2026-03-28T10:00:00.250", "2026-03-28T09:00:00.250Z"],
  // Clocks there do not show it.
  ["2026-03-29T02:30", "2026-03-29T01:30:00.000Z"],
  ["2026-10-25T02:30", "2026-10-25T00:30:00.000Z"],
  ["2026-02-30", undefined],
  ["2026-02-30T10:00Z", undefined],
  ["2026-02-32", undefined],
  ["2026-03-28T25:00", undefined],
  ["tomorrow", undefined],
  ["1764547200000", undefined],
])("the time %s in Berlin", (text, time) => {
  const found = findTime(text, new ZoneClock("Europe/Berlin"));
  expect(found === undefined ? undefined : new Date(found).toISOString()).toBe(time);
});
