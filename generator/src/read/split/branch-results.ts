/** Finds branches that return where to go, which is for tasks that are bound to a state: of a branch it would be data. */

import { ts } from "../../../typescript/index.cjs";
import { BRANCH_KINDS } from "../../kinds/task-kinds.js";
import { canoTypeName } from "../cano-export.js";
import { type Compiler, typeText } from "../compiler.js";
import type { WrongResult } from "../data-reading.js";
import { unionParts } from "../data/find-type-misfit.js";
import { spanOf } from "../span-of.js";
import { memberBySymbol, type StateSet } from "../states/state-set.js";
import { type BoundTask, onlyShape } from "../task/bound-task.js";

const MADE: readonly string[] = ["To", "Undoable", "Pending", "More"];

/** What a branch returns that is a transition, or a member of the machine's own states where nobody takes what branches return. */
export function findTransitions(compiler: Compiler, task: BoundTask, set: StateSet, isTaken: boolean): readonly WrongResult[] {
  const shape = onlyShape(task);
  return (shape?.calls ?? []).flatMap(({ name, names, method }): readonly WrongResult[] => {
    if (!names || shape === undefined || shape.kind === "compensatable" || !BRANCH_KINDS.includes(shape.kind)) return [];
    const returned = method.signature.getReturnType();
    const given = compiler.checker.getAwaitedType(returned) ?? returned;
    const parts = unionParts(given);
    const wrong = parts.find((part) => {
      const made = canoTypeName(compiler, part);
      if (made !== undefined && MADE.includes(made)) return made !== shape.besides;
      return !isTaken && (part.flags & ts.TypeFlags.EnumLiteral) !== 0 && memberBySymbol(set, part.getSymbol()) !== undefined;
    });
    if (wrong === undefined) return [];
    const lack = "names a state, and a branch has none to go to";
    const wanted = "data: where the run goes on is what `next` of the split says";
    const span = spanOf(method.nameNode ?? task.expression);
    return [
      { method: name, given: typeText(compiler, wrong.flags & ts.TypeFlags.EnumLiteral ? given : wrong), lack, wanted, span },
    ];
  });
}
