/** What a picture shows, in words: for readers who cannot see it, and where a pointer rests. */

import type { Drawing, Walk } from "../drawing.js";
import { ENDED } from "../labels.js";
import type { Figure } from "./figures.js";
import type { Tally } from "../tally-walk.js";
import type { Thread } from "./threads.js";

/** The whole picture in one line: its size, and what the run did. */
export function describeDrawing({ states, durable }: Drawing, walk: Walk | undefined, tally: Tally | undefined): string {
  const exits = states.filter(({ kind }) => kind === "exit").length;
  return [
    [count(states.length - exits, "state"), count(exits, "exit"), ...(durable ? ["durable"] : [])].join(", "),
    ...(walk === undefined ? [] : [describeWalk(walk, tally?.last)]),
    ...(tally === undefined || tally.strangers.length === 0 ? [] : [`not in this machine: ${tally.strangers.join(", ")}`]),
  ].join("; ");
}

/** A state in one line. */
export function describeState({ state, passage }: Figure): string {
  return [
    state.name,
    "task" in state ? `${state.kind} ${state.task}` : state.kind,
    ...(passage === undefined ? [] : [`entered ${passage.visits}×`]),
    ...(passage?.end === undefined ? [] : [ENDED[passage.end]]),
  ].join(", ");
}

/** A line in one line; `nameOf` names states by their places. */
export function describeThread({ from, to, by, carries, crossings }: Thread, nameOf: (place: number) => string): string {
  return [
    `${nameOf(from)} to ${nameOf(to)}`,
    ...(carries === "nothing" ? [] : [CARRIED[carries]]),
    ...(by === "fallback" ? ["by the fallback"] : []),
    ...(crossings === undefined ? [] : [`taken ${crossings}×`]),
  ].join(", ");
}

const CARRIED: Readonly<Record<Exclude<Thread["carries"], "nothing">, string>> = {
  input: "with an input",
  either: "with or without an input",
  joined: "with the joined results",
};

function describeWalk({ path, end }: Walk, last: string | undefined): string {
  return `this run: ${count(path.length, "visit")}${last === undefined ? "" : `, ${DONE[end]} ${last}`}`;
}

const DONE: Readonly<Record<Walk["end"], string>> = { finished: "ended in", failed: "failed in", standing: "stands in" };

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
