import { expect, test } from "vitest";
import { taskOf } from "../testing/task-of.js";

const after = "afterWait() { return S.B; }";

test.each<[wait: string, times: readonly (number | undefined)[]]>([
  ["wait() { return 5 * 60; }", [300]],
  ["async wait() { return DAY; }", [86_400_000]],
  ["wait = () => 7", [7]],
  ["wait() { if (cond) return 20; return 10; }", [20, 10]],
  ["wait() { return cond ? 20 : (cond ? 10 : 30); }", [20, 10, 30]],
  ["wait() { if (cond) return new Date(); return 10; }", [undefined, 10]],
  ["wait() { return -5; }", [-5]],
  ["wait() { return Math.random(); }", [undefined]],
  ["readonly delay = 5; wait() { return this.delay; }", [undefined]],
])("`%s` waits %j", (wait, times) => {
  const { task } = taskOf(`${wait}\n${after}`, "const DAY = 86_400_000;");
  expect(task.waits.times.map(({ value }) => value)).toEqual(times);
  expect(task.waits.byBackoff).toBe(false);
});

test.each<[poll: string, times: readonly (number | undefined)[], byBackoff: boolean]>([
  ["poll() { return cond ? S.B : pending(5); }", [5], false],
  ["poll() { return cond ? S.B : pending(); }", [], true],
  ["async poll() { if (cond) return pending(2 * DAY); return cond ? pending() : S.B; }", [172_800_000], true],
  ["poll() { return cond ? S.B : later; }", [9], false],
  ["readonly delay = 5; poll() { return cond ? S.B : pending(this.delay); }", [undefined], false],
  ["poll() { return S.B; }", [], false],
])("`%s` waits %j between polls", (poll, times, byBackoff) => {
  const { task } = taskOf(poll, "const DAY = 86_400_000; const later = pending(9);");
  expect(task.waits.times.map(({ value }) => value)).toEqual(times);
  expect(task.waits.byBackoff).toBe(byBackoff);
});

test("what is neither waits for nothing that is known", () => {
  expect(taskOf("async run() { return S.B; }").task.waits).toEqual({ times: [], byBackoff: false });
});
