/** Codes 3xxx: policies of splits and retries, where they are literals. */

import { define } from "./define.js";
import { type Subject, subject } from "./wording.js";

const successes = (count: number): string => (count === 1 ? "1 success" : `${count} successes`);
const branches = (count: number): string => (count === 1 ? "one branch" : `${count} branches`);

export const impossibleCount = define<{ strategy: string; needed: number; branches: number | undefined }>(
  "CANO3001",
  "error",
  {
    title: "a join that needs an impossible number of successes",
    reason:
      "A join that needs more successes than there are branches fails every time; one that needs half a success, or less than none, means nothing.",
  },
  ({ strategy, needed, branches: count }) => ({
    message:
      count === undefined
        ? `\`${strategy}\` needs ${successes(needed)}, which is not a whole number, 0 or more`
        : `\`${strategy}\` needs ${successes(needed)}, but the split has ${branches(count)}`,
    help: count === undefined ? "give a whole number, 0 or more" : `ask for at most ${count}, or add branches`,
  }),
);

export const badPercentage = define<{ share: number }>(
  "CANO3002",
  "error",
  {
    title: "a percentage outside (0, 1]",
    reason:
      "`percentage` takes a share: 0.5 is half of the branches, 1 is all of them. More than all can never succeed, and nothing or less needs no branches.",
  },
  ({ share }) => ({
    message: `the share ${share} is not above 0 and at most 1`,
    help:
      share > 1 && share <= 100
        ? `${share} percent is written \`${share / 100}\``
        : "give a share above 0 and at most 1: `0.5` is half of the branches",
  }),
);

export const partialWithoutTimeout = define(
  "CANO3003",
  "error",
  {
    title: "`partialTimeout` without a timeout",
    reason: "This strategy joins with whatever has ended when the time is up. Without a `timeout` the time is never up.",
  },
  () => ({
    message: "`partialTimeout` joins when the split's time is up, but the split has no `timeout`",
    help: "give the split a `timeout`, or join with `all()`",
  }),
);

export const badBulkhead = define<{ value: number }>(
  "CANO3004",
  "error",
  {
    title: "a bulkhead below 1",
    reason: "A bulkhead is how many branches may run at once. With less than one the split would wait for ever.",
  },
  ({ value }) => ({
    message: `the bulkhead ${value} is not a whole number, 1 or more`,
    help: "give how many branches may run at once, or leave it out: then all may",
  }),
);

export const emptySplit = define<{ strategy: string }>(
  "CANO3005",
  "error",
  {
    title: "an empty split under a strategy that needs a branch",
    reason: "Where a success, or at least an end, of some branch is needed, a split without branches fails every time.",
  },
  ({ strategy }) => ({
    message: `the split has no branches, but \`${strategy}\` needs one`,
    help: "add a branch, or join with `all()`",
  }),
);

export const badDelay = define<{ option: string; value: number }>(
  "CANO3007",
  "error",
  {
    title: "a delay that is not a time",
    reason: "A delay may be zero, but not negative or infinite: nothing can be waited for then.",
  },
  ({ option, value }) => ({
    message: `\`${option}\` is ${value}, which is not a finite number of milliseconds, 0 or more`,
    help: "give milliseconds, 0 or more",
  }),
);

export const invertedDelays = define<{ base: number; cap: number }>(
  "CANO3008",
  "error",
  {
    title: "a base delay above its cap",
    reason: "Every delay would be cut to the cap, so the growth that the policy describes would never happen.",
  },
  ({ base, cap }) => ({
    message: `the base of ${base} ms is above the cap of ${cap} ms`,
    help: "raise the cap, lower the base, or use `fixed` for the same delay every time",
  }),
);

export const badRetries = define<{ value: number }>(
  "CANO3011",
  "error",
  {
    title: "a number of retries that is not a whole number, 0 or more",
    reason: "`retries` counts the attempts that may follow the first one.",
  },
  ({ value }) => ({
    message: `\`retries\` is ${value}, which is not a whole number, 0 or more`,
    help: "give a whole number, 0 or more; `custom` retries without a limit",
  }),
);

export const replacedFactor = define<{ option: string; value: number; used: number }>(
  "CANO3012",
  "warning",
  {
    title: "a multiplier or jitter out of range",
    reason:
      "The multiplier must be a positive number and the jitter a share from 0 to 1. Another value is replaced at run time by the nearest that makes sense.",
  },
  ({ option, value, used }) => ({
    message: `\`${option}\` is ${value}, for which ${used} is used`,
    help: option === "jitter" ? "give a share from 0 to 1" : "give a finite number above 0",
  }),
);

export const uselessRetry = define<Subject>(
  "CANO3013",
  "warning",
  {
    title: "a retry policy on a stream",
    reason:
      "A stream that failed has handed on what it had read before: a second attempt would read its source from the start. So it is never retried, and a policy for that is never in force.",
  },
  (which) => ({
    message: `${subject(which)} is a stream, which is never retried: its retry policy has no effect`,
    help: "leave `retry` out; `itemErrors` says what a failed item does",
  }),
);

export const badCount = define<{ option: string; value: number; least: number }>(
  "CANO3014",
  "error",
  {
    title: "a count that is out of range",
    reason:
      "How many items may be in progress, how many outputs fill a window and how many failures are passed over are whole numbers. With no item in progress a batch would wait for ever.",
  },
  ({ option, value, least }) => ({
    message: `\`${option}\` is ${value}, which is not a whole number, ${least} or more`,
    help: `give a whole number, ${least} or more`,
  }),
);
