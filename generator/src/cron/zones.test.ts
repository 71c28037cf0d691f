import { expect, test } from "vitest";
import { findNearestZone, findTime, isZone, offsetsOf } from "./zones.js";

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

test.each<[zone: string, time: string, minutes: number]>([
  ["UTC", "2026-01-01", 0],
  ["Europe/Berlin", "2026-07-01", 120],
  ["America/St_Johns", "2026-01-01", -210],
  ["Asia/Kathmandu", "2026-01-01", 345],
])("the offset of %s at %s", (zone, time, minutes) => expect(offsetsOf(zone)(Date.parse(time))).toBe(minutes * 60_000));

test.each<[text: string, time: string | undefined]>([
  ["2026-03-28", "2026-03-27T23:00:00.000Z"],
  ["2026-03-28T10:00", "2026-03-28T09:00:00.000Z"],
  ["2026-03-28T10:00:00Z", "2026-03-28T10:00:00.000Z"],
  ["2026-03-28T10:00+05:30", "2026-03-28T04:30:00.000Z"],
  ["2026-02-30", undefined],
  ["tomorrow", undefined],
  ["1764547200000", undefined],
])("the time %s in Berlin", (text, time) => {
  const found = findTime(text, "Europe/Berlin");
  expect(found === undefined ? undefined : new Date(found).toISOString()).toBe(time);
});
