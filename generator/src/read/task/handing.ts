/** Tells whether the compiler's type of what a task returns keeps apart what it hands to its targets. */

import type { Compiler } from "../compiler.js";
import { type Receivers, takenIn } from "../data/fit-of.js";
import type { Handing, MethodReading } from "../reading.js";
import { alike, type Leaf } from "../targets/leaf.js";

/** How one type, of the leaves `typed`, hands inputs to the targets of a method. */
export function handingOf(compiler: Compiler, typed: readonly Leaf[], targets: readonly Leaf[], receivers: Receivers): Handing {
  if (!typed.some(({ joint }) => joint)) return "apart";
  const isMixed = (target: Leaf): boolean => alike(target, typed).some((leaf) => !isTaken(compiler, leaf, receivers));
  return targets.some(isMixed) ? "mixed" : "joint";
}

/** The same of the union of several types, as of a task's method and of its fallback: where one is joint, it may hand over what is meant for a target of another. */
export function joinHandings(parts: readonly Pick<MethodReading, "handing" | "targets">[]): Handing {
  const handing = parts.map((part) => part.handing);
  if (handing.every((each) => each === "apart")) return "apart";
  const sending = parts.filter(({ targets }) => targets.some(({ carries }) => carries.kind === "input"));
  return handing.includes("mixed") || sending.length > 1 ? "mixed" : "joint";
}

function isTaken({ checker }: Compiler, { state, sent }: Leaf, receivers: Receivers): boolean {
  return sent === undefined || takenIn(receivers, state).every((type) => checker.isTypeAssignableTo(sent.type, type));
}
