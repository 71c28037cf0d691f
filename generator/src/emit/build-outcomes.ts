/** What follows a state: one comparison for each of its targets, in an order that lets the compiler narrow what is left. */

import type { Target, TaskNode } from "../model/machine.js";
import type { Layout } from "./layout.js";
import type { OutcomeView } from "./view.js";
import { nodeAt, stateExpression, takesInput, type Words } from "./words.js";

/** Where a state stands while its outcomes are built. */
export interface Standing {
  readonly place: number;
  readonly number: number;
  /** The place that follows in the same block, if any. */
  readonly follower: number | undefined;
  /** The first and the past-the-last number of the part of the dispatcher that this state is in. */
  readonly part: { readonly begin: number; readonly end: number };
}

/** The outcomes of a task: exits and jumps first, then the state that follows in the block or the refusal of anything else. */
export function buildOutcomes(words: Words, layout: Layout, node: TaskNode, standing: Standing): readonly OutcomeView[] {
  const follower = node.targets.find(({ to }) => to === standing.follower);
  const others = node.targets.filter((target) => target !== follower);
  // Bare states first: once they are excluded, what remains is known to be made by `to()`.
  const ordered = [...others.filter(({ carries }) => !carries), ...others.filter(({ carries }) => carries)];
  // A type that the compiler has widened, or cannot tell apart, still admits bare states after all comparisons with them.
  const guarded = !node.exact;
  const r = words.returnedNames[standing.place] ?? "";
  const cast = node.mixed && node.targets.filter(({ carries }) => carries).length > 1;
  const handedTo = ({ to }: Target): string =>
    cast && nodeAt(words, to).kind !== "exit" ? `${r}.input as ${words.inputsType}[${layout.numbers[to] ?? 0}]` : `${r}.input`;
  const outcomes = ordered.map((way) => buildWay(words, layout, way, standing, testOf(words, r, way, guarded), handedTo(way)));
  const refused = { from: standing.number, rest: refusedValue(words, r, node) };
  if (follower === undefined) return [...outcomes, { ...NOTHING, ...refused, rejects: true }];
  const test = refusalOf(words, r, follower, guarded);
  return [
    ...outcomes,
    { ...buildWay(words, layout, follower, standing, test, handedTo(follower)), ...refused, jumps: false, follows: true },
  ];
}

/** The one way on from a split: what `joined` comes to is handed to the next state, or carried by the exit. */
export function buildSplitOutcome(words: Words, layout: Layout, next: number, standing: Standing, joined: string): OutcomeView {
  const way: Target = { to: next, carries: true, by: "method" };
  const view = buildWay(words, layout, way, standing, "", joined);
  return next === standing.follower ? { ...view, jumps: false, follows: true } : view;
}

const NOTHING: OutcomeView = {
  exits: false,
  jumps: false,
  follows: false,
  rejects: false,
  test: "",
  from: 0,
  to: 0,
  leave: "",
  state: "",
  output: "",
  input: "",
  leaves: false,
  rest: "",
};

function buildWay(words: Words, layout: Layout, way: Target, standing: Standing, test: string, handed: string): OutcomeView {
  const next = nodeAt(words, way.to);
  const to = layout.numbers[way.to] ?? 0;
  const base = { ...NOTHING, test, from: standing.number, to };
  if (next.kind === "exit") {
    const output = way.carries ? `, ${handed}` : "";
    return { ...base, exits: true, leave: words.flavour.leave(), state: stateExpression(words, way.to), output };
  }
  // What an earlier state was handed must not be seen by one that is entered without an input.
  const input = way.carries && takesInput(next) ? handed : words.flavour.tellsInput(next) ? "undefined" : "";
  return { ...base, jumps: true, input, leaves: to < standing.part.begin || to >= standing.part.end };
}

// `?.` for a task that lies about its type and returns nothing: it is then refused by name, as everything else.
function testOf(words: Words, r: string, way: Target, guarded: boolean): string {
  const state = stateExpression(words, way.to);
  if (!way.carries) return `${r} === ${state}`;
  return guarded ? `typeof ${r} === "object" && ${r}?.state === ${state}` : `${r}?.state === ${state}`;
}

/** The opposite: the state that follows in the block is not the one that was returned. */
function refusalOf(words: Words, r: string, way: Target, guarded: boolean): string {
  const state = stateExpression(words, way.to);
  if (!way.carries) return `${r} !== ${state}`;
  return guarded ? `typeof ${r} !== "object" || ${r}?.state !== ${state}` : `${r}?.state !== ${state}`;
}

/** What is left once every target is excluded: nothing, if the types say all there is; that makes a stale module an error. */
function refusedValue(words: Words, r: string, node: TaskNode): string {
  words.imports.use("unexpectedTarget");
  return node.exact ? `${r} satisfies never` : r;
}
