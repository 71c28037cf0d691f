/** Codes 5xxx up to CANO5004: durable workflows that have changed since they were recorded. Migrations are `migrations.ts`. */

import type { StateKind } from "../../kinds/kinds.js";
import { define } from "./define.js";
import { kindWords } from "./wording.js";

/** Why a run cannot go on in its state. `difference` says where and how two shapes differ. */
export type Unusable =
  | { readonly kind: "lost state" | "now an exit" }
  | { readonly kind: "lost cursor"; readonly was: StateKind; readonly is: StateKind }
  | { readonly kind: "input" | "cursor"; readonly difference: string };

/** What of a workflow no longer goes together with what runs have stored. */
export type Stranding =
  | Unusable
  | { readonly kind: "lost exit" | "no exit" | "lost undo" }
  | { readonly kind: "undo" | "output"; readonly difference: string };

/** CANO5001 */
export const strandedRuns = define<{ workflow: string; version: number; state: string; problem: Stranding }>(
  "CANO5001",
  "error",
  {
    title: "a change that could strand stored runs, without a new version",
    reason:
      "A stored run is resumed by whatever code is there then. What a state takes, how far it has come, what undoes it and what an exit was handed is stored under the version that " +
      "`cano.lock.json` records. A change that what is stored does not fit would be noticed by the first run that is resumed; a new `version` keeps such runs from going forward.",
  },
  ({ workflow, version, state, problem }) => ({
    message: strandingMessage(workflow, version, state, problem),
    help: `raise \`version\` to ${version + 1}: runs of version ${version} then go forward only as \`migrations\` says`,
  }),
);

function strandingMessage(workflow: string, version: number, state: string, problem: Stranding): string {
  const runs = `runs of version ${version}`;
  switch (problem.kind) {
    case "lost state":
      return `\`${workflow}\` has no state \`${state}\` any more, but ${runs} may be in it`;
    case "lost exit":
      return `\`${workflow}\` has no exit \`${state}\` any more, but ${runs} may have ended in it`;
    case "now an exit":
      return `\`${state}\` has become an exit, but ${runs} may be in it`;
    case "no exit":
      return `\`${state}\` is no exit any more, but ${runs} may have ended in it`;
    case "lost undo":
      return `\`${state}\` cannot be undone any more, but ${runs} may have to undo it`;
    case "lost cursor":
      return `\`${state}\` was ${kindWords(problem.was)} and is ${kindWords(problem.is)}, but ${runs} have come to a cursor in it`;
    case "input":
      return `what \`${state}\` takes does not fit what ${runs} have stored: ${problem.difference}`;
    case "cursor":
      return `the cursor that \`${state}\` takes does not fit what ${runs} have stored: ${problem.difference}`;
    case "undo":
      return `what the compensation of \`${state}\` takes does not fit what ${runs} have stored: ${problem.difference}`;
    case "output":
      return `the output of the exit \`${state}\` is not what ${runs} have stored: ${problem.difference}`;
  }
}

/** CANO5002 */
export const loweredVersion = define<{ version: number; recorded: number }>(
  "CANO5002",
  "error",
  {
    title: "a version below the recorded one",
    reason:
      "Versions only rise: a number that was used once stands for what was stored under it. With a lower one, new runs would be taken for old ones.",
  },
  ({ version, recorded }) => ({
    message: `the \`version\` ${version} is below ${recorded}, which is recorded in \`cano.lock.json\``,
    help: `write ${recorded} or more; if version ${recorded} was never in use, take \`cano.lock.json\` back to what it was before`,
  }),
);

/** CANO5003 */
export const goneWorkflow = define<{ workflow: string; source: string }>(
  "CANO5003",
  "error",
  {
    title: "a recorded durable workflow that the project does not have any more",
    reason:
      "Stored runs belong to their workflow by its name. When it is gone, called otherwise or no longer durable, nothing can resume them or undo what they did.",
  },
  ({ workflow, source }) => ({
    message: `there is no durable workflow \`${workflow}\` any more, but runs of it may be stored; it was in \`${source}\``,
    help: "give it back its `name` if it is called otherwise now; remove its entry here if no run of it is left",
  }),
);

/** CANO5004 */
export const unreadableLock = define<{
  path: string;
  problem: "conflict" | "repeated" | "newer" | "broken" | "closed";
  why: string;
}>(
  "CANO5004",
  "error",
  {
    title: "a lock that cannot be read",
    reason:
      "Whether a change would strand stored runs is told by what `cano.lock.json` has recorded of the versions before it. Without that nothing can be said, and writing it anew would " +
      "forget them. Nothing was written.",
  },
  ({ path, problem, why }) => ({ message: `\`${path}\` ${why}`, help: CURES[problem] }),
);

const CURES = {
  conflict: "keep what both sides have recorded, or the side that is in use, and run `cano-gen` again",
  repeated: "keep one of them, that of the side that is in use, and run `cano-gen` again",
  newer: "use the version of cano-gen that wrote it, or a newer one",
  broken: "take it back from version control; only `cano-gen` writes it, but for entries that are removed",
  closed: "make it readable",
} as const;
