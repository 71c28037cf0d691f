/** The lock as a file to be written: what was recorded, brought up to what the machines are now. Writing it is `files/`. */

import { dirname, relative, sep } from "node:path";
import type { OutputFile } from "../files/output-file.js";
import { nextLock, type Recording } from "../lock/next-lock.js";
import type { RecordedLock } from "../lock/recorded-lock.js";
import { renderLock } from "../lock/render-lock.js";
import type { Machine } from "../model/machine.js";

/** The lock with these machines; none where there is nothing to record and nothing was recorded. */
export function emitLock(machines: readonly Machine[], { path, text, lock, whole }: RecordedLock): readonly OutputFile[] {
  const recordings = machines.flatMap((machine) => recordingOf(machine, dirname(path)));
  if (recordings.length === 0 && (text === undefined || !whole)) return [];
  const source = machines.find(({ record }) => record !== undefined)?.file ?? path;
  return [{ path, source, text: renderLock(nextLock(lock, recordings)) }];
}

/** A durable machine with its source as `folder` sees it. */
export function recordingOf({ name, file, record, kept }: Machine, folder: string): readonly Recording[] {
  const source = relative(folder, file).split(sep).join("/");
  return record === undefined ? [] : [{ name, source, version: record, kept }];
}
