/** Random machines as data: what the source of a workflow is made from, and what the reference interpreter walks. */

import fc from "fast-check";

export type Mode = "async" | "sync" | "mixed";
export type Strategy = "all" | "any" | "quorum" | "percentage" | "partialResults" | "partialTimeout";

/** A policy: how many retries, after which delay, and what bounds an attempt. */
export interface Policy {
  readonly retries: number;
  readonly delay: number;
  readonly timeout: number | undefined;
}

export interface TaskSpec {
  readonly kind: "task" | "router" | "compensatable";
  /** How often a compensation that failed is tried again, and after which delay. */
  readonly undo: Pick<Policy, "retries" | "delay">;
  readonly mode: Mode;
  readonly takesInput: boolean;
  /** Places: states first, then exits. */
  readonly targets: readonly number[];
  readonly policy: Policy;
  /** Which of the machine's circuit breakers it has. */
  readonly breaker: number | undefined;
  /** The place that stands in when its last attempt has failed. */
  readonly fallback: number | undefined;
}

/** A circuit breaker: how many failures in a row open it, and for how long; or one that an operator has opened for good. */
export interface BreakerSpec {
  readonly threshold: number;
  readonly reset: number;
  readonly isForcedOpen: boolean;
}

/** What a task hands over when its fallback stands in. */
export const FALLBACK_VALUE = 7;

export interface SplitSpec {
  readonly kind: "split";
  readonly mode: "async" | "sync";
  readonly takesInput: boolean;
  readonly next: number;
  readonly branches: readonly Policy[];
  readonly strategy: Strategy;
  readonly needed: number;
  readonly timeout: number | undefined;
  readonly bulkhead: number | undefined;
  readonly settle: "all" | "first-failure";
}

export type StateSpec = TaskSpec | SplitSpec;

export interface MachineSpec {
  readonly states: readonly StateSpec[];
  /** Whether each exit carries what it is handed. */
  readonly exits: readonly boolean[];
  readonly totalTimeout: number | undefined;
  /** Shared by its tasks. What one remembers does not survive a crash, so a machine whose runs are stored has none. */
  readonly breakers: readonly BreakerSpec[];
  /** Whether its runs are stored. What its tasks do goes by the visit and the attempt then, so that a repetition is one. */
  readonly durable: boolean;
}

// Bounds end in fractions of their own, so that no two things that are meant to race happen at one moment.
const attemptTimeout = fc
  .option(fc.integer({ min: 2, max: 30 }), { nil: undefined })
  .map((ms) => (ms === undefined ? undefined : ms + 0.25));
const splitTimeout = fc
  .option(fc.integer({ min: 2, max: 40 }), { nil: undefined })
  .map((ms) => (ms === undefined ? undefined : ms + 0.125));
const totalTimeout = fc
  .option(fc.integer({ min: 35, max: 200 }), { nil: undefined, freq: 2 })
  .map((ms) => (ms === undefined ? undefined : ms + 0.01));

const policy: fc.Arbitrary<Policy> = fc.record({
  retries: fc.constantFrom(0, 0, 1, 3),
  delay: fc.integer({ min: 0, max: 10 }),
  timeout: attemptTimeout,
});

const breaker: fc.Arbitrary<BreakerSpec> = fc.record({
  threshold: fc.integer({ min: 1, max: 3 }),
  reset: fc.integer({ min: 1, max: 60 }).map((ms) => ms + 0.0625),
  isForcedOpen: fc.nat({ max: 3 }).map((drawn) => drawn === 0),
});

function task(place: number, states: number, exits: number, breakers: number): fc.Arbitrary<TaskSpec> {
  // The next state is always a target, so every state is reached and none is a trap.
  const targets = fc.uniqueArray(fc.nat({ max: states + exits - 1 }), { maxLength: 3 });
  const spec = fc.record({
    kind: fc.constantFrom("task", "task", "router", "compensatable"),
    undo: fc.record({ retries: fc.constantFrom(0, 1), delay: fc.integer({ min: 0, max: 10 }) }),
    mode: fc.constantFrom("async", "sync", "mixed"),
    takesInput: fc.boolean(),
    targets: targets.map((more) => [...new Set([place + 1, ...more])].sort((a, b) => a - b)),
    policy,
    breaker: breakers === 0 ? fc.constant(undefined) : fc.option(fc.nat({ max: breakers - 1 }), { nil: undefined, freq: 2 }),
    // Forwards, so that a machine whose tasks all fail comes to an end.
    fallback: fc.option(fc.integer({ min: place + 1, max: states + exits - 1 }), { nil: undefined, freq: 2 }),
  });
  return spec.map((drawn) => {
    // What stands in for a result must be undone like one, which a place alone does not say how to do.
    const made = drawn.kind === "compensatable" ? { ...drawn, fallback: undefined } : drawn;
    // What can be undone is not interrupted, so only its own timeout ends one that hangs.
    const hangs = made.kind === "compensatable" && made.mode !== "sync" && made.policy.timeout === undefined;
    return hangs ? { ...made, policy: { ...made.policy, timeout: 28.25 } } : made;
  });
}

function split(place: number): fc.Arbitrary<SplitSpec> {
  return fc
    .record({
      kind: fc.constant("split" as const),
      mode: fc.constantFrom("async", "sync"),
      takesInput: fc.boolean(),
      next: fc.constant(place + 1),
      branches: fc.array(policy, { minLength: 1, maxLength: 4 }),
      strategy: fc.constantFrom("all", "any", "quorum", "percentage", "partialResults", "partialTimeout"),
      needed: fc.integer({ min: 1, max: 4 }),
      timeout: splitTimeout,
      bulkhead: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      settle: fc.constantFrom("all", "first-failure"),
    })
    .map((spec) => ({
      ...spec,
      // Synchronous branches all end at one moment, in the order of their places only if none is retried.
      branches: spec.branches.map((policy, branch) =>
        spec.mode === "sync"
          ? { retries: 0, delay: 0, timeout: undefined }
          : { ...policy, timeout: policy.timeout === undefined ? undefined : policy.timeout + branch * 0.003 },
      ),
      needed: Math.min(spec.needed, spec.branches.length),
      timeout: spec.strategy === "partialTimeout" ? (spec.timeout ?? 20.125) : spec.timeout,
    }));
}

/** Machines of one to six states that the generator accepts. */
export const machines: fc.Arbitrary<MachineSpec> = fc
  .record({
    states: fc.integer({ min: 1, max: 6 }),
    exits: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
    totalTimeout,
    breakers: fc.array(breaker, { maxLength: 2 }),
    durable: fc.boolean(),
  })
  .chain(({ states, exits, totalTimeout: total, breakers: drawn, durable }) => {
    const breakers = durable ? [] : drawn;
    const at = (place: number): fc.Arbitrary<StateSpec> =>
      fc.oneof(
        { weight: 3, arbitrary: task(place, states, exits.length, breakers.length) },
        { weight: 1, arbitrary: split(place) },
      );
    return fc
      .tuple(...Array.from({ length: states }, (_, place) => at(place)))
      .map((list) => ({ states: withJoinedStates(list), exits, breakers, durable, totalTimeout: total }));
  });

/** A state that a split leads to takes no input: other ways into it would hand it something else than joined results. */
function withJoinedStates(states: readonly StateSpec[]): readonly StateSpec[] {
  return states.map((state, place) => (states[place - 1]?.kind === "split" ? { ...state, takesInput: false } : state));
}

/** Whether a place is handed a number by the tasks that lead to it. */
export function carries({ states, exits }: Pick<MachineSpec, "states" | "exits">, place: number): boolean {
  return states[place]?.takesInput ?? exits[place - states.length] ?? false;
}
