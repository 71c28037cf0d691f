/** Codes 7xxx: what a run may fail with. The runtime throws `CanoError` with these codes; the entries are here for `cano-gen explain`. */

import { define } from "./define.js";

/** CANO7001, `task_execution` */
export const taskFailed = define<{ state: string }>(
  "CANO7001",
  "error",
  {
    title: "a task failed",
    reason:
      "The task of this state threw, or returned a promise that was rejected, and its config allows no further attempt. `cause` is what was thrown. " +
      "An error that is a `FatalError` or has `retryable: false` ends the state at once, whatever the retry policy.",
  },
  ({ state }) => ({
    message: `the task of \`${state}\` failed`,
    help: "see `cause`; a `retry` policy in the task's `config` allows further attempts",
  }),
);

/** CANO7002, `retry_exhausted` */
export const retriesExhausted = define<{ state: string; attempts: number }>(
  "CANO7002",
  "error",
  {
    title: "every attempt failed",
    reason:
      "The task failed as often as its retry policy, or its retry budget, allows. `attempts` says how often. `cause` is an `AggregateError`: its `errors` are " +
      "what the attempts failed with, the newest sixteen of them, and its own `cause` is the last of these.",
  },
  ({ state, attempts }) => ({
    message: `\`${state}\` failed ${attempts} times`,
    help: "see `cause.errors`; allow more retries, or longer delays between them",
  }),
);

/** CANO7003, `timeout` */
export const attemptTimedOut = define<{ state: string; limit: number }>(
  "CANO7003",
  "error",
  {
    title: "an attempt took longer than its timeout",
    reason:
      "The attempt was still running after `config.attemptTimeout`. Its signal was aborted and its late result is ignored: a promise cannot be stopped, so a " +
      "task that should stop must listen to `context.signal`.",
  },
  ({ state, limit }) => ({
    message: `an attempt of \`${state}\` took longer than ${limit} ms`,
    help: "raise `config.attemptTimeout`, or hand `context.signal` on to what the task waits for",
  }),
);

/** CANO7004, `workflow_timeout` */
export const totalTimedOut = define<{ state: string; limit: number }>(
  "CANO7004",
  "error",
  {
    title: "the run took longer than its total timeout",
    reason:
      "The run did not reach an exit within `totalTimeout`, all attempts and delays included. `elapsed` says how long it had taken, `path` where it had been.",
  },
  ({ state, limit }) => ({
    message: `the run was in \`${state}\` after ${limit} ms`,
    help: "raise `totalTimeout`, or shorten the attempts and delays on the path",
  }),
);

/** CANO7005, `cancelled` */
export const cancelled = define<{ state: string }>(
  "CANO7005",
  "error",
  {
    title: "the run was cancelled",
    reason:
      "The signal that was given to `orchestrate` was aborted, or the workflow object was closed. `cause` is the signal's reason. No further attempt is made.",
  },
  ({ state }) => ({ message: `the run was cancelled in \`${state}\``, help: "nothing, if that was intended; see `cause`" }),
);

/** CANO7006, `workflow` */
export const unexpectedTarget = define<{ state: string; returned: string; targets: readonly string[] }>(
  "CANO7006",
  "error",
  {
    title: "a task returned something that is not one of its targets",
    reason:
      "The generated dispatcher knows the targets of each state and accepts nothing else. A cast, untyped code or a generated file older than the source can make " +
      "a task return another value.",
  },
  ({ state, returned, targets }) => ({
    message: `the task of \`${state}\` returned ${returned}, which is none of its targets ${targets.map((target) => `\`${target}\``).join(", ")}`,
    help: "run `cano-gen` again, and look for casts in what the task returns",
  }),
);

/** CANO7007, `workflow` */
export const joinNotMet = define<{ state: string; join: string }>(
  "CANO7007",
  "error",
  {
    title: "too few branches of a split succeeded",
    reason:
      "The join of the split asks for more successful branches than there were. The failures of the branches are in `cause`, an `AggregateError`.",
  },
  ({ state, join }) => ({
    message: `the join \`${join}\` of \`${state}\` was not met`,
    help: "see `cause`; a weaker join goes on with fewer branches",
  }),
);

/** CANO7008, `timeout` */
export const splitTimedOut = define<{ state: string; limit: number }>(
  "CANO7008",
  "error",
  {
    title: "a split took longer than its timeout",
    reason: "The outcome of the split was still open after its `timeout`. The branches that were running were aborted.",
  },
  ({ state, limit }) => ({
    message: `the split of \`${state}\` took longer than ${limit} ms`,
    help: "raise `timeout`, or use `partialTimeout()` to go on with what is there by then",
  }),
);

/** CANO7009, `configuration` */
export const badOption = define<{ option: string; problem: string }>(
  "CANO7009",
  "error",
  {
    title: "an option or a policy is out of range",
    reason:
      "Values that are literals are checked by the generator; one that is computed can only be checked when it is used. Nothing was started with it.",
  },
  ({ option, problem }) => ({ message: `\`${option}\` ${problem}`, help: "look at where the value is computed" }),
);

/** CANO7010, `resource` */
export const resourceFailed = define<{ resource: string }>(
  "CANO7010",
  "error",
  {
    title: "a resource could not be set up",
    reason:
      "The `setup` of a resource threw. The resources that were set up before it were torn down again, and no task was started. `cause` is what was thrown.",
  },
  ({ resource }) => ({
    message: `the resource \`${resource}\` could not be set up`,
    help: "see `cause`; the next run tries again",
  }),
);

/** CANO7011, `workflow` */
export const closed = define<{ workflow: string }>(
  "CANO7011",
  "error",
  {
    title: "the workflow object is closed",
    reason: "After `close()`, or at the end of an `await using` block, the resources are torn down, so no run can be started.",
  },
  ({ workflow }) => ({ message: `\`${workflow}\` is closed`, help: "create another workflow object, or close this one later" }),
);

/** CANO7012, `workflow` */
export const notInitial = define<{ state: string; initial: readonly string[] }>(
  "CANO7012",
  "error",
  {
    title: "a run cannot start in this state",
    reason:
      "Runs start in the states that the workflow declares as `initial`, because only for these is it checked what they are given.",
  },
  ({ state, initial }) => ({
    message: `\`${state}\` is not an initial state`,
    help: `start in ${initial.map((name) => `\`${name}\``).join(" or ")}, or list the state in \`initial\``,
  }),
);

/** CANO7013, `configuration` */
export const notSynchronous = define<{ workflow: string }>(
  "CANO7013",
  "error",
  {
    title: "a run that cannot be synchronous",
    reason: "`runSync` cannot wait, so it refuses resources that have to be set up, torn down or made for each run.",
  },
  ({ workflow }) => ({
    message: `workflow \`${workflow}\` cannot run synchronously`,
    help: "use `orchestrate`, or resources without hooks",
  }),
);

/** CANO7014, `task_execution` */
export const lossyValue = define<{ what: string; path: string; why: string }>(
  "CANO7014",
  "error",
  {
    title: "a value that JSON would change",
    reason:
      "A cursor outlives the process as JSON. A function, `NaN`, a `Date` or an object with a class of its own would come back as something else, or not at all, so it is refused before anything goes on from it.",
  },
  ({ what, path, why }) => ({
    message: `${what} does not survive JSON at \`${path}\`: ${why}`,
    help: "use plain data: texts, finite numbers, booleans, `null`, arrays and plain objects of those",
  }),
);

/** CANO7015, `resource` */
export const missingKey = define<{ key: string }>(
  "CANO7015",
  "error",
  {
    title: "a key that a memory store does not have",
    reason: "`get` and `getShared` return what was put under a key. Where nothing was, there is nothing to return.",
  },
  ({ key }) => ({
    message: `the store has no key \`${key}\``,
    help: "ask `has` first, or put a value before it is read",
  }),
);

/** CANO7016, `resource` */
export const unusableValue = define<{ key: string }>(
  "CANO7016",
  "error",
  {
    title: "a value in a memory store that does not allow what is asked",
    reason:
      "`get` copies, and a function cannot be copied; `append` adds to a list, and only a list can be added to. The value is as it was before.",
  },
  ({ key }) => ({
    message: `the value of key \`${key}\` cannot be copied, or is no list`,
    help: "take it with `getShared`, or replace it with `put`",
  }),
);
