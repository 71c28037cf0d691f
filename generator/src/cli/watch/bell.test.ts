import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Bell } from "./bell.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what happens at about the same time is one answer", async () => {
  const bell = new Bell();
  let answers = 0;
  void (async () => {
    for (;;) {
      await bell.wait();
      answers++;
    }
  })();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(answers).toBe(0);
  for (let event = 0; event < 5; event++) {
    bell.ring();
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.advanceTimersByTimeAsync(1_000);
  expect(answers).toBe(1);
});

test("what happens while nobody waits is not lost", async () => {
  const bell = new Bell();
  bell.ring();
  const waited = bell.wait();
  await vi.advanceTimersByTimeAsync(1_000);
  await waited;
  let again = false;
  void bell.wait().then(() => (again = true));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(again).toBe(false);
});
