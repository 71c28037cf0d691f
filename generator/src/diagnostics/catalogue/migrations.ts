/** Codes 5xxx from CANO5005: how runs of earlier versions go on. */

import { define } from "./define.js";
import type { Unusable } from "./evolution.js";
import { kindWords, listed } from "./wording.js";

/** CANO5005 */
export const incompleteMigration = define<{
  version: number;
  missing: readonly string[];
  surplus: { readonly state: string; readonly why: "unknown" | "exit" | "no undo" } | undefined;
}>(
  "CANO5005",
  "error",
  {
    title: "a migration that does not go with the states of its version",
    reason:
      "A migration says for every state of its version, as recorded in `cano.lock.json`, how runs in it go on: `same`, `dead(why)`, or a function. One that is left out would be noticed by " +
      "the first run that was left there, and one that does not exist was meant for another.",
  },
  ({ version, missing, surplus }) => ({
    message:
      surplus === undefined
        ? `the migration of version ${version} does not say how runs in ${listed(missing)} go on`
        : surplusWords(version, surplus.state, surplus.why),
    help:
      surplus === undefined ? "add `same`, `dead(why)` or a function for each" : "remove it, or write the state that was meant",
  }),
);

function surplusWords(version: number, state: string, why: "unknown" | "exit" | "no undo"): string {
  switch (why) {
    case "unknown":
      return `version ${version} had no state \`${state}\``;
    case "exit":
      return `\`${state}\` was an exit in version ${version}: no run was left behind in it`;
    case "no undo":
      return `\`${state}\` left nothing to be undone in version ${version}`;
  }
}

/** CANO5006 */
export const foreignMigration = define<{ version: number; current: number; recorded: readonly number[] }>(
  "CANO5006",
  "error",
  {
    title: "a migration of a version that is not recorded",
    reason:
      "What a version has stored is recorded in `cano.lock.json` when it is generated, and kept there when the version is raised. A migration can only be checked against that, and only " +
      "runs of earlier versions are migrated.",
  },
  ({ version, current, recorded }) => ({
    message:
      version >= current
        ? `version ${version} is not an earlier one: this is version ${current}`
        : `nothing is recorded of version ${version}${recorded.length === 0 ? "" : `, only of ${recorded.join(", ")}`}`,
    help:
      version >= current
        ? "migrate earlier versions only, or raise `version`"
        : "take `cano.lock.json` back from version control, or run `cano-gen` on the code of that version first; remove the migration if no run of it is left",
  }),
);

/** CANO5007 */
export const notTheSame = define<{ version: number; state: string; problem: Unusable }>(
  "CANO5007",
  "error",
  {
    title: "`same` for a state that is not the same",
    reason:
      "`same` lets the task go on with what its earlier version had stored: its input, and its cursor if it has one. Both must be what it takes now.",
  },
  ({ version, state, problem }) => ({
    message: `\`${state}\` is not the same as in version ${version}: ${unusableWords(problem)}`,
    help: "write a function that makes of what was stored what a state takes now, or `dead(why)`",
  }),
);

function unusableWords(problem: Unusable): string {
  switch (problem.kind) {
    case "lost state":
      return "there is no such state any more";
    case "now an exit":
      return "it is an exit now";
    case "lost cursor":
      return `it was ${kindWords(problem.was)} with a cursor and is ${kindWords(problem.is)}`;
    case "input":
    case "cursor":
      return `its ${problem.kind} ${problem.difference}`;
  }
}

/** Where a migrated run cannot go on. The texts complete "runs in `charge` …" */
export type Astray =
  | { readonly kind: "unknown"; readonly why: string }
  | { readonly kind: "foreign"; readonly text: string; readonly states: string }
  | { readonly kind: "exit" | "no undo"; readonly target: string }
  | { readonly kind: "bare"; readonly target: string; readonly taken: string }
  | { readonly kind: "misfit"; readonly target: string; readonly path: string; readonly sent: string; readonly taken: string }
  | { readonly kind: "parameter"; readonly difference: string };

/** CANO5008 */
export const astrayMigration = define<{ version: number; state: string; problem: Astray }>(
  "CANO5008",
  "error",
  {
    title: "a migration that leads nowhere, or takes something else than what was stored",
    reason:
      "A function that migrates runs is given what the state of its version had taken, as recorded in `cano.lock.json`, and names a state with a task together with what that takes now, as a " +
      "task does. It is called when a run is resumed, long after it was written.",
  },
  ({ version, state, problem }) => ({
    message: astrayMessage(`runs of version ${version} in \`${state}\``, problem),
    help: ASTRAY_CURES[problem.kind],
  }),
);

function astrayMessage(runs: string, problem: Astray): string {
  switch (problem.kind) {
    case "unknown":
      return `where ${runs} go on cannot be told, because ${problem.why}`;
    case "parameter":
      return `the migration of ${runs} takes something else than they have stored: ${problem.difference}`;
    default:
      return `${runs} would go on in ${targetWords(problem)}`;
  }
}

function targetWords(problem: Exclude<Astray, { readonly kind: "unknown" | "parameter" }>): string {
  switch (problem.kind) {
    case "foreign":
      return `\`${problem.text}\`, which is no member of \`${problem.states}\``;
    case "exit":
      return `\`${problem.target}\`, which is an exit`;
    case "no undo":
      return `\`${problem.target}\`, which has no \`compensate\``;
    case "bare":
      return `\`${problem.target}\` without what that takes: \`${problem.taken}\``;
    case "misfit":
      return `\`${problem.target}\` with \`${problem.sent}\`${problem.path === "" ? "" : ` at \`${problem.path}\``}, but that takes \`${problem.taken}\``;
  }
}

const ASTRAY_CURES: Readonly<Record<Astray["kind"], string>> = {
  unknown: "return members of the state set, or `to(state, input)`",
  foreign: "return members of the state set, or `to(state, input)`",
  exit: "let it go on in a state with a task, or write `dead(why)`: an exit would have to be reached by a task",
  "no undo": "name a state whose task has a `compensate`",
  bare: "return `to(…)` with the input",
  misfit: "hand over what its task takes",
  parameter: "let it take what `cano.lock.json` has recorded of that version",
};

/** Why something cannot be undone; `by` is the state whose compensation would have to. */
export type UndoProblem =
  { readonly kind: "gone" } | { readonly kind: "undo" | "input"; readonly by: string; readonly difference: string } | Astray;

/** CANO5009 */
export const lostUndo = define<{
  version: number;
  state: string;
  /** The version as which such a run may go on meanwhile. */
  by: number | undefined;
  problem: UndoProblem;
}>(
  "CANO5009",
  "error",
  {
    title: "what a migrated run has done cannot be undone",
    reason:
      "A run that goes on in another version still has what it did under its own: when it fails, the compensation of the state of the same name is given what was left then, or what `undo` " +
      "makes of it, and told what the state had taken. Both must be what that compensation takes now.",
  },
  ({ version, state, by, problem }) => ({
    message: `what \`${state}\` ${problem.kind === "undo" || problem.kind === "parameter" ? "left" : "did"} under version ${version}${by === undefined ? "" : `, in runs that go on as version ${by},`} ${undoWords(problem)}`,
    help:
      problem.kind === "input"
        ? "let that compensation take its input as it was stored, or do without it: `undo` does not change it"
        : `say in \`undo\` of the migration of version ${version} what undoes it now: \`${state}: (output) => to(state, …)\``,
  }),
);

/** What has become of a codec. */
export type CodecLoss = { readonly codec: string } & (
  | { readonly kind: "gone" }
  /** It was one that `cano` has, and is another of these. */
  | { readonly kind: "other"; readonly was: string; readonly is: string }
  /** `difference` says where and how what it encodes to differs. */
  | { readonly kind: "encoded"; readonly difference: string }
);

/** CANO5010 */
export const lostCodec = define<{ workflow: string; version: number; loss: CodecLoss; isCurrent: boolean }>(
  "CANO5010",
  "error",
  {
    title: "a codec that cannot read what runs have stored with it",
    reason:
      "What a codec has stored names that codec, and whatever is stored is read as a whole: where that codec is gone, or decodes something else, a run that has such a value in its log " +
      "cannot be resumed or undone, nor can its result be given, whether or not anybody still takes the value itself.",
  },
  ({ workflow, version, loss, isCurrent }) => ({
    message: `the codec ${codecWords(loss)}, but runs of \`${workflow}\` of version ${version} may have stored something with it`,
    help: isCurrent
      ? `keep it as it was, or raise \`version\` to ${version + 1}`
      : `keep it as it was for as long as runs that began as version ${version} are left`,
  }),
);

/** What has become of a codec; follows "the codec". */
export function codecWords(loss: CodecLoss): string {
  switch (loss.kind) {
    case "gone":
      return `\`${loss.codec}\` is gone`;
    case "other":
      return `\`${loss.codec}\` was \`${loss.was}\` and is \`${loss.is}\``;
    case "encoded":
      return `\`${loss.codec}\` decodes something else: ${loss.difference}`;
  }
}

function undoWords(problem: UndoProblem): string {
  switch (problem.kind) {
    case "gone":
      return "is undone by nothing any more";
    case "undo":
      return `does not fit what the compensation of \`${problem.by}\` takes: ${problem.difference}`;
    case "input":
      return `would be undone by \`${problem.by}\`, whose compensation is told an input that it does not take: ${problem.difference}`;
    case "unknown":
      return `is undone by what cannot be told, because ${problem.why}`;
    case "parameter":
      return `is not what its \`undo\` takes: ${problem.difference}`;
    default:
      return `would be undone by ${targetWords(problem)}`;
  }
}
