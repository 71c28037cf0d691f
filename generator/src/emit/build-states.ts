/** The states of a dispatcher, block by block: how each is attempted, and what follows. */

import { buildOutcomes, buildSplitOutcome, type Standing } from "./build-outcomes.js";
import { attemptOf, isAttempted, isCalled } from "./calls.js";
import type { Layout } from "./layout.js";
import { commentText } from "./names.js";
import type { BlockView, StateView } from "./view.js";
import { nodeAt, type Words } from "./words.js";

/** A block whose states are all in the part from `part.begin` to `part.end`. */
export function buildBlock(words: Words, layout: Layout, block: readonly number[], part: Standing["part"]): BlockView {
  return {
    states: block.map((place, at) =>
      buildState(words, layout, { ...standing(layout, place), follower: block[at + 1], part }, at === 0),
    ),
  };
}

function standing(layout: Layout, place: number): { place: number; number: number } {
  return { place, number: layout.numbers[place] ?? 0 };
}

function buildState(words: Words, layout: Layout, at: Standing, head: boolean): StateView {
  const node = nodeAt(words, at.place);
  const task = words.taskNames[at.place] ?? "";
  const base = {
    number: at.number,
    name: commentText(node.name),
    head,
    enter: words.flavour.enter(at.number),
    guarded: "",
    admitted: false,
    attempt: "",
    joined: "",
    again: "",
    againParameter: "",
    policies: "",
    returned: "",
  };
  if (node.kind === "exit") throw new RangeError(`exit \`${node.name}\` has no place in a block`);
  if (node.kind === "split") {
    const joined = `await ${words.imports.use("fork")}(run, ${at.number}, ${task})`;
    const outcome = buildSplitOutcome(words, layout, node.next, at, joined);
    // Not by way of `r`: it is of the types of all that is returned, and another split's results may be of one that these fit, too.
    const isHanded = outcome.exits || outcome.input === joined;
    return { ...base, joined: isHanded ? "" : joined, outcomes: [outcome] };
  }
  const policies = words.policyNames[at.place] ?? "";
  const returned = words.returnedNames[at.place] ?? "";
  const outcomes = buildOutcomes(words, layout, node, at);
  const parameter = node.takesContext || !isCalled(node.kind) || node.attemptTimeout ? "attempt" : "";
  const guarded = isAttempted(node.kind) ? words.flavour.attempts(node, at.number, policies) : "";
  if (guarded !== "") {
    const again = attemptOf(words, node, task, policies, at.number, ", attempt");
    return { ...base, guarded, again, againParameter: parameter, policies, returned, outcomes };
  }
  const admitted = node.guarded === "inline" && isAttempted(node.kind);
  if (admitted) words.imports.use("Admission");
  const retried = admitted || (node.retry && isAttempted(node.kind));
  if (retried && !admitted) words.imports.use("retry");
  return {
    ...base,
    admitted,
    attempt: (node.synchronous ? "" : "await ") + attemptOf(words, node, task, policies, at.number, ""),
    again: retried ? attemptOf(words, node, task, policies, at.number, ", attempt") : "",
    againParameter: parameter,
    policies,
    returned,
    outcomes,
  };
}
