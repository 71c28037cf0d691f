/** Tells how generated modules see what is bound: by the workflow's own type, in which a declared type may hide what was read. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, propertyType } from "../compiler.js";
import { unionParts } from "../data/find-type-misfit.js";

/** The type of `tasks` as the workflow that a call makes has it; undefined where it is declared as something without. */
export function seenTasks(compiler: Compiler, call: ts.CallExpression): ts.Type | undefined {
  const { parent, arguments: given } = call;
  // What a call with a type error returns says nothing of its argument.
  const seen = ts.isVariableDeclaration(parent) && parent.type ? parent.name : given[0];
  return seen && propertyType(compiler, compiler.checker.getTypeAtLocation(seen), "tasks");
}

/**
 * The part of the type by which tasks are seen that does not tell what one of them is; undefined where all of it does. `read` are the types of
 * what was read, those of classes as their instances'.
 */
export function hidingType(compiler: Compiler, seen: ts.Type | undefined, read: readonly ts.Type[]): ts.Type | undefined {
  if (seen === undefined) return undefined;
  const tells = (part: ts.Type): boolean => {
    const instance = part.getConstructSignatures()[0]?.getReturnType() ?? part;
    return read.some((type) => compiler.checker.isTypeAssignableTo(instance, type));
  };
  return unionParts(seen).every(tells) ? undefined : seen;
}
