/** Options of other kinds count as idle where nothing could read them. */

import { expect, test } from "vitest";
import { taskOf } from "../testing/task-of.js";

test.each<[members: string, found: readonly string[]]>([
  ["readonly backoff = { base: 50 }; run() { return S.B; }", ["backoff at backoff"]],
  ["concurrency = 4; itemTimeout = 50; route() { return S.B; }", ["concurrency at concurrency", "itemTimeout at itemTimeout"]],
  ["readonly compensateConfig = { attemptTimeout: 50 }; run() { return S.B; }", ["compensateConfig at compensateConfig"]],
  ["get window() { return { count: 5 }; } poll() { return S.B; }", ["window at window"]],
  ["readonly retry = fixed({ retries: 1, delay: 5 }); run() { return S.B; }", ["retry at retry"]],
  ["attemptTimeout = 50; fallback = S.B; route() { return S.B; }", ["attemptTimeout at attemptTimeout", "fallback at fallback"]],
  ["readonly attemptTimeout = 50; readonly config = { attemptTimeout: this.attemptTimeout }; run() { return S.B; }", []],
  ["readonly backoff = { base: 50 }; poll() { return S.B; }", []],
  // What is read is the class's own.
  ["readonly concurrency = 4; run() { return this.concurrency > 3 ? S.B : S.C; }", []],
  ["readonly concurrency = 4; run() { const { concurrency } = this; return concurrency > 3 ? S.B : S.C; }", []],
  ["readonly concurrency = 4; run() { const { concurrency: many } = this; return many > 3 ? S.B : S.C; }", []],
  ['readonly concurrency = 4; run() { return this["concurrency"] > 3 ? S.B : S.C; }', []],
  ["readonly concurrency = 4; run() { const key: 'concurrency' = 'concurrency'; return this[key] > 3 ? S.B : S.C; }", []],
  ["private readonly concurrency = 4; run() { return S.B; }", []],
  ["readonly window: number; constructor() { this.window = 5; } run() { return S.B; }", []],
  ["window(): void {} run() { return S.B; }", []],
])("%s", (members, found) => {
  const { task, at } = taskOf(members);
  expect(task.idleOptions.map(({ name, span }) => `${name} at ${at(span)}`)).toEqual(found);
});

test.each<[members: string, found: readonly string[]]>([
  ["readonly options = { retry: fixed({ retries: 1, delay: 5 }) }; run() { return S.B; }", ["options at options"]],
  ["readonly policy = { attemptTimeout: 50, hedge: { after: 5, max: 2 } }; route() { return S.B; }", ["policy at policy"]],
  ["get policy() { return { attemptTimeout: 50 }; } run() { return S.B; }", ["policy at policy"]],
  ["readonly options = { retry: fixed({ retries: 1, delay: 5 }) }; readonly config = this.options; run() { return S.B; }", []],
  ["private readonly options = { retry: fixed({ retries: 1, delay: 5 }) }; run() { return S.B; }", []],
  [
    "readonly config = { retry: fixed({ retries: 1, delay: 5 }) }; readonly compensateConfig = { retry: fixed({ retries: 1, delay: 5 }) }; run() { return S.B; }",
    [],
  ],
  ["readonly options = {}; run() { return S.B; }", []],
  ["readonly options = { retry: fixed({ retries: 1, delay: 5 }), name: 'A' }; run() { return S.B; }", []],
  ["readonly policy = { retry: fixed({ retries: 1, delay: 5 }) }; run() { return S.B; } poll() { return S.B; }", []],
])("a config by another name: %s", (members, found) => {
  const { task, at } = taskOf(members);
  expect(task.idleConfigs.map(({ name, span }) => `${name} at ${at(span)}`)).toEqual(found);
});

test("what a base class or an interface has is theirs to read", () => {
  const idle = (heritage: string, around: string): number =>
    taskOf("", `${around} class V ${heritage} { readonly window = 5; run() { return S.B; } }`, "V").task.idleOptions.length;
  expect(idle("implements Sized", "interface Sized { window: number }")).toBe(0);
  expect(idle("extends Sized", "abstract class Sized { abstract readonly window: number }")).toBe(0);
  expect(idle("extends Sized", "class Sized { readonly size = 1 }")).toBe(1);
  expect(idle("", "")).toBe(1);
});

test("an object is a task like any other", () => {
  const { task, at } = taskOf("", "const made = { backoff: { base: 5 }, run: () => S.B };", "made");
  expect(task.idleOptions.map(({ name, span }) => `${name} at ${at(span)}`)).toEqual(["backoff at backoff"]);
});
