/** Checks that the workflows of one file can share a generated module. The only check that looks at several machines. */

import { collidingNames } from "../diagnostics/catalogue/bindings.js";
import type { Report } from "../diagnostics/diagnostic.js";
import type { Draft } from "../model/draft.js";
import { pascalCase } from "../model/pascal-case.js";

/**
 * The names in a generated module are made from the workflow's: two workflows of one file must not make the same.
 *
 * Breaks it: `export const order = workflow({…})` and `export const Order = workflow({…})` in one file.
 */
export function checkNames(draft: Draft, earlier: readonly Draft[], report: Report): void {
  const identifier = pascalCase(draft.name);
  const other = earlier.find(({ file, name }) => file === draft.file && pascalCase(name) === identifier);
  if (other === undefined) return;
  report(
    collidingNames(
      draft.span,
      { name: draft.name, identifier },
      { notes: [{ message: `the workflow \`${other.name}\` is here`, span: other.span }] },
    ),
  );
}
