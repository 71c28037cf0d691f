/** How a dispatcher leaves: at an exit state, or because a task returned something that it may not return. */

import { CanoError } from "./errors.js";
import { factsAt, textOf } from "./failure.js";
import type { Exit } from "./options.js";
import type { AnyRun } from "./any-run.js";

/** Ends the run, which is in state `from`, at the exit number `s`. Throws when the run was stopped before it got there. */
export function exit<const S>(run: AnyRun, from: number, s: number, state: S): Exit<S, undefined>;
export function exit<const S, O>(run: AnyRun, from: number, s: number, state: S, output: O): Exit<S, O>;
export function exit<S, O>(run: AnyRun, from: number, s: number, state: S, output?: O): Exit<S, O | undefined> {
  if (run.watched) run.enter(run.jump(from, s));
  if (run.active !== undefined) run.end();
  return { state, output };
}

/** The error for a returned value that is none of the targets of state `s`; a wrong type, or a cast that lied. */
export function unexpectedTarget(run: AnyRun, s: number, returned: unknown): CanoError {
  const state = run.graphState(s);
  const targets = "targets" in state ? state.targets.map((target) => `\`${target}\``).join(", ") : "none";
  return new CanoError(
    "workflow",
    `state \`${state.name}\` returned ${shown(returned)}, which is not one of its targets: ${targets}`,
    {
      code: "CANO7006",
      ...factsAt(run, s, 1),
    },
  );
}

// A carried input is not shown: payloads stay out of messages.
function shown(returned: unknown): string {
  if (typeof returned === "object" && returned !== null && "state" in returned) return `to(${textOf(returned.state)})`;
  return typeof returned === "string" || typeof returned === "number" ? `\`${returned}\`` : `a value of type ${typeof returned}`;
}
