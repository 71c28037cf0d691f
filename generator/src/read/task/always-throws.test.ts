/** Methods that always throw: what they would give another method is nothing, and fits whatever that takes. */

import { expect, test } from "vitest";
import { batch, stream, taskOf } from "../testing/task-of.js";

const LOADING = "load() { return [1]; }";

test.each<[members: string]>([
  [batch("number", "string").replace(LOADING, "load(): never { throw new Error(); }")],
  [batch("number", "string").replace(LOADING, "async load(): Promise<never> { throw new Error(); }")],
  [stream({ open: "open(): never { throw new Error(); }" })],
  [stream({ item: "processItem(_: unknown, item: string): never { throw new Error(); }" })],
  [stream({ item: "async processItem(_: unknown, item: string): Promise<never> { throw new Error(); }" })],
  ["wait(): never { throw new Error(); } afterWait() { return S.B; }"],
])("%s", (members) => {
  const { flows, wrongResults, cursorLosses } = taskOf(members).task;
  expect(flows.filter(({ fit }) => fit.kind !== "fits")).toEqual([]);
  expect([wrongResults, cursorLosses]).toEqual([[], []]);
});
