/** Finds the lock of a project on disk. What it says is read by `lock/`. */

import { readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { LOCK_NAME } from "../lock/lock.js";
import type { LockInput } from "../lock/recorded-lock.js";

/** Where the lock of a project is: beside its configuration, or without one in the working directory. */
export function lockPathOf(tsconfig: string | undefined, cwd: string): string {
  return join(tsconfig === undefined ? cwd : dirname(tsconfig), LOCK_NAME);
}

/** Whether a file that is generated is a lock. */
export function isLock(path: string): boolean {
  return basename(path) === LOCK_NAME;
}

/** What is at `path`: a text, nothing, or a reason why that cannot be told. */
export function findLock(path: string): Pick<LockInput, "text" | "problem"> {
  try {
    const stat = statSync(path);
    // Reading a pipe waits for who writes into it, and some devices have no end.
    if (!stat.isFile() && !stat.isDirectory()) return { text: undefined, problem: "cannot be read (it is no file)" };
    return { text: readFileSync(path, "utf8") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    // A folder in its place is met again, and refused, when it is to be written.
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return { text: undefined };
    return { text: undefined, problem: `cannot be read (${String(code)})` };
  }
}
