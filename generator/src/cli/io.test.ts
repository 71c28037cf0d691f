/** What the command line takes for a terminal. */

import { afterEach, expect, test, vi } from "vitest";
import { processIo } from "./io.js";

const real = Object.getOwnPropertyDescriptor(process.stderr, "isTTY");

afterEach(() => {
  vi.unstubAllEnvs();
  Object.defineProperty(process.stderr, "isTTY", { value: undefined, configurable: true, ...real });
});

test.each([
  ["xterm-256color", true],
  // It shows escape codes as they are.
  ["dumb", false],
])("a terminal that calls itself %s: %s", (name, isTerminal) => {
  vi.stubEnv("TERM", name);
  Object.defineProperty(process.stderr, "isTTY", { value: true, configurable: true });
  expect(processIo().isTerminal).toBe(isTerminal);
});
