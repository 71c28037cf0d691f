/** Folders for tests that need a real disk. Old files in them: a cache trusts nothing that was written a moment ago. */

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";

/** A folder of a test's own, removed at the end of its `using` block. */
export interface TempFolder extends Disposable {
  readonly path: string;
  /** Writes files with a time well in the past. */
  write(files: Readonly<Record<string, string>>): void;
  /** All files with their texts, by their paths with forward slashes. */
  read(): Record<string, string>;
}

/** Makes a folder that holds `files`. */
export function makeTempFolder(files: Readonly<Record<string, string>> = {}): TempFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "cano-gen-")));
  const folder: TempFolder = {
    path,
    write(texts) {
      for (const [name, text] of Object.entries(texts)) {
        const file = join(path, name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
        utimesSync(file, 1_000, 1_000);
      }
    },
    read() {
      const names = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) =>
        statSync(join(path, name)).isFile(),
      );
      return Object.fromEntries(names.sort().map((name) => [name.split(sep).join("/"), readFileSync(join(path, name), "utf8")]));
    },
    [Symbol.dispose]() {
      rmSync(path, { recursive: true, force: true });
    },
  };
  folder.write(files);
  return folder;
}
