/** Reads all methods of a task as one: where they go, what they take together. What lies between them is `read-flows.ts`. */

import type { Compiler } from "../compiler.js";
import type { InputReading } from "../data-reading.js";
import type { MethodReading } from "../reading.js";
import type { StateRef } from "../target-reading.js";
import type { BoundShape, BoundTask } from "./bound-task.js";
import { joinHandings } from "./handing.js";
import { readMethod, type Surroundings } from "./read-method.js";

/** Reads the methods of a task; without surroundings those of a branch, which returns data instead of a state. */
export function readShape(
  compiler: Compiler,
  task: BoundTask,
  { kind, calls, besides }: BoundShape,
  around: Surroundings | undefined,
): MethodReading {
  const methods = calls.map((call) => ({ call, reading: readMethod(compiler, task, call, besides, around) }));
  const all = methods.map(({ reading }) => reading);
  const naming = methods.filter(({ call }) => call.names).map(({ reading }) => reading);
  const [first] = naming;
  if (first === undefined) throw new Error("a kind of task without a method that names the next state");
  // The dispatcher calls these as they are; the others are called by a loop, which is asynchronous and hands everything to each method.
  if (kind === "task" || kind === "router") return first;
  const needsResources = all.some((method) => method.needsResources);
  const input = meet(all.map((method) => method.input));
  // Its first method is called as it is, and awaited whatever it returns.
  if (kind === "compensatable") return { ...first, mayBePromise: true, needsResources, input };
  return {
    span: first.span,
    mayBePromise: true,
    annotated: naming.some(({ annotated }) => annotated),
    exact: naming.every(({ exact }) => exact),
    handing: joinHandings(naming),
    neverReturns: naming.every(({ neverReturns }) => neverReturns),
    targets: naming.flatMap(({ targets }) => targets),
    returned: naming.some(({ returned }) => returned !== undefined) ? naming.flatMap(returnedBy) : undefined,
    takesResources: true,
    needsResources,
    takesContext: all.some(({ takesContext }) => takesContext),
    input,
  };
}

// What a method without an annotation, or without a body at hand, returns is what its targets say.
function returnedBy({ returned, targets }: MethodReading): readonly StateRef[] {
  return returned ?? targets.map(({ state }) => state);
}

/** What several methods, or branches, take together: the intersection; only if all of them do without may it be missing. */
export function meet(inputs: readonly InputReading[]): InputReading {
  const typed = inputs.filter((input) => input.kind === "typed");
  const [first] = typed;
  if (first === undefined) return { kind: "nothing" };
  const texts = [...new Set(typed.map(({ text }) => text))];
  return { ...first, text: texts.join(" & "), optional: typed.every(({ optional }) => optional) };
}
