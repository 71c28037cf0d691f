/** Codes 2xxx: states and transitions. */

import { memberAccess } from "../../text/member-access.js";
import { define } from "./define.js";
import { targetCure } from "./target-causes.js";
import { listed, type Subject, subject } from "./wording.js";

/** A reference that is no state: a member of something else, or an expression that cannot be told. */
export type NoState = { readonly kind: "foreign"; readonly text: string } | { readonly kind: "unknown"; readonly why: string };

const because = (ref: NoState): string =>
  ref.kind === "foreign" ? `\`${ref.text}\` is not a state of this machine` : `it cannot be told because ${ref.why}`;

export const missingTask = define<{ state: string }>(
  "CANO2001",
  "error",
  {
    title: "a state without a task that is not an exit",
    reason:
      "A run that enters such a state could go nowhere. In other engines it fails there, in production; here it does not build.",
  },
  ({ state }) => ({
    message: `state \`${state}\` has no task and is not an exit`,
    help: "list it in `exits`, or bind a task to it in `tasks`",
  }),
);

export const exitWithTask = define<{ state: string }>(
  "CANO2002",
  "error",
  {
    title: "an exit with a task",
    reason: "A run ends when it enters an exit, so a task that is bound to one would never be called.",
  },
  ({ state }) => ({
    message: `state \`${state}\` is an exit, but has a task`,
    help: "remove the task, or take the state out of `exits`",
  }),
);

export const strayKey = define<{ ref: NoState; states: string; meant: string | undefined }>(
  "CANO2003",
  "error",
  {
    title: "a key in `tasks` that is no state of this machine",
    reason:
      "No run can enter it, so its task would never be called; most often the key of another machine was meant to be one of this.",
  },
  ({ ref, states, meant }) => ({
    message:
      ref.kind === "foreign"
        ? `the key \`${ref.text}\` in \`tasks\` is not a state of this machine`
        : `this key in \`tasks\` cannot be told because ${ref.why}`,
    help:
      meant === undefined ? `use a member of \`${states}\` as the key` : `write the key as \`[${states}${memberAccess(meant)}]\``,
  }),
);

export const foreignTarget = define<Subject & { target: string; states: string }>(
  "CANO2004",
  "error",
  {
    title: "a target that is no state of this machine",
    reason:
      "A member belongs to the state set that it was declared in. The same name and value in another set is another state, and a run that was sent there could go nowhere.",
  },
  ({ target, states, ...which }) => ({
    message: `${subject(which)} goes to \`${target}\`, which is not a state of this machine`,
    help: `return a member of \`${states}\``,
  }),
);

/** What methods may return besides a state. */
const BESIDES: Readonly<Record<string, string>> = { poll: "or `pending(…)`, ", step: "or `more(…)`, " };

export const unknownTarget = define<Subject & { methods: readonly string[]; why: string; states: string; annotated: boolean }>(
  "CANO2005",
  "error",
  {
    title: "a target that cannot be told",
    reason:
      "The machine is proven from the states that its tasks return. A string, `any` or a computed state could be any of them, or none, so nothing could be proven.",
  },
  ({ methods, why, states, annotated, ...which }) => ({
    message: `where ${subject(which)} goes cannot be told because ${why}`,
    help:
      targetCure(why, listed(methods), states) ??
      (annotated
        ? `name the states in the return type of ${listed(methods)} as members of \`${states}\``
        : `return a member of \`${states}\` as it is, ${methods.map((method) => BESIDES[method] ?? "").join("")}or name the states in the return type of ${listed(methods)}`),
  }),
);

export const unreachableState = define<{ state: string; initial: readonly string[] }>(
  "CANO2006",
  "error",
  {
    title: "a state with a task that no run can enter",
    reason: "Its task is never called. Either a transition to it was forgotten, or the state is left over.",
  },
  ({ state, initial }) => ({
    message: `state \`${state}\` cannot be reached from ${listed(initial)}`,
    help: "return it from a task that can be reached, name it in `initial`, or remove it",
  }),
);

export const trappedState = define<{ state: string }>(
  "CANO2007",
  "error",
  {
    title: "a state from which a run cannot end",
    reason:
      "A run that enters it goes on for ever. Every state needs a path to some exit, or to a task that ends the run by always throwing.",
  },
  ({ state }) => ({
    message: `no exit can be reached from state \`${state}\``,
    help: "return an exit, or a state that leads to one, from its task",
  }),
);

export const unreachableExit = define<{ state: string }>(
  "CANO2008",
  "warning",
  {
    title: "an exit that no run can reach",
    reason:
      "The result type leaves it out, so that callers need not handle it. Either a transition to it was forgotten, or it is left over.",
  },
  ({ state }) => ({
    message: `no run can end in \`${state}\``,
    help: "return it from a task that can be reached, or take it out of `exits`",
  }),
);

export const unreturnedTarget = define<Subject & { targets: readonly string[] }>(
  "CANO2009",
  "warning",
  {
    title: "a declared target that no path returns",
    reason:
      "The declared return type is taken at its word: the machine gets an edge that no run can take, and what is proven about it is weaker than it could be.",
  },
  ({ targets, ...which }) => ({
    message: `${subject(which)} declares the ${targets.length > 1 ? "targets" : "target"} ${listed(targets)}, but no path returns ${targets.length > 1 ? "them" : "it"}`,
    help: `take ${targets.length > 1 ? "them" : "it"} out of the return type, or leave the return type out`,
  }),
);

export const busyCycle = define<{ states: readonly string[] }>(
  "CANO2010",
  "warning",
  {
    title: "a cycle that nothing slows down or ends",
    reason:
      "Every task in it is proven to be synchronous, asks for no resource and hands nothing on, so nothing in it waits, takes input from outside or counts. It may block the process for ever.",
  },
  ({ states }) => ({
    message:
      states.length > 1
        ? `the states ${listed(states)} form a cycle in which nothing waits`
        : `state \`${states[0]}\` repeats itself and nothing waits`,
    help: "await something in the cycle, or hand a count on with `to()`",
  }),
);

export const duplicateValue = define<{ state: string; other: string; value: string | number }>(
  "CANO2011",
  "error",
  {
    title: "two states with one value",
    reason: "At run time a state is its value: two members with the same one are the same state, and the same key in `tasks`.",
  },
  ({ state, other, value }) => ({
    message: `the states \`${other}\` and \`${state}\` have the same value, \`${typeof value === "number" ? value : JSON.stringify(value)}\``,
    help: "give each state a value of its own",
  }),
);

export const combinedFlags = define<{ states: string }>(
  "CANO2012",
  "error",
  {
    title: "states combined as bit flags",
    reason: "A run is in one state at a time. Members that are combined with `|` make a number that is no state.",
  },
  ({ states }) => ({
    message: "members that are combined as bit flags are not a state",
    help: `name one member of \`${states}\``,
  }),
);

export const badInitial = define<{
  problem: NoState | { readonly kind: "exit"; readonly text: string } | { readonly kind: "none" };
  states: string;
}>(
  "CANO2013",
  "error",
  {
    title: "an initial state that is an exit or no state of this machine",
    reason: "A run starts in an initial state. It must be known, and must have a task, or the run would be over before it began.",
  },
  ({ problem, states }) => {
    const help = `name a member of \`${states}\` that is not an exit`;
    if (problem.kind === "none") return { message: "the machine has no initial state", help };
    if (problem.kind === "exit") return { message: `the initial state \`${problem.text}\` is an exit`, help };
    return { message: `this is no initial state: ${because(problem)}`, help };
  },
);

export const badExit = define<{ problem: NoState | { readonly kind: "none" }; states: string }>(
  "CANO2014",
  "error",
  {
    title: "no exit, or an exit that is no state of this machine",
    reason: "A run ends by entering an exit. Without one it could only fail.",
  },
  ({ problem, states }) => ({
    message: problem.kind === "none" ? "the machine has no exit" : `this is no exit: ${because(problem)}`,
    help: `name at least one member of \`${states}\` in \`exits\`, and nothing else`,
  }),
);

export const handWrittenTransition = define<Subject>(
  "CANO2015",
  "error",
  {
    title: "a transition written by hand",
    reason:
      "An object of the shape of `to()` is not one: the dispatcher tells a transition with an input by who made it, and would refuse this one at run time.",
  },
  (which) => ({
    message: `${subject(which)} returns an object \`{ state, input }\` that was not made by \`to()\``,
    help: "write `to(state, input)`",
  }),
);

export const badNext = define<{ ref: NoState; state: string; states: string }>(
  "CANO2016",
  "error",
  {
    title: "a split whose `next` is no state of this machine",
    reason: "When a split is joined, the run goes to its `next`. It must be known, and a state of the same machine.",
  },
  ({ ref, state, states }) => ({
    message: `the split of \`${state}\` has no state to go to: ${because(ref)}`,
    help: `name a member of \`${states}\` as \`next\``,
  }),
);
