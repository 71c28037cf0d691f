/** How a result is taken to hold still: by the stamps of files that were not touched, and by the bytes of all others. */

import { rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { type CacheSlot, findCached, writeCached } from "./cache.js";
import * as probe from "./probe.js";
import { makeTempFolder, type TempFolder } from "./testing/temp-folder.js";

vi.mock("./probe.js", { spy: true });

/** A result that depends on two files, one of which is not there; the run began `begin` milliseconds from now. */
function remember(
  folder: TempFolder,
  begin: number,
  name = "a.ts",
): { readonly slot: CacheSlot; readonly path: string; readonly missing: string } {
  const path = join(folder.path, name);
  const missing = join(folder.path, "b.ts");
  const slot = { file: join(folder.path, "cache.json"), key: "key" };
  const questions = [path, missing].map((asked) => ({ kind: "file" as const, path: asked }));
  writeCached(slot, { questions, outputs: [], warnings: [] }, Date.now() + begin);
  vi.mocked(probe.askProbe).mockClear();
  return { slot, path, missing };
}

const later = 60_000;

test("files that were not touched are not read", () => {
  using folder = makeTempFolder({ "a.ts": "1" });
  const { slot, path } = remember(folder, later);
  expect(findCached(slot)?.inputs).toContain(path);
  expect(probe.askProbe).not.toHaveBeenCalled();
});

test("a file that was written just before the run is read: times are coarse", () => {
  using folder = makeTempFolder({ "a.ts": "1" });
  const { slot, path } = remember(folder, 0);
  expect(findCached(slot)).toBeDefined();
  expect(probe.askProbe).toHaveBeenCalledWith("file", path);
});

test("nothing is kept when a file was put there during the run, be it with the time of an earlier one", () => {
  using folder = makeTempFolder({ "a.ts": "1" });
  expect(findCached(remember(folder, -1_000).slot)).toBeUndefined();
});

test("a file that was touched, and is as it was", () => {
  using folder = makeTempFolder({ "a.ts": "1" });
  const { slot, path } = remember(folder, later);
  utimesSync(path, 5_000, 5_000);
  expect(findCached(slot)).toBeDefined();
  expect(probe.askProbe).toHaveBeenCalledWith("file", path);
});

test("another text of the same length and with the same time", () => {
  using folder = makeTempFolder({ "a.ts": "1" });
  const { slot, path } = remember(folder, later);
  const { ctimeMs } = statSync(path);
  // The system's clock goes on in steps.
  while (statSync(path).ctimeMs === ctimeMs) folder.write({ "a.ts": "2" });
  expect(findCached(slot)).toBeUndefined();
});

test("a file whose folder is a file now", () => {
  using folder = makeTempFolder({ "lib/a.ts": "1" });
  const { slot } = remember(folder, later, "lib/a.ts");
  rmSync(join(folder.path, "lib"), { recursive: true });
  writeFileSync(join(folder.path, "lib"), "");
  expect(findCached(slot)).toBeUndefined();
});

test("where nothing can be kept, nothing is, and nobody is told", () => {
  using folder = makeTempFolder({ ".cache": "a file" });
  const slot = { file: join(folder.path, ".cache/cano-gen/entry.json"), key: "key" };
  writeCached(slot, { questions: [], outputs: [], warnings: [] }, Date.now());
  expect(findCached(slot)).toBeUndefined();
});

test("a file that was not there, and is", () => {
  using folder = makeTempFolder({ "a.ts": "1" });
  const { slot, missing } = remember(folder, later);
  writeFileSync(missing, "");
  expect(findCached(slot)).toBeUndefined();
});
