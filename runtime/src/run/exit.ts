/** How a dispatcher leaves: at an exit state, or because a task returned something that it may not return. */

import { CanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";
import type { AnyRun } from "./any-run.js";
import { factsAt } from "./failure.js";

/** An exit state with what it carries. */
export interface Exit<State, Output> {
  readonly state: State;
  readonly output: Output;
}

/** Ends the run, which is in state `from`, at the exit number `s`. Throws when the run was stopped before it got there. */
export function exit<const S>(run: AnyRun, from: number, s: number, state: S): Exit<S, undefined>;
export function exit<const S, O>(run: AnyRun, from: number, s: number, state: S, output: O): Exit<S, O>;
export function exit<S, O>(run: AnyRun, from: number, s: number, state: S, output?: O): Exit<S, O | undefined> {
  run.watch?.exit(run.jump(from, s));
  run.active?.end();
  return { state, output };
}

/** The error for a returned value that is none of the targets of state `s`; a wrong type, or a cast that lied. */
export function unexpectedTarget(run: AnyRun, s: number, returned: unknown): CanoError {
  const state = run.graphState(s);
  const targets = "targets" in state ? state.targets.join("`, `") : "";
  // A carried input is not shown: payloads stay out of messages.
  const { state: to } = Object(returned) as { readonly state?: unknown };
  const shown = to ?? (typeof returned === "object" ? "an object" : returned);
  return new CanoError("workflow", `state \`${state.name}\` returned \`${textOf(shown)}\`, none of its targets: \`${targets}\``, {
    code: "CANO7006",
    ...factsAt(run, s, 1),
  });
}
