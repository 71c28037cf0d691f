/** Codes 7xxx from CANO7023: what runs that are undone or stored may fail with at run time. */

import type { Failure } from "./failure.js";

export const recoveryFailures: readonly Failure[] = [
  {
    code: "CANO7023",
    category: "compensation_failed",
    title: "a failed run could not be undone completely",
    reason:
      "The run failed, and some of what it had done could not be undone. `errors` begins with what the run failed with; what went wrong while it was undone follows in " +
      "order. Every compensation was tried once, whatever the others came to. A run that is stored is `stuck` now.",
    cure: "see `errors`; `resume(runId)` tries what is left again, where the run is stored",
  },
  {
    code: "CANO7024",
    category: undefined,
    title: "what a state did could not be undone",
    reason:
      "The state's `compensate` failed as often as its `compensateConfig` allows, or took too long. `cause` is what it failed with.",
    cure: "see `cause`; a `retry` policy in `compensateConfig` allows further attempts",
  },
  {
    code: "CANO7025",
    category: "orphaned_compensation",
    title: "nothing has undone what a state did",
    reason:
      "The time for undoing the run was up before it was this state's turn, or the workflow that was to undo it has no compensation for the state any more. The error's " +
      "`output`, which is not enumerable, is what the state's task had left for it.",
    cure: "raise `compensationTimeout`, or undo the run with a version of the workflow that can",
  },
  {
    code: "CANO7026",
    category: "checkpoint_store",
    title: "the log of a run cannot be read",
    reason:
      "A stored row is not what was written, or refers to one that is missing: the database was changed by somebody else, or damaged. The run is left as it is.",
    cure: "restore the rows, or remove the run",
  },
  {
    code: "CANO7027",
    category: "configuration",
    title: "a run id that no store could keep",
    reason:
      "Ids are texts of 1 to 512 characters, without NULs and halves of characters, since databases would refuse or change those. Nothing was written.",
    cure: "take a shorter text, a hash of the id for one",
  },
  {
    code: "CANO7028",
    category: "checkpoint_store",
    title: "there is no run of this id",
    reason: "The store has no rows of the run: it was never begun, was begun by another workflow, or has been pruned.",
    cure: "look at `runs.list()`; `orchestrate` begins a run",
  },
  {
    code: "CANO7029",
    category: "workflow_version_mismatch",
    title: "a run of another version of the workflow",
    reason:
      "The run was begun under another version, and the workflow has no migration for that, or one that says that it does not go on. It was left as it is. It can be undone " +
      "with `compensate(runId)`, whatever its version.",
    cure: "resume it with the version that it goes by, add a migration, or undo it",
  },
  {
    code: "CANO7030",
    category: "workflow",
    title: "a run is in a state that the workflow does not have",
    reason: "The workflow was changed without raising its `version`: `cano.lock.json` was not kept, or `cano-gen` was not asked.",
    cure: "bring the state back, or raise `version` and add a migration",
  },
  {
    code: "CANO7031",
    category: "workflow",
    title: "a run cannot be migrated",
    reason:
      "The function that migrates runs of its version and state threw, or named something that is no state with a task. The run was left as it is. `cause` is what was thrown.",
    cure: "see `cause`, and look at what was stored with `runs.history(runId)`",
  },
];
