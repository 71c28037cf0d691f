/** Keys that nothing reads, in options that are objects, and in configs of which the type alone is known. */

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

test.each<[config: string, found: readonly string[]]>([
  ["{ limit: 5 }", ["limit at limit"]],
  ["{ retry: ReturnType<typeof fixed> }", []],
  ["{ [key]: 5; attemptTimeout: 5 }", []],
  ["Record<string, number>", []],
  ["string", []],
  ["number[]", []],
  ["() => void", []],
  ["Date", []],
])("a config that is declared as %s", (config, found) => {
  const { task, at } = taskOf(
    `config = configOf(); run() { return S.B; }`,
    `declare const key: unique symbol; declare function configOf(): ${config};`,
  );
  expect(task.config?.unknownKeys.map(({ name, span }) => `${name} at ${at(span)}`)).toEqual(found);
});
