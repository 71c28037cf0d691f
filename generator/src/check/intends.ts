/** Tells what kind of task somebody meant to write, where something of it is missing or misspelt: that is told by itself. */

import { methodsOf } from "../kinds/task-kinds.js";
import type { TaskKind } from "../kinds/kinds.js";
import type { TaskReading } from "../read/reading.js";
import { isOneSlip } from "../text/slips.js";

/** Whether a task is of a kind, says so, or has a member that looks like a method by which that kind differs from its own. */
export function intends(kind: TaskKind, { shapes, implemented, otherMembers, staticMembers }: TaskReading): boolean {
  if ([...shapes, ...implemented].some((has) => has.kind === kind)) return true;
  const own = shapes.flatMap((shape) => methodsOf(shape.kind));
  const lacking = methodsOf(kind).filter((method) => !own.includes(method));
  return [...otherMembers, ...staticMembers].some(({ name }) =>
    lacking.some((method) => name === method || isOneSlip(name, method)),
  );
}
