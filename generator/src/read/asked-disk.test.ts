/** A disk that is asked for what has changed, where a file stands in the place of a folder. */

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ts } from "../../typescript/index.cjs";
import { makeTempFolder } from "../files/testing/temp-folder.js";
import { askedDisk } from "./asked-disk.js";

test("a file whose folder is a file now is gone, and comes again", () => {
  using folder = makeTempFolder({ "lib/a.ts": "1" });
  const { system, ask } = askedDisk();
  const told: ts.FileWatcherEventKind[] = [];
  system.watchFile?.(join(folder.path, "lib/a.ts"), (_, kind) => told.push(kind));
  rmSync(join(folder.path, "lib"), { recursive: true });
  writeFileSync(join(folder.path, "lib"), "");
  ask();
  expect(told).toEqual([ts.FileWatcherEventKind.Deleted]);
  rmSync(join(folder.path, "lib"));
  folder.write({ "lib/a.ts": "1" });
  ask();
  expect(told).toEqual([ts.FileWatcherEventKind.Deleted, ts.FileWatcherEventKind.Created]);
});
