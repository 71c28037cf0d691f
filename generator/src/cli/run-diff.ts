/** `cano-gen diff <old lock> [<new lock>]`: what has changed between two locks, or since a lock was written. Writes no file. */

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { displayPath } from "../diagnostics/display-path.js";
import { renderDiagnostics } from "../diagnostics/render.js";
import { diskTexts } from "../diagnostics/source-texts.js";
import { diffLocks, summarize } from "../lock/diff-locks.js";
import { findWorkflow, type Lock, type LockedWorkflow } from "../lock/lock.js";
import { earlierThan, nextLock, type Recording } from "../lock/next-lock.js";
import { isLockText } from "../lock/parse-lock.js";
import { readRecorded } from "../lock/recorded-lock.js";
import { lockPathOf } from "../files/find-lock.js";
import type { DiffCommand } from "./command.js";
import { findProjects } from "../projects/find-projects.js";
import { type Io, usesColour } from "./io.js";
import { startProgress } from "../projects/progress.js";
import { renderDiff, renderJsonDiff } from "./render-diff.js";
import { runProject } from "../projects/run-project.js";

/** A lock that cannot be found; the message is one line. */
class NoLock extends Error {}

/** Carries out the command; returns the exit code. */
export async function runDiff(command: DiffCommand, io: Io): Promise<number> {
  const found: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void found.push(diagnostic);
  let was: Lock | undefined;
  let is: Lock | undefined;
  try {
    was = readLock(command.old, io, report);
    is = command.new === undefined ? await readProject(command, was, io, report) : readLock(command.new, io, report);
  } catch (error) {
    if (!(error instanceof NoLock)) throw error;
    io.stderr(`cano-gen: ${error.message}\n`);
    return 2;
  }
  io.stderr(renderDiagnostics(found, { cwd: io.cwd, texts: diskTexts(), colour: usesColour(io) }));
  if (was === undefined || is === undefined) return 1;
  const diffs = diffLocks(was, is);
  io.stdout(command.format === "json" ? renderJsonDiff(diffs) : renderDiff(diffs));
  return summarize(diffs).stranding > 0 ? 1 : 0;
}

/** Reads a lock from a file, whatever that is called. */
function readLock(typed: string, io: Io, report: (diagnostic: Diagnostic) => void): Lock | undefined {
  const path = resolve(io.cwd, typed);
  const text = readText(path, displayPath(path, io.cwd));
  const recorded = readRecorded({ path, text, whole: true }, report);
  if (recorded && !isLockText(text)) throw new NoLock(`\`${displayPath(path, io.cwd)}\` is no lock that cano-gen has written`);
  return recorded?.lock;
}

function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    throw new NoLock(
      `\`${shown}\` ${code === "ENOENT" ? "does not exist" : code === "EISDIR" ? "is a folder" : `cannot be read (${String(code)})`}`,
    );
  }
}

/** What the project would record now, had nothing been recorded before but the earlier versions that `was` knows. */
async function readProject(
  { tsconfig }: DiffCommand,
  was: Lock | undefined,
  io: Io,
  report: (diagnostic: Diagnostic) => void,
): Promise<Lock | undefined> {
  const projects = findProjects({ files: [], tsconfig }, io.cwd, report);
  if (projects.length === 0) return undefined;
  const { recordingOf } = await import("../emit/emit-lock.js");
  const progress = startProgress(io);
  const recordings: Recording[] = [];
  try {
    for (const project of projects) {
      const result = await runProject(project, { outDir: undefined, cache: false, locks: undefined }, io, progress);
      result.diagnostics.forEach(report);
      if (result.kind !== "generated" || result.diagnostics.some(({ severity }) => severity === "error")) return undefined;
      const folder = dirname(lockPathOf(project.tsconfig, io.cwd));
      recordings.push(...result.machines.flatMap((machine) => recordingOf(machine, folder)));
    }
  } finally {
    progress.clear();
  }
  return nextLock({ workflows: was ? recordings.flatMap((recording) => recordedBefore(recording, was)) : [] }, recordings);
}

/** A workflow as it was recorded before it had its present version; none where that is the first. */
function recordedBefore({ name, version }: Recording, was: Lock): readonly LockedWorkflow[] {
  const recorded = findWorkflow(was, name);
  const earlier = recorded === undefined ? [] : earlierThan(recorded, version.version);
  const current = earlier.at(-1);
  return recorded && current ? [{ ...recorded, current, earlier: earlier.slice(0, -1) }] : [];
}
