/** Reads small programs in tests: opened as texts, beside the real `cano`. */

import { resolve } from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { readWorkflows } from "../read-workflows.js";
import type { Reading } from "../reading.js";
import type { ScheduleReading } from "../schedule-reading.js";
import { readSchedules } from "../schedules/read-schedules.js";
import type { StateRef, TargetReading } from "../target-reading.js";
import { createTextOpener, type TextSetting } from "./open-texts.js";

/** What came of reading one program. */
export interface ReadProgram {
  readonly readings: readonly Reading[];
  readonly diagnostics: readonly Diagnostic[];
  readonly schedules: readonly ScheduleReading[];
  /** The source text that a span covers. */
  readonly at: (span: Diagnostic["span"]) => string;
}

// Where node resolution finds the workspace's `cano`.
const folder = resolve(import.meta.dirname, "../../../../fixtures");

/** Makes a reader of programs. */
export function createReader(
  setting: TextSetting = {},
): (files: Readonly<Record<string, string>>, only?: readonly string[]) => ReadProgram {
  const open = createTextOpener(setting);
  let programs = 0;
  return (files, only) => {
    const root = `${folder}/program-${programs++}`;
    const texts = Object.fromEntries(Object.entries(files).map(([name, text]) => [`${root}/${name}`, text]));
    const source = open(texts);
    const diagnostics: Diagnostic[] = [];
    const wanted = only?.map((name) => `${root}/${name}`) ?? Object.keys(texts);
    const readings = readWorkflows(source, wanted, (diagnostic) => diagnostics.push(diagnostic));
    const schedules = readSchedules(source, wanted);
    const at = (span: Diagnostic["span"]): string =>
      span ? (source.program.getSourceFile(span.file)?.text.slice(span.start, span.end) ?? "no such file") : "";
    return { readings, diagnostics, schedules, at };
  };
}

/** A state reference as tests compare it: the member's name, or what is wrong. */
export function showState(reading: Reading, state: StateRef): string {
  if (state.kind === "member") return reading.states.members[state.member]?.name ?? "?";
  if (state.kind === "unknown") return `?${state.why}`;
  return state.kind === "foreign" ? `foreign ${state.text}` : "flags";
}

/** A target as tests compare it: `A`, `to A`, `hand-written A`. */
export function showTarget(reading: Reading, { state, form }: TargetReading): string {
  return form === "bare" ? showState(reading, state) : `${form} ${showState(reading, state)}`;
}
