/** The lock of a project as it was found, before anything is recorded: what it says, and where. */

import { basename } from "node:path";
import { unreadableLock } from "../diagnostics/catalogue/evolution.js";
import type { Report, Span } from "../diagnostics/diagnostic.js";
import { findPlace } from "./find-place.js";
import type { Lock } from "./lock.js";
import { parseLock } from "./parse-lock.js";

/** Where the lock of a project is, and what was found there. */
export interface LockInput {
  /** Absolute path. */
  readonly path: string;
  /** Undefined when there is none yet. */
  readonly text: string | undefined;
  /** Why there is no telling what it says; completes "it …". */
  readonly problem?: string | undefined;
  /** Whether all workflows of the project are generated, so that one that is missing is gone. */
  readonly whole: boolean;
}

/** A lock that was read; without workflows where there is none yet, or somebody else's file in its place. */
export interface RecordedLock {
  readonly path: string;
  readonly text: string | undefined;
  readonly lock: Lock;
  readonly whole: boolean;
}

/** Reads a lock; reports CANO5004 and returns undefined when it cannot be read. */
export function readRecorded({ path, text, problem, whole }: LockInput, report: Report): RecordedLock | undefined {
  const facts = { path: basename(path) };
  if (problem !== undefined) {
    report(unreadableLock(undefined, { ...facts, problem: "closed", why: problem }));
    return undefined;
  }
  const parsed = text === undefined ? ({ kind: "foreign" } as const) : parseLock(text);
  if (parsed.kind === "unreadable") {
    report(unreadableLock({ file: path, ...parsed.place }, { ...facts, problem: parsed.problem, why: parsed.why }));
    return undefined;
  }
  return { path, text, lock: parsed.kind === "lock" ? parsed.lock : { workflows: [] }, whole };
}

/** The place of a member of a lock; undefined where there is no lock. */
export function placeInLock({ path, text }: Pick<RecordedLock, "path" | "text">, names: readonly string[]): Span | undefined {
  return text === undefined ? undefined : { file: path, ...findPlace(text, names) };
}
