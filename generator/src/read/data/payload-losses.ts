/** What a durable workflow stores besides what is handed over, and does not survive that: inputs, what undoes a task, what branches return. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, typeText } from "../compiler.js";
import type { JsonLoss, PayloadLoss } from "../data-reading.js";
import type { Span } from "../../diagnostics/diagnostic.js";
import { findJsonLoss } from "./find-json-loss.js";
import { unionParts } from "./find-type-misfit.js";
import type { Input } from "./input-of.js";
import { undoOutputs } from "./left-behind.js";

/** What is stored for one state. */
export interface StoredTypes {
  /** The state's name. */
  readonly state: string;
  readonly inputs: readonly Input[];
  /** What the method of a compensatable task may return that runs it, and the place of what its compensation takes. */
  readonly undoable: { readonly returned: readonly ts.Type[]; readonly span: Span } | undefined;
  /** What the branches of a split return, and their place. */
  readonly branches: { readonly values: readonly ts.Type[]; readonly span: Span } | undefined;
}

/** The losses of the payloads of a state, each of them once. */
export function findPayloadLosses(
  compiler: Compiler,
  { state, inputs, undoable, branches }: StoredTypes,
): readonly PayloadLoss[] {
  const found: PayloadLoss[] = [];
  const look = (role: PayloadLoss["role"], type: ts.Type, span: Span): void => {
    const loss = (role === "undo" ? lossOfRequired : lossOf)(compiler, type, span);
    const isKnown = found.some((known) => known.role === role && known.path === loss?.path && known.type === loss.type);
    if (loss !== undefined && !isKnown) found.push({ ...loss, role, state });
  };
  for (const { type, reading } of inputs) if (type && reading.kind === "typed") look("input", type, reading.span);
  if (undoable)
    for (const output of undoable.returned.flatMap((type) => undoOutputs(compiler, type))) look("undo", output, undoable.span);
  for (const value of branches?.values ?? []) if (branches) look("branch", value, branches.span);
  return found;
}

/** Why values of a type would not survive being stored. */
export function lossOf(compiler: Compiler, type: ts.Type, span: Span): JsonLoss | undefined {
  const loss = findJsonLoss(compiler, type);
  return loss && { path: loss.path, type: typeText(compiler, loss.type), why: loss.why, span };
}

/** The same of a value that has to be there: of `undefined`, nothing would be stored. */
export function lossOfRequired(compiler: Compiler, type: ts.Type, span: Span): JsonLoss | undefined {
  if (unionParts(type).every(({ flags }) => !(flags & ts.TypeFlags.VoidLike))) return lossOf(compiler, type, span);
  return { path: "", type: typeText(compiler, type), why: "may be undefined, of which nothing is stored", span };
}
