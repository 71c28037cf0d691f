/** How the dispatcher of a durable workflow enters its states and leaves the machine: what is stored is durable before anything follows from it. */

import type { Exit } from "../run/exit.js";
import type { AnyDurableRun } from "./any-durable-run.js";

/** Enters state `s`: resolves once that is stored, with the input it was handed. Rejects when the run is stopped before, or it cannot be stored. */
export async function enter(run: AnyDurableRun, s: number): Promise<void> {
  run.watch?.arrive(s);
  await run.recordEntry(s);
}

/** To be called right before the task of state `s`, which was entered: the run may have been stopped since that was stored, and throws then. */
export function proceed(run: AnyDurableRun, s: number): void {
  if (run.stopped !== undefined) throw run.stopped;
  run.watch?.begin(s);
}

/** Ends the run, which is in state `from`, at the exit number `s`: resolves once that is stored. Rejects when the run was stopped before. */
export async function leave<const S>(run: AnyDurableRun, from: number, s: number, state: S): Promise<Exit<S, undefined>>;
export async function leave<const S, O>(run: AnyDurableRun, from: number, s: number, state: S, output: O): Promise<Exit<S, O>>;
export async function leave<S, O>(
  run: AnyDurableRun,
  from: number,
  s: number,
  state: S,
  output?: O,
): Promise<Exit<S, O | undefined>> {
  run.watch?.arrive(run.jump(from, s));
  await run.recordExit(s, output);
  return { state, output };
}
