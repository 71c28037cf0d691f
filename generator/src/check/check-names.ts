/** Checks that workflows do not stand in each other's way by their names. The only check that looks at several machines. */

import { collidingNames } from "../diagnostics/catalogue/bindings.js";
import { sameName } from "../diagnostics/catalogue/durability.js";
import type { Note, Report } from "../diagnostics/diagnostic.js";
import type { Draft } from "../model/draft.js";
import { exportedNames } from "../model/generated-names.js";

/**
 * The names in a generated module are made from the workflow's: two workflows of one file must not make the same. Stored runs belong to their
 * workflow by its name: two durable workflows of one project must not have the same. `earlier` are the machines before this one.
 *
 * Breaks it: `export const order = workflow({…})` and `export const Order = workflow({…})` in one file, or `HTTPCall` and `httpCall`, which both
 * make `httpCallGraph`; `export const order = workflow({…, durable: true })` in each of two files.
 */
export function checkNames(draft: Draft, earlier: readonly Draft[], report: Report): void {
  const own = exportedNames(draft.name);
  const colliding = earlier
    .filter(({ file }) => file === draft.file)
    .flatMap((other) =>
      own.filter((name) => exportedNames(other.name).includes(name)).map((exported) => ({ other, exported })),
    )[0];
  const sharing = earlier.find((other) => isStored(other) && isStored(draft) && other.name === draft.name);
  if (sharing !== undefined)
    report(sameName(draft.span, { name: draft.name, of: "this project" }, { notes: [placeOf(sharing)] }));
  // Of two mistakes with one cure the graver one is told.
  else if (colliding !== undefined) {
    const { other, exported } = colliding;
    report(collidingNames(draft.span, { name: draft.name, exported }, { notes: [placeOf(other)] }));
  }
}

/**
 * Configurations in one folder share a lock, in which a workflow has its name alone. `holder` is the source, an absolute path, that another project has and
 * that the workflow of this name is recorded of.
 *
 * Breaks it: `export const order = workflow({…, durable: true })` in a file of each of two such projects.
 */
export function reportHeldName({ name, span }: Draft, holder: string, report: Report): void {
  const note = { message: `the workflow \`${name}\` is in this file`, span: { file: holder, start: 0, end: 0 } };
  report(sameName(span, { name, of: "another project with the same lock" }, { notes: [note] }));
}

function isStored({ durability }: Draft): boolean {
  return durability.durable;
}

function placeOf({ name, span }: Draft): Note {
  return { message: `the workflow \`${name}\` is here`, span };
}
