/** Runs around every test file: an unhandled rejection, or a timer that is left behind, fails it. */

import { afterAll, beforeAll, expect } from "vitest";

const rejections: unknown[] = [];
const note = (reason: unknown): unknown => rejections.push(reason);

beforeAll(() => void process.on("unhandledRejection", note));

afterAll(async () => {
  // A rejection is reported once the promises have settled.
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect(rejections, "unhandled rejections").toEqual([]);
});
