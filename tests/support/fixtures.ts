/**
 * The fixtures as tests see them. `fixtures/<name>/input` is what a user wrote, `expected` what must come of it: modules, diagnostics and,
 * with a `run.ts`, a trace; with a `crash.ts`, what goes on after a crash at any point. They are copied to a workplace where input and expected modules lie beside each other, as a user has them.
 */

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LOCK_NAME } from "../../generator/src/lock/lock.js";
import type { LockInput } from "../../generator/src/lock/recorded-lock.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The repository's folder of fixtures. */
export const FIXTURES: string = join(ROOT, "fixtures");

/** Where the copies are. */
export const WORKPLACE: string = join(ROOT, ".cano", "fixtures");

/** A fixture: its name, its folder, and the folder of its copy. */
export interface Fixture {
  readonly name: string;
  readonly folder: string;
  readonly copy: string;
}

/** Every fixture, by name. */
export function listFixtures(): readonly Fixture[] {
  return readdirSync(FIXTURES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(FIXTURES, entry.name, "input")))
    .map(({ name }) => ({ name, folder: join(FIXTURES, name), copy: join(WORKPLACE, name) }));
}

/** Makes the workplace anew. */
export function copyFixtures(): void {
  rmSync(WORKPLACE, { recursive: true, force: true });
  mkdirSync(WORKPLACE, { recursive: true });
  const settings = readFileSync(join(FIXTURES, "tsconfig.json"), "utf8").replace(
    "../tsconfig.base.json",
    "../../tsconfig.base.json",
  );
  writeFileSync(join(WORKPLACE, "tsconfig.json"), settings);
  for (const { folder, copy } of listFixtures()) {
    cpSync(join(folder, "input"), join(copy, "input"), { recursive: true });
    for (const extra of ["run.ts", "crash.ts", "data"]) {
      if (existsSync(join(folder, extra))) cpSync(join(folder, extra), join(copy, extra), { recursive: true });
    }
    for (const file of expectedModules(folder)) cpSync(join(folder, "expected", file), join(copy, "input", file));
  }
}

/** The sources of a fixture in its copy, those in folders too. */
export function sourcesOf({ copy }: Fixture): readonly string[] {
  const files = readdirSync(join(copy, "input"), { recursive: true, encoding: "utf8" });
  return files.filter((file) => /(?<!\.cano|\.d)\.[cm]?tsx?$/.test(file)).map((file) => join(copy, "input", file));
}

/** The names of the modules that a fixture expects. */
export function expectedModules(folder: string): readonly string[] {
  const expected = join(folder, "expected");
  return existsSync(expected) ? readdirSync(expected).filter((file) => file.includes(".cano.")) : [];
}

/** The names of all files that must come of a fixture: its modules, and the lock if anything is recorded. */
export function expectedFiles(folder: string): readonly string[] {
  return [...expectedModules(folder), ...(existsSync(join(folder, "expected", LOCK_NAME)) ? [LOCK_NAME] : [])];
}

/** The lock of a fixture as it is before anything is generated: a fixture may bring one, and is a whole project. */
export function lockOf({ folder, copy }: Fixture): LockInput {
  const path = join(folder, "input", LOCK_NAME);
  return { path: join(copy, "input", LOCK_NAME), text: existsSync(path) ? readFileSync(path, "utf8") : undefined, whole: true };
}

/** A file's text, or nothing. */
export function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
