/** Keys that nothing reads, in options that are objects. */

import { expect, test } from "vitest";
import { stream, taskOf } from "../testing/task-of.js";

test.each<[members: string, found: readonly string[]]>([
  ["readonly backoff = { base: 5, multiplier: 2, cap: 50, jitter: 0 }; poll() { return S.B; }", []],
  ["readonly backoff = { base: 5, max: 50 }; poll() { return S.B; }", ["backoff max at max"]],
  ["readonly backoff = BACKOFF; poll() { return S.B; }", ["backoff limit at limit"]],
  ["readonly pollErrors = { tolerate: 3, retries: 1 }; poll() { return S.B; }", ["pollErrors retries at retries"]],
  ["readonly backoff: Backoff = backoffOf(); poll() { return S.B; }", []],
  [`readonly window = { size: 5 }; ${stream()}`, ["window size at size"]],
  [`readonly window = { count: 5 }; readonly itemErrors = "fail"; ${stream()}`, []],
  // Of another kind, and so the task's own.
  ["readonly backoff = { max: 50 }; run() { return S.B; }", []],
])("%s", (members, found) => {
  const { task, at } = taskOf(members, "const BACKOFF = { base: 5, limit: 50 } as const; declare function backoffOf(): Backoff;");
  expect(task.unknownKeys.map(({ of, key }) => `${of} ${key.name} at ${at(key.span)}`)).toEqual(found);
});
