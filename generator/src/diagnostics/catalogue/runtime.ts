/** Codes 7xxx: what a run may fail with. The runtime throws `CanoError` with these codes; the entries are here for `cano-gen explain`. */

import type { Failure } from "./failure.js";

export const runFailures: readonly Failure[] = [
  {
    code: "CANO7001",
    category: "task_execution",
    title: "a task failed",
    reason:
      "The task of this state threw, or returned a promise that was rejected, and its config allows no further attempt. `cause` is what was thrown. " +
      "An error that is a `FatalError` or has `retryable: false` ends the state at once, whatever the retry policy.",
    cure: "see `cause`; a `retry` policy in the task's `config` allows further attempts",
  },
  {
    code: "CANO7002",
    category: "retry_exhausted",
    title: "every attempt failed",
    reason:
      "The task failed as often as its retry policy, or its retry budget, allows. `attempts` says how often. `cause` is an `AggregateError`: its `errors` are " +
      "what the attempts failed with, the newest sixteen of them, and its own `cause` is the last of these.",
    cure: "see `cause.errors`; allow more retries, or longer delays between them",
  },
  {
    code: "CANO7003",
    category: "timeout",
    title: "an attempt took longer than its timeout",
    reason:
      "The attempt was still running after `config.attemptTimeout`. Its signal was aborted and its late result is ignored: a promise cannot be stopped, so a " +
      "task that should stop must listen to `context.signal`.",
    cure: "raise `config.attemptTimeout`, or hand `context.signal` on to what the task waits for",
  },
  {
    code: "CANO7004",
    category: "workflow_timeout",
    title: "the run took longer than its total timeout",
    reason:
      "The run did not reach an exit within `totalTimeout`, all attempts and delays included. `elapsed` says how long it had taken, `path` where it had been.",
    cure: "raise `totalTimeout`, or shorten the attempts and delays on the path",
  },
  {
    code: "CANO7005",
    category: "cancelled",
    title: "the run was cancelled",
    reason:
      "The signal that was given to `orchestrate` was aborted, or the workflow object was closed. `cause` is the signal's reason. No further attempt is made.",
    cure: "nothing, if that was intended; see `cause`",
  },
  {
    code: "CANO7006",
    category: "workflow",
    title: "a task returned something that is not one of its targets",
    reason:
      "The generated dispatcher knows the targets of each state and accepts nothing else. A cast, untyped code or a generated file older than the source can make " +
      "a task return another value.",
    cure: "run `cano-gen` again, and look for casts in what the task returns",
  },
  {
    code: "CANO7007",
    category: "workflow",
    title: "too few branches of a split succeeded",
    reason:
      "The join of the split asks for more successful branches than there were. The failures of the branches are in `cause`, an `AggregateError`.",
    cure: "see `cause`; a weaker join goes on with fewer branches",
  },
  {
    code: "CANO7008",
    category: "workflow",
    title: "a split took longer than its timeout",
    reason: "The outcome of the split was still open after its `timeout`. The branches that were running were aborted.",
    cure: "raise `timeout`, or use `partialTimeout()` to go on with what is there by then",
  },
  {
    code: "CANO7009",
    category: "configuration",
    title: "an option or a policy is out of range",
    reason:
      "Values that are literals are checked by the generator; one that is computed can only be checked when it is used. An option that there is not, such as one that is misspelt, is refused as well: it would be left out. Nothing was started with it.",
    cure: "the message names the option and what it may be: look at where its value comes from",
  },
  {
    code: "CANO7010",
    category: "resource",
    title: "a resource could not be set up",
    reason:
      "The `setup` of a resource threw. The resources that were set up before it were torn down again, and no task was started. `cause` is what was thrown.",
    cure: "see `cause`; the next run tries again",
  },
  {
    code: "CANO7011",
    category: "configuration",
    title: "the workflow object is closed",
    reason: "After `close()`, or at the end of an `await using` block, the resources are torn down, so no run can be started.",
    cure: "create another workflow object, or close this one later",
  },
  {
    code: "CANO7012",
    category: "configuration",
    title: "a run cannot start in this state",
    reason:
      "Runs start in the states that the workflow declares as `initial`, because only for these is it checked what they are given.",
    cure: "start in one of its initial states, or list the state in `initial`",
  },
  {
    code: "CANO7013",
    category: "configuration",
    title: "a run that cannot be synchronous",
    reason: "`runSync` cannot wait, so it refuses resources that have to be set up, torn down or made for each run.",
    cure: "use `orchestrate`, or resources without hooks",
  },
  {
    code: "CANO7014",
    category: "task_execution",
    title: "a value that JSON would change",
    reason:
      "A cursor outlives the process as JSON. A function, `NaN`, a `Date` or an object with a class of its own would come back as something else, or not at all, so it is refused before anything goes on from it.",
    cure: "use plain data: texts, finite numbers, booleans, `null`, arrays and plain objects of those",
  },
  {
    code: "CANO7015",
    category: "resource",
    title: "a key that a memory store does not have",
    reason: "`get` and `getShared` return what was put under a key. Where nothing was, there is nothing to return.",
    cure: "ask `has` first, or put a value before it is read",
  },
  {
    code: "CANO7016",
    category: "resource",
    title: "a value in a memory store that does not allow what is asked",
    reason:
      "`get` copies, and a function cannot be copied; `append` adds to a list, and only a list can be added to. The value is as it was before.",
    cure: "take it with `getShared`, or replace it with `put`",
  },
];
