import { expect, test } from "vitest";
import { taskOf } from "../testing/task-of.js";

const after = "afterWait() { return S.B; }";

test.each<[wait: string, least: number | undefined]>([
  ["wait() { return 5 * 60; }", 300],
  ["async wait() { return DAY; }", 86_400_000],
  ["wait = () => 7", 7],
  ["wait() { if (cond) return 20; return 10; }", 10],
  ["wait() { if (cond) return new Date(); return 10; }", undefined],
  ["wait() { return Math.random(); }", undefined],
  ["readonly delay = 5; wait() { return this.delay; }", undefined],
])("`%s` waits %s at least", (wait, least) => {
  const { task } = taskOf(`${wait}\n${after}`, "const DAY = 86_400_000;");
  expect(task.leastWait?.value).toBe(least);
});

test("what is no timer waits for nothing that is known", () => {
  expect(taskOf("async run() { return S.B; }").task.leastWait).toBeUndefined();
  expect(taskOf("poll() { return cond ? S.B : pending(5); }").task.leastWait).toBeUndefined();
});
