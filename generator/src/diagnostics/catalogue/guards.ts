/** Codes 3xxx: what a config has besides a retry policy and an attempt timeout, and whether it can have an effect. */

import { define } from "./define.js";
import { listed, type Subject, subject } from "./wording.js";

export const unmadeAttempts = define<Subject & { retries: number; threshold: number; unmade: number }>(
  "CANO3015",
  "warning",
  {
    title: "retries that a circuit breaker never lets through",
    reason:
      "Every failed attempt counts for the breaker. One that opens after fewer failures than the policy has attempts refuses the rest, and a refusal is not " +
      "retried: the task fails with `circuit_open` after the first of them. Only successes of others that share the breaker in between could change that.",
  },
  (which) => ({
    message:
      `the attempts of ${subject(which)} open its circuit breaker after ${count(which.threshold, "failure")}: ` +
      `of ${count(which.retries, "retry", "retries")}, the last ${which.unmade === 1 ? "one is" : `${which.unmade} are`} never made`,
    help: `lower \`retries\` to ${which.threshold - 1}, raise the breaker's \`failureThreshold\`, or wait longer than its \`resetTimeout\``,
  }),
);

export const fallbackOnly = define<Subject & { target: string }>(
  "CANO3016",
  "warning",
  {
    title: "a state that is entered as a fallback only",
    reason:
      "No task goes to this state by itself: it is there for failures alone, and nothing but a failure ever tries it out. That may be meant, or a transition was forgotten.",
  },
  ({ target, ...which }) => ({
    message: `\`${target}\` is entered only when ${subject(which)} has failed`,
    help: `fall back to a state that other tasks go to as well, or to an exit, or go to \`${target}\` by a \`return\` too`,
  }),
);

export const circularFallback = define<{ states: readonly string[] }>(
  "CANO3034",
  "warning",
  {
    title: "fallbacks that lead in a circle",
    reason:
      "Where a task falls back to its own state, or to states whose fallbacks lead back to it, a failure that lasts sends the run round and round: nothing waits in between, and " +
      "nothing counts. A retry policy is what tries again.",
  },
  ({ states }) => ({
    message:
      states.length > 1
        ? `the fallbacks of ${listed(states)} lead in a circle, for as long as they fail`
        : `\`${states[0]}\` falls back to itself, for as long as it fails`,
    help: "fall back to a state that does something else; a `retry` policy tries again, and waits before it does",
  }),
);

export const unsafeHedge = define<Subject & { why: string }>(
  "CANO3017",
  "error",
  {
    title: "a hedge on a task that must not be done twice",
    reason:
      "A hedge does the same thing twice at once and forgets one of the two. Of a task that is compensated, the forgotten effect would never be undone; of one " +
      "that works in a loop, everything the loop does would be done twice. Hedges are for reads: tasks with `run` or `route`, and branches.",
  },
  ({ why, ...which }) => ({
    message: `${subject(which)} must not be hedged, because ${why}`,
    help: "leave `hedge` out; a `retry` policy with an `attemptTimeout` makes the second attempt when the first has ended",
  }),
);

export const selfBlocked = define<Subject>(
  "CANO3035",
  "error",
  {
    title: "a branch that waits for a place that its split keeps",
    reason:
      "A branch keeps its place in the split's bulkhead until it has ended, its attempts and their delays included. If each attempt of it took another place there, branches could " +
      "fill the bulkhead and wait for each other for ever. The runtime refuses such a workflow when it is created.",
  },
  (which) => ({
    message: `${subject(which)} waits for a place in the bulkhead of its split, which it keeps a place of already`,
    help: "leave one of the two out, or make a bulkhead for each",
  }),
);

/** `of` is what has the option. */
export const uselessOption = define<{ option: string; of: string; why: string; cure?: string }>(
  "CANO3018",
  "warning",
  {
    title: "an option that has no effect",
    reason:
      "The option is declared, but nothing can ever come of it: what it acts on is not there, something else always comes first, or it belongs to another kind " +
      "of task, or into a task's `config`, and nothing in its file reads it.",
  },
  ({ option, of, why, cure = "change what stands against it" }) => ({
    message: `\`${option}\` of ${of} has no effect, because ${why}`,
    help: `leave \`${option}\` out, or ${cure}`,
  }),
);

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
