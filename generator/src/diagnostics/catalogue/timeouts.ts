/** Codes 3xxx: timeouts, and what there is no time for within them. */

import { define } from "./define.js";

/** What may end a task before it ends itself. */
export type Around = keyof typeof AROUND;

/** The option that says so. */
const AROUND = {
  "total timeout": "`totalTimeout`",
  "compensation timeout": "`compensationTimeout`",
  "split's timeout": "the split's `timeout`",
  "attempt timeout": "`attemptTimeout`",
};

/** Options without which there is no limit. */
const UNLIMITED = ["attemptTimeout", "totalTimeout", "timeout", "itemTimeout", "maxWait"];

export const badTimeout = define<{ option: string; value: number }>(
  "CANO3006",
  "error",
  {
    title: "a timeout that is not a positive time",
    reason: "A timeout of zero or less is over before anything was tried, and one that is not finite never ends anything.",
  },
  ({ option, value }) => ({
    message: `\`${option}\` is ${value}, which is not a finite number of milliseconds above 0`,
    help: UNLIMITED.includes(option)
      ? "give milliseconds above 0, or leave the option out for no limit"
      : "give milliseconds above 0",
  }),
);

export const timeoutAbove = define<{ option: "attemptTimeout" | "itemTimeout"; value: number; around: Around; limit: number }>(
  "CANO3009",
  "error",
  {
    title: "a timeout above another one that is around it",
    reason:
      "The total timeout ends a run, the compensation timeout ends what undoes it, a split's timeout ends its branches, and an attempt timeout all items of a batch. " +
      "What is longer than that could never end anything.",
  },
  ({ option, value, around, limit }) => ({
    message: `the ${option === "itemTimeout" ? "item" : "attempt"} timeout of ${value} ms can never expire within the ${around} of ${limit} ms`,
    help: `lower \`${option}\`, or raise ${AROUND[around]}`,
  }),
);

export const splitAboveTotal = define<{ split: number; total: number }>(
  "CANO3010",
  "warning",
  {
    title: "a split timeout above the total timeout",
    reason: "The total timeout ends the run before the split's time is up, so the split's own timeout has no effect.",
  },
  ({ split, total }) => ({
    message: `the split's timeout of ${split} ms can never expire within the total timeout of ${total} ms`,
    help: "lower the split's `timeout`, or raise `totalTimeout`",
  }),
);

export const noTimeToWait = define<{ of: string; wait: number; around: Around; limit: number }>(
  "CANO3032",
  "error",
  {
    title: "a timer that there is no time for",
    reason:
      "What a timer waits counts for its attempt timeout, for that of its split, and for the total timeout. Where one of them is shorter, or the total is shorter than all " +
      "that a run waits on the shortest of its ways, the timeout always comes first.",
  },
  ({ of, wait, around, limit }) => ({
    message: `${of} waits at least ${wait} ms, and the ${around} of ${limit} ms is over by then`,
    help: `wait shorter, or raise ${AROUND[around]}`,
  }),
);

export const noTimeToRetry = define<{ of: string; what: "tried" | "polled"; delay: number; around: Around; limit: number }>(
  "CANO3033",
  "warning",
  {
    title: "a retry or a poll that there is no time for",
    reason:
      "What is waited before a retry, or before a task is polled again, counts for the timeouts that are around it. Where one of them is shorter, " +
      "there never is a second time: the timeout comes first, and is what is told.",
  },
  ({ of, what, delay, around, limit }) => ({
    message: `${of} is ${what} again after ${delay} ms at the soonest, and the ${around} of ${limit} ms is over by then`,
    help: `wait shorter, or raise ${AROUND[around]}`,
  }),
);
