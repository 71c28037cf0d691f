/** Codes 7xxx from CANO7023: what runs that are undone or stored may fail with at run time. */

import { define } from "./define.js";

/** CANO7023, `compensation_failed` */
export const compensationFailed = define<{ workflow: string }>(
  "CANO7023",
  "error",
  {
    title: "a failed run could not be undone completely",
    reason:
      "The run failed, and some of what it had done could not be undone. `errors` begins with what the run failed with; what went wrong while it was undone follows in " +
      "order. Every compensation was tried once, whatever the others came to. A run that is stored is `stuck` now.",
  },
  ({ workflow }) => ({
    message: `a run of \`${workflow}\` failed, and not all of it could be undone`,
    help: "see `errors`; `resume(runId)` tries what is left again, where the run is stored",
  }),
);

/** CANO7024, the category of its cause */
export const undoFailed = define<{ state: string }>(
  "CANO7024",
  "error",
  {
    title: "what a state did could not be undone",
    reason:
      "The state's `compensate` failed as often as its `compensateConfig` allows, or took too long. `cause` is what it failed with.",
  },
  ({ state }) => ({
    message: `undoing \`${state}\` failed`,
    help: "see `cause`; a `retry` policy in `compensateConfig` allows further attempts",
  }),
);

/** CANO7025, `orphaned_compensation` */
export const orphaned = define<{ state: string }>(
  "CANO7025",
  "error",
  {
    title: "nothing has undone what a state did",
    reason:
      "The time for undoing the run was up before it was this state's turn, or the workflow that was to undo it has no compensation for the state any more. The error's " +
      "`output`, which is not enumerable, is what the state's task had left for it.",
  },
  ({ state }) => ({
    message: `\`${state}\` was not undone`,
    help: "raise `compensationTimeout`, or undo the run with a version of the workflow that can",
  }),
);

/** CANO7026, `checkpoint_store` */
export const unreadableLog = define<{ run: string }>(
  "CANO7026",
  "error",
  {
    title: "the log of a run cannot be read",
    reason:
      "A stored row is not what was written, or refers to one that is missing: the database was changed by somebody else, or damaged. The run is left as it is.",
  },
  ({ run }) => ({ message: `the log of \`${run}\` cannot be read`, help: "restore the rows, or remove the run" }),
);

/** CANO7027, `configuration` */
export const badRunId = define<{ problem: string }>(
  "CANO7027",
  "error",
  {
    title: "a run id that no store could keep",
    reason:
      "Ids are texts of 1 to 512 characters, without NULs and halves of characters, since databases would refuse or change those. Nothing was written.",
  },
  ({ problem }) => ({ message: `the run id ${problem}`, help: "take a shorter text, a hash of the id for one" }),
);

/** CANO7028, `checkpoint_store` */
export const unknownRun = define<{ run: string }>(
  "CANO7028",
  "error",
  {
    title: "there is no run of this id",
    reason: "The store has no rows of the run: it was never begun, was begun by another workflow, or has been pruned.",
  },
  ({ run }) => ({ message: `there are no rows of \`${run}\``, help: "look at `runs.list()`; `orchestrate` begins a run" }),
);

/** CANO7029, `workflow_version_mismatch` */
export const versionMismatch = define<{ run: string; stored: number; expected: number }>(
  "CANO7029",
  "error",
  {
    title: "a run of another version of the workflow",
    reason:
      "The run was begun under another version, and the workflow has no migration for that, or one that says that it does not go on. It was left as it is. It can be undone " +
      "with `compensate(runId)`, whatever its version.",
  },
  ({ run, stored, expected }) => ({
    message: `\`${run}\` goes by version ${stored}, and this is version ${expected}`,
    help: "resume it with the version that it goes by, add a migration, or undo it",
  }),
);

/** CANO7030, `workflow` */
export const lostState = define<{ state: string }>(
  "CANO7030",
  "error",
  {
    title: "a run is in a state that the workflow does not have",
    reason: "The workflow was changed without raising its `version`: `cano.lock.json` was not kept, or `cano-gen` was not asked.",
  },
  ({ state }) => ({
    message: `the workflow has no state \`${state}\``,
    help: "bring the state back, or raise `version` and add a migration",
  }),
);

/** CANO7031, `workflow` */
export const migrationFailed = define<{ run: string }>(
  "CANO7031",
  "error",
  {
    title: "a run cannot be migrated",
    reason:
      "The function that migrates runs of its version and state threw, or named something that is no state with a task. The run was left as it is. `cause` is what was thrown.",
  },
  ({ run }) => ({
    message: `\`${run}\` cannot be migrated`,
    help: "see `cause`, and look at what was stored with `runs.history(runId)`",
  }),
);
