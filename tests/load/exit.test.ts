/** A process ends when its runs have: no timer of theirs keeps it. */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("timeouts of an hour do not keep a process whose run is over", () => {
  const script = fileURLToPath(new URL("exit.mjs", import.meta.url));
  // Killed, and so failed, if it is still there when everything else has long been done.
  expect(execFileSync(process.execPath, [script], { encoding: "utf8", timeout: 60_000 })).toBe("done\n");
});
