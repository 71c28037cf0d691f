/** The manual clock, asked for what a test may do by mistake. */

import { ManualClock } from "cano/testing";
import { expect, test } from "vitest";

test("a manual clock does not go back where it is moved by several at once, or by a timer", async () => {
  const clock = new ManualClock();
  await Promise.all([clock.advance(500), clock.advance(100)]);
  expect(clock.now()).toBe(500);
  clock.schedule(() => void clock.advance(500), 10);
  await clock.advance(100);
  expect(clock.now()).toBe(1_010);
});

test("a timer whose delay is no number falls due at once, and one without an end never: neither keeps others from it", async () => {
  const clock = new ManualClock();
  const fired: [string, number][] = [];
  const set = (name: string, delay: number): void => void clock.schedule(() => fired.push([name, clock.now()]), delay);
  set("later", 10);
  set("no number", Number.NaN);
  set("before", -5);
  set("never", Number.POSITIVE_INFINITY);
  await clock.runAll();
  expect(fired).toEqual([
    ["no number", 0],
    ["before", 0],
    ["later", 10],
  ]);
  expect([clock.pending, clock.now()]).toEqual([1, 10]);
});
