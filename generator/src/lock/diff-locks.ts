/** Compares two locks: which workflows have changed, which of the changes strand runs, and what covers those that do. Rendering is `cli/render-diff.ts`. */

import type { CodecLoss } from "../diagnostics/catalogue/migrations.js";
import { type Change, listChanges } from "./list-changes.js";
import { byText, findWorkflow, type Lock, type LockedWorkflow } from "./lock.js";
import { listLostCodecs } from "./lost-codecs.js";

/** A workflow that is not what it was. */
export interface WorkflowDiff {
  readonly name: string;
  /** Its versions; undefined where it is new, or gone. */
  readonly was: number | undefined;
  readonly is: number | undefined;
  /** The file that it was in, where it is in another one now. */
  readonly movedFrom: string | undefined;
  /** Earlier versions that are not recorded any more. */
  readonly forgotten: readonly number[];
  /** The codecs that cannot read any more what they have stored. */
  readonly lostCodecs: readonly CodecLoss[];
  /** What keeps runs from going forward as if nothing had happened; of one change, see {@link coverOf}. */
  readonly cover: Cover;
  readonly changes: readonly Change[];
}

/** `version`: they do not go forward; `migration`: they go on as that says. */
export type Cover = "none" | "version" | "migration";

/** How many changes there are of each kind. */
export interface DiffSummary {
  readonly harmless: number;
  readonly covered: number;
  readonly stranding: number;
}

/** The workflows that differ, by name. */
export function diffLocks(was: Lock, is: Lock): readonly WorkflowDiff[] {
  const names = [...new Set([...was.workflows, ...is.workflows].map(({ name }) => name))].sort(byText);
  return names.map((name) => diffWorkflow(name, findWorkflow(was, name), findWorkflow(is, name))).filter(isChanged);
}

/** Counts the changes, those of whole workflows included. */
export function summarize(diffs: readonly WorkflowDiff[]): DiffSummary {
  const changes = diffs.flatMap((diff) =>
    [...diff.changes, ...wholeChanges(diff)].map((change) => ({ strands: change.strands, cover: coverOf(diff, change) })),
  );
  return {
    harmless: changes.filter(({ strands }) => !strands).length,
    covered: changes.filter(({ strands, cover }) => strands && cover !== "none").length,
    stranding: changes.filter(({ strands, cover }) => strands && cover === "none").length,
  };
}

/** What keeps runs that `change` would strand from going forward. No migration makes readable what a codec has stored: a payload is decoded before that. */
export function coverOf({ cover }: WorkflowDiff, { kind }: Change | WholeChange): Cover {
  return kind === "codec" && cover === "migration" ? "none" : cover;
}

/** What of a workflow as a whole has changed. */
export type WholeChange = { readonly strands: boolean } & (
  | { readonly kind: "new workflow" | "gone workflow" | "raised" | "lowered" }
  | { readonly kind: "moved"; readonly from: string }
  | { readonly kind: "forgotten"; readonly version: number }
  | { readonly kind: "codec"; readonly loss: CodecLoss }
);

/** See {@link WholeChange}. */
export function wholeChanges({ was, is, movedFrom, forgotten, lostCodecs }: WorkflowDiff): readonly WholeChange[] {
  if (was === undefined) return [{ kind: "new workflow", strands: false }];
  if (is === undefined) return [{ kind: "gone workflow", strands: true }];
  const raised: readonly WholeChange[] =
    was === is ? [] : [was < is ? { kind: "raised", strands: false } : { kind: "lowered", strands: true }];
  const moved: readonly WholeChange[] = movedFrom === undefined ? [] : [{ kind: "moved", from: movedFrom, strands: false }];
  return [
    ...raised,
    ...moved,
    ...forgotten.map((version): WholeChange => ({ kind: "forgotten", version, strands: false })),
    ...lostCodecs.map((loss): WholeChange => ({ kind: "codec", loss, strands: true })),
  ];
}

function diffWorkflow(name: string, was: LockedWorkflow | undefined, is: LockedWorkflow | undefined): WorkflowDiff {
  const known = new Set([...(is?.earlier ?? []), ...(is ? [is.current] : [])].map(({ version }) => version));
  return {
    name,
    was: was?.current.version,
    is: is?.current.version,
    movedFrom: was && is && was.source !== is.source ? was.source : undefined,
    forgotten: is ? (was?.earlier ?? []).map(({ version }) => version).filter((version) => !known.has(version)) : [],
    lostCodecs: was && is ? listLostCodecs(was.current, is.current) : [],
    cover: coverOfVersion(was, is),
    changes: was && is ? listChanges(was.current, is.current) : [],
  };
}

function coverOfVersion(was: LockedWorkflow | undefined, is: LockedWorkflow | undefined): Cover {
  if (was === undefined || is === undefined || is.current.version <= was.current.version) return "none";
  return is.current.migrates.includes(was.current.version) ? "migration" : "version";
}

function isChanged(diff: WorkflowDiff): boolean {
  return diff.changes.length + wholeChanges(diff).length > 0;
}
