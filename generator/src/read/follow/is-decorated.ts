/** Tells whether a decorator may have put something else in the place of what is declared: of a member, or of a class that has it. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { declarationsOf } from "./declarations-of.js";

/** Whether a member of a class, or one of the classes down to that of the object that has it, has a decorator. `self`: the object. */
export function isDecorated(compiler: Compiler, member: ts.Declaration, self: ts.Type | undefined): boolean {
  const around = ts.isParameter(member) ? member.parent.parent : member.parent;
  if (!ts.isClassLike(around)) return false;
  const classes = declarationsOf(compiler, self);
  // A decorator of a class may return one that extends it: what it extends itself, is as it was.
  const below = classes.slice(0, Math.max(classes.indexOf(around), 0));
  return [member, around, ...below].some((node) => ts.canHaveDecorators(node) && ts.getDecorators(node) !== undefined);
}
