/** Reads the schedules of a project: the calls by which schedulers are given them, anywhere in its files. */

import { createCompiler } from "../compiler.js";
import type { SourceProject } from "../open-project.js";
import type { ScheduleReading } from "../schedule-reading.js";
import { findSourceFiles } from "../workflow/find-workflows.js";
import { isOwnSource } from "../own-source.js";
import { findScheduleCalls } from "./find-schedule-calls.js";
import { readSchedule } from "./read-schedule.js";
import { isMadeBefore, schedulerOf } from "./scheduler-of.js";

/** Reads the schedules in the given files, or in all. In the order of files and calls. */
export function readSchedules(source: SourceProject, files: readonly string[] | undefined): ScheduleReading[] {
  // Most projects have none, so the compiler is not asked about them.
  if (!importsScheduler(source)) return [];
  const compiler = createCompiler(source);
  const calls = findSourceFiles(source, files).flatMap((path) => {
    const file = compiler.program.getSourceFile(path);
    return file && CALL.test(file.text) ? findScheduleCalls(compiler, file) : [];
  });
  const made = calls.map((call) => ({ call, scheduler: schedulerOf(compiler, call) }));
  return made.map(({ call, scheduler }, place) => {
    const earlier = scheduler === undefined ? [] : made.slice(0, place);
    const follows = earlier.flatMap((other, at) => (other.scheduler === scheduler && isMadeBefore(other.call, call) ? [at] : []));
    return readSchedule(compiler, call, follows);
  });
}

const IMPORT = /["']cano\/scheduler["']/;
const CALL = /\.\s*(every|cron|at|manual)\b/;

// A scheduler that is imported from another file was made in one that imports it.
function importsScheduler({ program }: SourceProject): boolean {
  return program.getSourceFiles().some(({ fileName, text }) => isOwnSource(fileName) && IMPORT.test(text));
}
