/** Random workflows of up to 60 states with every kind of state and transition, and ways of runs through them. Not all are machines that the generator would pass. */

import fc from "fast-check";
import type { Drawing, DrawnState, DrawnTransition, Walk } from "../../runtime/src/drawing/drawing.js";

const name = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[A-Z][a-z]{1,9}([A-Z][a-z]{1,9}){0,2}$/) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 60, unit: "grapheme" }) },
);

const KINDS = ["task", "router", "compensatable", "poll", "timer", "batch", "stepped", "stream"] as const;

const state: fc.Arbitrary<(name: string) => DrawnState> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.constantFrom(...KINDS), fc.option(name), fc.boolean(), fc.boolean())
      .map(([kind, task, retry, attemptTimeout]) => (name: string): DrawnState => ({
        name,
        value: name,
        kind,
        task: task ?? name,
        retry,
        attemptTimeout,
      })),
  },
  {
    weight: 1,
    arbitrary: fc
      .oneof(fc.constant("dynamic" as const), fc.array(name, { maxLength: 20 }))
      .map((branches) => (name: string): DrawnState => ({ name, value: name, kind: "split", branches, join: "quorum" })),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map((reachable) => (name: string): DrawnState => ({ name, value: name, kind: "exit", reachable })),
  },
);

/** A workflow. */
export const anyDrawing: fc.Arbitrary<Drawing> = fc
  .uniqueArray(name, { minLength: 1, maxLength: 60, size: "max" })
  .chain((names) => {
    const place = fc.nat(names.length - 1);
    const transition = fc.record({
      from: place,
      to: place,
      carries: fc.constantFrom("nothing", "input", "joined"),
      by: fc.constantFrom("method", "method", "fallback"),
    });
    return fc
      .tuple(
        fc.array(state, { minLength: names.length, maxLength: names.length }),
        fc.array(transition, { maxLength: names.length * 2 }),
        fc.uniqueArray(place, { minLength: 1, maxLength: 2 }),
        fc.boolean(),
      )
      .map(([makers, pairs, initial, durable]): Drawing => {
        const nameOf = (at: number): string => names[at] ?? "";
        const states = makers.map((make, at) => make(nameOf(at)));
        // Most lead on to the state that follows, as the states of real workflows do.
        const onward = names
          .slice(1)
          .map((to, at): DrawnTransition => ({ from: nameOf(at), to, carries: "input", by: "method" }));
        const others = pairs.map(({ from, to, ...rest }): DrawnTransition => ({ from: nameOf(from), to: nameOf(to), ...rest }));
        const isExit = new Set(states.filter(({ kind }) => kind === "exit").map((exit) => exit.name));
        return {
          name: "random",
          durable,
          states,
          initial: initial.map(nameOf),
          transitions: [...onward, ...others].filter(({ from }) => !isExit.has(from)),
        };
      });
  });

/** A way through `drawing` that may leave its transitions, and its states. */
export function anyWalk({ states }: Drawing): fc.Arbitrary<Walk> {
  const names = states.map(({ name: known }) => known);
  return fc.record({
    path: fc.array(
      fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.constant("Gone") }),
      { maxLength: 30 },
    ),
    end: fc.constantFrom("finished", "failed", "standing"),
  });
}
