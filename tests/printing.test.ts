/** What the processes of both commands do when nobody takes what they print. */

import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const BIN = fileURLToPath(new URL("../generator/bin/cano-gen.js", import.meta.url));
const CANO = fileURLToPath(new URL("../runtime/bin/cano.js", import.meta.url));
/** A device that is a full disk: Linux has one. */
const FULL = "/dev/full";

test.skipIf(!existsSync(FULL)).each([
  ["cano-gen", BIN, "explain", "CANO2001"],
  ["cano", CANO, "--help"],
])("what a full disk does not take of what %s prints is no success", (command, ...typed) => {
  const full = openSync(FULL, "w");
  const { status, stderr } = spawnSync(process.execPath, typed, { stdio: ["ignore", full, "pipe"], encoding: "utf8" });
  closeSync(full);
  const said = expect.stringMatching(new RegExp(`^${command}: what was printed is not complete: ENOSPC.*\\n$`)) as string;
  expect([status, stderr]).toEqual([1, said]);
});

test.skipIf(process.platform === "win32")("a reader that has seen enough is no failure", () => {
  const command = `"${process.execPath}" "${BIN}" explain-cron "* * * * *" -n 1000 | true; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8" });
  expect([stdout, stderr]).toEqual(["0\n", ""]);
});
