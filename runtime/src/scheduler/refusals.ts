/** What a scheduler refuses, in words. */

import { CanoError } from "../errors/cano-error.js";

/** Something is asked of a schedule that is not registered. */
export function unknownSchedule(name: string, known: Iterable<string>): CanoError {
  const names = [...known];
  const some = names.length === 0 ? "there are none" : `there are ${quoted(names)}`;
  return new CanoError("configuration", `there is no schedule ${quoted([name])}: ${some}`, { code: "CANO7036" });
}

/** A second schedule under one name. */
export function knownSchedule(name: string): CanoError {
  return new CanoError("configuration", `a schedule ${quoted([name])} already exists`, { code: "CANO7035" });
}

/** Something is asked of a scheduler that was not started, or is stopped. */
export function notRunning(state: "not started" | "stopped"): CanoError {
  return new CanoError("workflow", `the scheduler is ${state}`, { code: "CANO7037" });
}

/** Something is asked of a schedule that was registered after the last start. */
export function notTakenUp(name: string): CanoError {
  const message = `schedule ${quoted([name])} was registered after \`start()\`: call that again`;
  return new CanoError("workflow", message, { code: "CANO7037" });
}

/** A trigger that fires nothing. */
export function notTriggered(name: string, reason: "running" | "tripped"): CanoError {
  const why =
    reason === "running"
      ? "as many of its runs as `overlap` allows are in progress"
      : "it has failed too often, and fires again once it is reset";
  return new CanoError("workflow", `schedule ${quoted([name])} was not triggered: ${why}`, { code: "CANO7038" });
}

/** Runs of some `schedules` that are in progress when the time to stop is up; without any, what is still being asked of the store. */
export function stillRunning(timeout: number, schedules: readonly string[]): CanoError {
  const what = schedules.length > 0 ? `runs of ${quoted(schedules)} did not end` : "the store did not answer";
  const message = `${what} within ${timeout} ms after the scheduler was stopped`;
  return new CanoError("workflow", message, { code: "CANO7039", limit: timeout });
}

/** A start that is under way when the time to stop is up, as of a resource whose setup hangs. */
export function stillStarting(timeout: number): CanoError {
  const message = `the scheduler was being started, which did not end within ${timeout} ms after it was stopped`;
  return new CanoError("workflow", message, { code: "CANO7039", limit: timeout });
}

/** A store that keeps runs and no schedules. */
export function storeWithoutSchedules(): CanoError {
  const message = "the store that `checkpoints` is given cannot keep schedules: it has no `schedules`";
  return new CanoError("configuration", message, { code: "CANO7040" });
}

/** A window that cannot be made up for. */
export function notMadeUp(name: string, why: string): CanoError {
  return new CanoError("configuration", `schedule ${quoted([name])} cannot be backfilled: ${why}`, { code: "CANO7041" });
}

/** So many names are shown. */
const SHOWN = 5;

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => `\`${name}\``);
  return names.length > SHOWN ? `${shown.join(", ")} and ${names.length - SHOWN} more` : shown.join(", ");
}
