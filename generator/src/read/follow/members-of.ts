/** Lists what an object or array literal holds, spreads of constants included. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { followConstant } from "./follow-constant.js";

/** A property of an object literal; `value` is undefined for methods and accessors. */
export interface Member {
  readonly name: ts.PropertyName;
  readonly value: ts.Expression | undefined;
  /** The property as a whole. */
  readonly node: ts.ObjectLiteralElementLike;
}

/** A spread that is no constant. */
export interface Refusal {
  readonly node: ts.Node;
  readonly why: string;
}

/** The properties of an object literal in order, spreads of constants put in their place. */
export function membersOf(compiler: Compiler, object: ts.ObjectLiteralExpression): { members: Member[]; refused: Refusal[] } {
  const members: Member[] = [];
  const refused: Refusal[] = [];
  for (const node of object.properties) {
    if (!ts.isSpreadAssignment(node)) {
      members.push({ name: node.name, value: valueOf(node), node });
      continue;
    }
    const source = followConstant(compiler, node.expression);
    if (source.kind === "value" && ts.isObjectLiteralExpression(source.node)) {
      const inner = membersOf(compiler, source.node);
      members.push(...inner.members);
      refused.push(...inner.refused);
    } else {
      refused.push({
        node: node.expression,
        why: source.kind === "refused" ? source.why : "what it spreads is no object literal",
      });
    }
  }
  return { members, refused };
}

/** The elements of an array literal in order, spreads of constants put in their place. */
export function elementsOf(
  compiler: Compiler,
  array: ts.ArrayLiteralExpression,
): { elements: ts.Expression[]; refused: Refusal[] } {
  const elements: ts.Expression[] = [];
  const refused: Refusal[] = [];
  for (const node of array.elements) {
    if (!ts.isSpreadElement(node)) {
      elements.push(node);
      continue;
    }
    const source = followConstant(compiler, node.expression);
    if (source.kind === "value" && ts.isArrayLiteralExpression(source.node)) {
      const inner = elementsOf(compiler, source.node);
      elements.push(...inner.elements);
      refused.push(...inner.refused);
    } else {
      refused.push({
        node: node.expression,
        why: source.kind === "refused" ? source.why : "what it spreads is no array literal",
      });
    }
  }
  return { elements, refused };
}

/** The property of an object literal that counts at run time: the last one of that name. */
export function findMember(compiler: Compiler, object: ts.ObjectLiteralExpression, name: string): Member | undefined {
  return membersOf(compiler, object).members.findLast((member) => keyText(compiler, member.name) === name);
}

/** The text of a property's name, computed names of a literal type included. */
export function keyText(compiler: Compiler, name: ts.PropertyName): string | undefined {
  if (!ts.isComputedPropertyName(name)) return name.text;
  const type = compiler.checker.getTypeAtLocation(name.expression);
  return type.isStringLiteral() || type.isNumberLiteral() ? String(type.value) : undefined;
}

function valueOf(node: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isPropertyAssignment(node)) return node.initializer;
  return ts.isShorthandPropertyAssignment(node) ? node.name : undefined;
}
