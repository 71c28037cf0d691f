/** Renders what `cano-gen diff` has found, for people and for tools. */

import { codecWords } from "../diagnostics/catalogue/migrations.js";
import { kindWords, listed } from "../diagnostics/catalogue/wording.js";
import { coverOf, type DiffSummary, summarize, type WholeChange, wholeChanges, type WorkflowDiff } from "../lock/diff-locks.js";
import { encodeShape } from "../lock/encode-shape.js";
import type { Change } from "../lock/list-changes.js";
import { differenceWords } from "../shapes/list-differences.js";

/** What `--format json` prints. Members may be added under the same `version`, none is removed or changes its meaning. */
export interface JsonDiff {
  readonly version: 1;
  readonly workflows: readonly {
    readonly name: string;
    /** Versions; null where the workflow is new, or gone. */
    readonly was: number | null;
    readonly is: number | null;
    readonly changes: readonly JsonChange[];
  }[];
  readonly summary: DiffSummary;
}

/** One change. `state` is the value as it is stored, `name` the member's; both are null for what concerns the workflow as a whole. */
export interface JsonChange {
  readonly state: string | null;
  readonly name: string | null;
  readonly change: string;
  readonly text: string;
  readonly strands: boolean;
  readonly coveredBy: "version" | "migration" | null;
  /** Of a payload: which one, the place in it, and what it was and is there, as in the lock; null where it was or is not. */
  readonly payload?: { readonly role: string; readonly path: string; readonly was: unknown; readonly is: unknown };
}

/** Renders the workflows that differ, each with its states and their changes. */
export function renderDiff(diffs: readonly WorkflowDiff[]): string {
  if (diffs.length === 0) return "nothing has changed\n";
  return `${diffs.map(renderWorkflow).join("\n")}\n${summaryWords(summarize(diffs), curesOf(diffs))}\n`;
}

/** The same as indented JSON. */
export function renderJsonDiff(diffs: readonly WorkflowDiff[]): string {
  const report: JsonDiff = {
    version: 1,
    workflows: diffs.map((diff) => ({
      name: diff.name,
      was: diff.was ?? null,
      is: diff.is ?? null,
      changes: [
        ...wholeChanges(diff).map((change): JsonChange => ({
          state: null,
          name: null,
          ...jsonOf(diff, change, wholeWords(diff, change)),
        })),
        ...diff.changes.map((change) => ({
          state: change.state,
          name: change.name,
          ...jsonOf(diff, change, changeWords(change)),
          ...payloadOf(change),
        })),
      ],
    })),
    summary: summarize(diffs),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function jsonOf(diff: WorkflowDiff, change: Change | WholeChange, text: string): Omit<JsonChange, "state" | "name"> {
  const { kind, strands } = change;
  const cover = coverOf(diff, change);
  return { change: kind, text, strands, coveredBy: strands && cover !== "none" ? cover : null };
}

function payloadOf(change: Change): Pick<JsonChange, "payload"> {
  if (change.kind !== "shape") return {};
  const { path, was, is } = change.difference;
  return { payload: { role: change.role, path, was: was ? encodeShape(was) : null, is: is ? encodeShape(is) : null } };
}

// As wide as the widest mark.
const MARK = 22;

function renderWorkflow(diff: WorkflowDiff): string {
  const lines = [diff.name, ...wholeChanges(diff).map((change) => `  ${markOf(diff, change)}${wholeWords(diff, change)}`)];
  let state: string | undefined;
  for (const change of diff.changes) {
    if (change.state !== state) lines.push(`  ${change.name}`);
    state = change.state;
    lines.push(`    ${markOf(diff, change)}${changeWords(change)}`);
  }
  return `${lines.join("\n")}\n`;
}

function markOf(diff: WorkflowDiff, change: Change | WholeChange): string {
  const mark = change.strands
    ? { none: "strands runs", version: "strands, new version", migration: "strands, migrated" }[coverOf(diff, change)]
    : "harmless";
  return mark.padEnd(MARK);
}

function wholeWords({ was, is }: WorkflowDiff, change: WholeChange): string {
  switch (change.kind) {
    case "new workflow":
      return "it is new";
    case "gone workflow":
      return "it is gone, is called otherwise, or is not durable any more";
    case "raised":
      return `version ${was} is version ${is} now`;
    case "lowered":
      return `version ${was} is version ${is} now, a lower one`;
    case "moved":
      return `it was in ${change.from}`;
    case "forgotten":
      return `version ${change.version} is not recorded any more`;
    case "codec":
      return `its codec ${codecWords(change.loss)}`;
  }
}

function changeWords(change: Change): string {
  switch (change.kind) {
    case "added":
      return change.exit ? "is a new exit" : "is a new state";
    case "removed":
      return change.exit ? "is gone, an exit" : "is gone";
    case "renamed":
      return `was called ${change.was}`;
    case "end":
      return change.exit ? "has become an exit" : "is no exit any more";
    case "kind":
      return `was ${kindWords(change.was)}, is ${kindWords(change.is)}`;
    case "targets":
      return [
        ...(change.added.length > 0 ? [`leads to ${listed(change.added)}, too`] : []),
        ...(change.removed.length > 0 ? [`does not lead to ${listed(change.removed)} any more`] : []),
      ].join(", and ");
    case "shape":
      return `${change.role}: ${differenceWords(change.difference)}`;
    case "unread":
      return `${change.role}: what is stored beyond what is taken has changed`;
  }
}

/** What keeps stored runs going, in the order in which they are tried. */
function curesOf(diffs: readonly WorkflowDiff[]): readonly string[] {
  const stranding = diffs.filter((diff) => summarize([diff]).stranding > 0);
  return [
    ...(stranding.some(({ cover }) => cover === "none") ? ["raise `version`"] : []),
    // Those of the version before go on, and need it.
    ...(stranding.some(({ cover }) => cover === "migration") ? ["keep the codec"] : []),
  ];
}

function summaryWords({ harmless, covered, stranding }: DiffSummary, cures: readonly string[]): string {
  const parts = [
    ...(stranding > 0 ? [`${counted(stranding)} would strand stored runs: ${cures.join(", ")}`] : []),
    ...(covered > 0 ? [`${counted(covered)} would strand stored runs, but for the new version`] : []),
    ...(harmless > 0 ? [`${counted(harmless)} ${harmless === 1 ? "is" : "are"} harmless`] : []),
  ];
  return parts.join("; ");
}

function counted(count: number): string {
  return count === 1 ? "1 change" : `${count} changes`;
}
