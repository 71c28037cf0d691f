/** A process ends when its runs have: no timer of theirs keeps it. */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

// Generating takes five seconds, and many times as long on a machine that has much else to do.
const PATIENCE = 300_000;

test("timeouts of an hour do not keep a process whose run is over", { timeout: 2 * PATIENCE }, () => {
  const script = fileURLToPath(new URL("exit.mjs", import.meta.url));
  // Killed, and so failed, if it is still there when everything else has long been done.
  expect(execFileSync(process.execPath, [script], { encoding: "utf8", timeout: PATIENCE })).toBe("done\n");
});
