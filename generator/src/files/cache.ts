/**
 * Remembers that a project was clean, so that unchanged input needs no compiler: what was asked of the disk with the answers, the outputs,
 * and the warnings to show again. Only results without errors are kept. What there is to ask is `probes-of.ts`.
 */

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { hashText } from "../text/hash-text.js";
import { normalizeLineEnds } from "../text/line-ends.js";
import { findStat } from "./find-stat.js";
import { readFingerprint } from "./fingerprint.js";
import type { OutputFile } from "./output-file.js";
import { ABSENT, askProbe, type Probe } from "./probe.js";
import type { Question } from "./probes-of.js";

/** A result that still holds. */
export interface Cached {
  /** The paths of the generated files, all of them as they should be. */
  readonly outputs: readonly string[];
  /** The paths of the files whose contents decided it. */
  readonly inputs: readonly string[];
  readonly warnings: readonly Diagnostic[];
}

/** Where results of one project under one set of options are kept. */
export interface CacheSlot {
  readonly file: string;
  /** What else must be the same: the options and the generator. */
  readonly key: string;
}

/** An answer, with the stamp of the file that it was read from, where it had one. */
interface StampedProbe extends Probe {
  readonly stamp?: string;
}

interface Entry {
  readonly probes: readonly StampedProbe[];
  readonly outputs: readonly { readonly path: string; readonly hash: string }[];
  readonly warnings: readonly Diagnostic[];
}

/** Changes on disk that are this many milliseconds older than the run were certainly seen by it: file times are coarse. */
const margin = 50;

/** Finds the slot for `options` in the nearest `node_modules` above `folder`; undefined when there is none. */
export function findCacheSlot(folder: string, options: readonly unknown[]): CacheSlot | undefined {
  const modules = join(folder, "node_modules");
  if (findStat(modules)?.isDirectory()) {
    const key = JSON.stringify(options);
    return { file: join(modules, ".cache", "cano-gen", `${hashText(key)}.json`), key: key + readFingerprint() };
  }
  return dirname(folder) === folder ? undefined : findCacheSlot(dirname(folder), options);
}

/** Finds the result in `slot` if nothing that it depends on has changed since. */
export function findCached(slot: CacheSlot): Cached | undefined {
  const entry = findEntry(slot);
  if (!entry) return undefined;
  const holds =
    entry.outputs.every(({ path, hash }) => findOutputHash(path) === hash) &&
    // A file that has not been touched is not read.
    entry.probes.every(
      ({ kind, path, answer, stamp }) => (stamp && findStamp(path) === stamp) || askProbe(kind, path) === answer,
    );
  if (!holds) return undefined;
  const inputs = entry.probes.filter(({ kind }) => kind === "file").map(({ path }) => path);
  return { outputs: entry.outputs.map(({ path }) => path), inputs, warnings: entry.warnings };
}

/**
 * Keeps a result in `slot`. `startedAt` is when the run began (milliseconds since 1970): a file changed after that may not be what the
 * compiler saw, so nothing is kept then. A cache that cannot be written is no cache, and nobody's problem.
 */
export function writeCached(
  slot: CacheSlot,
  result: { questions: readonly Question[]; outputs: readonly OutputFile[]; warnings: readonly Diagnostic[] },
  startedAt: number,
): void {
  const outputs = result.outputs.map(({ path, text }) => ({ path, hash: hashText(text) }));
  if (result.questions.some((question) => question.kind === "file" && changedSince(question.path, startedAt))) return;
  const probes = result.questions.map(({ kind, path }): StampedProbe => {
    // What is written while it is read has another stamp afterwards.
    const stamp = kind === "file" ? findStamp(path, startedAt - margin) : undefined;
    return { kind, path, answer: askProbe(kind, path), ...(stamp && { stamp }) };
  });
  const entry: Entry = { probes, outputs, warnings: result.warnings };
  const text = JSON.stringify(entry);
  const temporary = `${slot.file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(slot.file), { recursive: true });
    writeFileSync(temporary, `${seal(slot, text)}\n${text}`);
    renameSync(temporary, slot.file);
  } catch {
    removeRest(temporary);
  }
}

function removeRest(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where nothing can be written, such as in a folder of another user, there is no rest either.
  }
}

/** Only what was sealed with the same key, by the same generator and completely, is taken at its word. */
function findEntry(slot: CacheSlot): Entry | undefined {
  try {
    const text = readFileSync(slot.file, "utf8");
    const end = text.indexOf("\n");
    const body = text.slice(end + 1);
    return text.slice(0, end) === seal(slot, body) ? (JSON.parse(body) as Entry) : undefined;
  } catch {
    return undefined;
  }
}

function seal(slot: CacheSlot, text: string): string {
  return hashText(slot.key + text);
}

function findOutputHash(path: string): string | undefined {
  try {
    return hashText(normalizeLineEnds(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

/** What no change of a file leaves as it is: when it was last changed is not for programs to say. None for one that was changed after `time`. */
function findStamp(path: string, time = Infinity): string | undefined {
  const stat = findStat(path);
  if (stat === undefined) return ABSENT;
  return stat.ctimeMs <= time ? [stat.ino, stat.size, stat.mtimeMs, stat.ctimeMs].join(" ") : undefined;
}

/** Who copies a file may give it the time of the original; the system notes when it came all the same. The beginning is told in whole milliseconds. */
function changedSince(path: string, time: number): boolean {
  const { mtimeMs, ctimeMs } = findStat(path) ?? { mtimeMs: 0, ctimeMs: 0 };
  return mtimeMs > time - margin || ctimeMs > time + 1;
}
