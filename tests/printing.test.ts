/** What the processes of `cano-gen` do when nobody takes what they print. */

import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const BIN = fileURLToPath(new URL("../generator/bin/cano-gen.js", import.meta.url));
/** A device that is a full disk: Linux has one. */
const FULL = "/dev/full";

test.skipIf(!existsSync(FULL))("what a full disk does not take is no success", () => {
  const full = openSync(FULL, "w");
  const { status, stderr } = spawnSync(process.execPath, [BIN, "explain", "CANO2001"], {
    stdio: ["ignore", full, "pipe"],
    encoding: "utf8",
  });
  closeSync(full);
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^cano-gen: what was printed is not complete: ENOSPC.*\n$/)]);
});

test.skipIf(process.platform === "win32")("a reader that has seen enough is no failure", () => {
  const command = `"${process.execPath}" "${BIN}" explain-cron "* * * * *" -n 1000 | true; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8" });
  expect([stdout, stderr]).toEqual(["0\n", ""]);
});
