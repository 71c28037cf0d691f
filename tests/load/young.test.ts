/** What runs have made is garbage at once: V8 need not take it for old, where it lies until a full collection and slows down what comes after it. */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("a split of 100 branches leaves nothing to a full collection", () => {
  const script = fileURLToPath(new URL("young.mjs", import.meta.url));
  const kept = Number(execFileSync(process.execPath, ["--expose-gc", script], { encoding: "utf8" }));
  // A function in a field of each split had V8 keep 17,000 bytes of it.
  expect(kept).toBeLessThan(2_000);
});
