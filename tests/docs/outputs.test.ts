/** What guides show of commands whose input lies elsewhere is what these print. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { runMain } from "../../generator/src/cli/testing/run-main.js";
import { readBlocks, ROOT } from "./blocks.js";

test("docs/change-over-time.md shows the beginning of what `cano-gen diff` prints", async () => {
  const shown = readBlocks("docs/change-over-time.md").find(({ isOutput }) => isOutput)?.text ?? "nothing";
  const { code, stdout } = await runMain("diff input/cano.lock.json expected/cano.lock.json", join(ROOT, "fixtures/renewal"));
  expect([code, stdout.slice(0, shown.length)]).toEqual([0, shown]);
});

test("docs/scheduler.md shows what `cano-gen explain-cron` prints", async () => {
  const blocks = readBlocks("docs/scheduler.md");
  const shown = blocks.findIndex(({ isOutput }) => isOutput);
  const [, expression = "", options = ""] = /cano-gen explain-cron "([^"]+)" (.*)\n/.exec(blocks[shown - 1]?.text ?? "") ?? [];
  const { code, stdout } = await runMain(["explain-cron", expression, ...options.split(" ")], ROOT);
  expect([code, stdout]).toEqual([0, blocks[shown]?.text]);
});
