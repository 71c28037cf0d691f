/** Very many runs at once, in a process of their own: all of them end, and what they took is given back. */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("100,000 concurrent runs with timeouts, retries and a shared breaker finish, and leave nothing behind", () => {
  const script = fileURLToPath(new URL("crowd.mjs", import.meta.url));
  const printed = execFileSync(process.execPath, ["--expose-gc", script], { encoding: "utf8" });
  const { ends, before, after, pending, breaker } = JSON.parse(printed) as {
    ends: Readonly<Record<string, number>>;
    before: number;
    after: number;
    pending: number;
    breaker: string;
  };
  const { done = 0, retry_exhausted: exhausted = 0, circuit_open: refused = 0, ...others } = ends;
  expect(others).toEqual({});
  expect(done + exhausted + refused).toBe(100_000);
  expect(done).toBeGreaterThan(10_000);
  expect(refused).toBeGreaterThan(0);
  expect(["closed", "open", "half-open"]).toContain(breaker);
  expect(pending).toBe(0);
  expect(after / before).toBeLessThan(1.1);
});
