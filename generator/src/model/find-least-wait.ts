/** How long a run of a workflow waits at least, whichever way it takes: the sum of the timers on the way on which they are shortest. */

import type { Span } from "../diagnostics/diagnostic.js";
import type { NumberReading } from "../read/number-reading.js";
import type { SplitBinding, TaskReading } from "../read/reading.js";
import { findBinding } from "./bindings.js";
import type { Draft, DraftState } from "./draft.js";

/** Times are milliseconds. */
export interface LeastWait {
  readonly total: number;
  /** The states that wait on that way, in its order. */
  readonly waits: readonly Wait[];
}

/** What one state waits at least. */
export interface Wait {
  readonly state: string;
  readonly time: number;
  /** Where that is written. */
  readonly span: Span;
}

const NONE: LeastWait = { total: 0, waits: [] };

// Where all ways end: no state has this number.
const END = -1;

/**
 * Finds the least wait of the runs that are not cancelled and do not fail, unless a state fails on purpose. What polls and retries wait need not be waited. A
 * state that may lead anywhere may lead to an exit.
 */
export function findLeastWait({ initial, states }: Draft): LeastWait {
  // Most workflows have no timer, and to search all ways of a large one takes time.
  if (!states.some((state) => findWait(state) !== undefined)) return NONE;
  const reached = new Map(initial.map((ref) => [ref.kind === "member" ? ref.member : END, NONE]));
  const settled = new Set<number>();
  for (;;) {
    const nearest = findNearest(reached, settled);
    if (nearest === undefined) return NONE;
    const [number, before] = nearest;
    if (number === END) return before;
    settled.add(number);
    const state = states[number]!;
    const wait = findWait(state);
    const after = wait ? { total: before.total + wait.time, waits: [...before.waits, wait] } : before;
    for (const next of listSuccessors(state))
      if (after.total < (reached.get(next)?.total ?? Number.POSITIVE_INFINITY)) reached.set(next, after);
  }
}

function findNearest(
  reached: ReadonlyMap<number, LeastWait>,
  settled: ReadonlySet<number>,
): readonly [number, LeastWait] | undefined {
  const open = [...reached].filter(([number]) => !settled.has(number));
  return open.sort(([, a], [, b]) => a.total - b.total)[0];
}

function listSuccessors({ edges, exit, open, neverReturns }: DraftState): readonly number[] {
  const ends = exit !== undefined || open || neverReturns;
  return [...edges.map(({ to }) => to), ...(ends ? [END] : [])];
}

function findWait(state: DraftState): Wait | undefined {
  const binding = findBinding(state);
  const task = binding?.kind === "split" ? findDeciding(binding) : binding?.task;
  const time = timeOf(task);
  const span = task && leastOf(task)?.span;
  return span && time > 0 ? { state: state.name, time, span } : undefined;
}

/** The branch without which the split does not join: of several, the one that waits least. */
function findDeciding({ branches, join }: SplitBinding): TaskReading | undefined {
  if (branches.kind === "dynamic") return undefined;
  const inOrder = branches.list.toSorted((a, b) => timeOf(a) - timeOf(b));
  if (join.strategy === "all") return inOrder.at(-1);
  if (join.strategy === "any") return inOrder[0];
  // The other strategies may join when branches have failed, or when the time is up.
  return join.strategy === "quorum" && join.argument.value !== undefined ? inOrder[join.argument.value - 1] : undefined;
}

/** What a task waits at least: one whose wait may fail, or be ended by a timeout, is over at once where a fallback stands in for it. */
export function timeOf(task: TaskReading | undefined): number {
  const time = (task && leastOf(task)?.value) ?? 0;
  const mayBeCut = task?.config?.guards.some(({ key }) => key === "fallback") ?? false;
  return Number.isFinite(time) && time > 0 && !mayBeCut ? time : 0;
}

/** The shortest time that a timer may wait; undefined where it is none, or one of its times is not written down. */
export function leastOf({ shapes, waits }: TaskReading): NumberReading | undefined {
  if (shapes[0]?.kind !== "timer" || waits.times.some(({ value }) => value === undefined)) return undefined;
  return waits.times.toSorted((a, b) => a.value! - b.value!)[0];
}
