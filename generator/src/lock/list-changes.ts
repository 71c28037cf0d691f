/**
 * Lists how one version of a workflow differs from another, and which of the changes would strand runs that the first has left behind: a run in
 * a state, or one that has passed or ended in it, could not be gone on with, undone, or read.
 */

import type { StateKind } from "../kinds/kinds.js";
import { fits } from "../shapes/find-shape-misfit.js";
import { type Difference, differenceWords, listDifferences } from "../shapes/list-differences.js";
import { shapeText } from "../shapes/shape-text.js";
import { type Shape, simple } from "../shapes/shape.js";
import { findState, type LockedState, type LockedVersion, type Role, ROLES } from "./lock.js";

/** A change of one state. */
export type Change = { readonly state: string; readonly name: string; readonly strands: boolean } & (
  | { readonly kind: "added" | "removed"; readonly exit: boolean }
  | { readonly kind: "renamed"; readonly was: string }
  /** It has become an exit, or is none any more. */
  | { readonly kind: "end"; readonly exit: boolean }
  /** `lost`: what of a run's could not be used any more. */
  | { readonly kind: "kind"; readonly was: StateKind; readonly is: StateKind; readonly lost: "undo" | "cursor" | undefined }
  | { readonly kind: "targets"; readonly added: readonly string[]; readonly removed: readonly string[] }
  | { readonly kind: "shape"; readonly role: Role; readonly difference: Difference }
  /** What is stored and not read is something else now. */
  | { readonly kind: "unread"; readonly role: Role }
);

/** The changes from `was` to `is`, by their states. */
export function listChanges(was: LockedVersion, is: LockedVersion): readonly Change[] {
  const states = [...new Set([...was.states, ...is.states].map(({ state }) => state))].sort();
  return states.flatMap((state): readonly Change[] => {
    const before = findState(was, state);
    const after = findState(is, state);
    if (before !== undefined && after !== undefined) return listStateChanges(before, after);
    if (before !== undefined) return [{ ...whichOf(before), kind: "removed", exit: before.kind === "exit", strands: true }];
    return after ? [{ ...whichOf(after), kind: "added", exit: after.kind === "exit", strands: false }] : [];
  });
}

/** The changes of one state. */
export function listStateChanges(was: LockedState, is: LockedState): readonly Change[] {
  const which = whichOf(is);
  const renamed: readonly Change[] = was.name === is.name ? [] : [{ ...which, kind: "renamed", was: was.name, strands: false }];
  if ((was.kind === "exit") !== (is.kind === "exit"))
    return [...renamed, { ...which, kind: "end", exit: is.kind === "exit", strands: true }];
  return [
    ...renamed,
    ...kindChanges(was, is),
    ...targetChanges(was, is),
    ...ROLES.flatMap((role) => shapeChanges(was, is, role)),
  ];
}

function kindChanges(was: LockedState, is: LockedState): readonly Change[] {
  if (was.kind === is.kind) return [];
  const lost = lostWith(was.kind);
  return [{ ...whichOf(is), kind: "kind", was: was.kind, is: is.kind, lost, strands: lost !== undefined }];
}

// What no other kind of task could do anything with.
function lostWith(kind: StateKind): "undo" | "cursor" | undefined {
  if (kind === "compensatable") return "undo";
  return kind === "stepped" || kind === "stream" ? "cursor" : undefined;
}

function targetChanges(was: LockedState, is: LockedState): readonly Change[] {
  const added = is.targets.filter((target) => !was.targets.includes(target));
  const removed = was.targets.filter((target) => !is.targets.includes(target));
  return added.length + removed.length === 0 ? [] : [{ ...whichOf(is), kind: "targets", added, removed, strands: false }];
}

function shapeChanges(was: LockedState, is: LockedState, role: Role): readonly Change[] {
  // With its kind, all that there was of it has changed.
  if ((role === "cursor" || role === "undo") && was.kind !== is.kind) return [];
  const found = withUnread(differencesOf(was[role], is[role], role), was.unread[role], is[role]);
  if (found.length === 0 && textOf(was.unread[role]) !== textOf(is.unread[role]))
    return [{ ...whichOf(is), kind: "unread", role, strands: false }];
  return found.map((difference) => ({
    ...whichOf(is),
    kind: "shape",
    role,
    difference,
    strands: !difference.fits,
  }));
}

function textOf(shape: Shape | undefined): string {
  return shape === undefined ? "" : shapeText(shape);
}

/** Where what was stored for a state does not fit what is taken of it; of one that took nothing, `undefined` was stored. */
export function listMisfits(was: LockedState, role: Role, taken: Shape): readonly Difference[] {
  const found = listDifferences(was[role] ?? simple("undefined"), taken);
  return withUnread(found, was.unread[role], taken).filter((difference) => !difference.fits);
}

// What nobody has read yet does no harm unless it is taken as something else.
function withUnread(found: readonly Difference[], unread: Shape | undefined, taken: Shape | undefined): readonly Difference[] {
  const told = new Set(found.map(differenceWords));
  const more = unread && taken ? listDifferences(unread, taken) : [];
  return [...found, ...more.filter((difference) => !difference.fits && !told.has(differenceWords(difference)))];
}

function differencesOf(stored: Shape | undefined, taken: Shape | undefined, role: Role): readonly Difference[] {
  if (stored !== undefined && taken !== undefined) return listDifferences(stored, taken);
  if (stored !== undefined) return [{ path: "", was: stored, is: undefined, fits: true }];
  if (taken === undefined) return [];
  // Of a state that took nothing, nothing is stored; a task that has not begun has no cursor.
  return [{ path: "", was: undefined, is: taken, fits: role === "cursor" || fits(simple("undefined"), taken) }];
}

function whichOf({ state, name }: LockedState): { readonly state: string; readonly name: string } {
  return { state, name };
}
