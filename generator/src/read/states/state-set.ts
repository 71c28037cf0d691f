/** A state set while it is being read: its members by declaration and by value. Reading it from source is `read-states.ts`. */

import { ts } from "../../../typescript/index.cjs";
import type { StatesReading } from "../reading.js";

/** A state set with what tells its members from others. */
export interface StateSet {
  readonly reading: StatesReading;
  /** Members by the node that declares them: the enum member or the property. A member belongs by its declaration, not by its value. */
  readonly declared: ReadonlyMap<ts.Node, number>;
  /** The enum, object or tuple itself. */
  readonly root: ts.Node;
  /** Whether a literal of a member's value is that member: in objects and tuples of literals it is, in enums it is not. */
  readonly literals: boolean;
}

/** The value of a literal in the place of a state, a negative number's included. */
export function literalValue(node: ts.Node): string | number | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  const isNegative = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken;
  return isNegative && ts.isNumericLiteral(node.operand) ? -Number(node.operand.text) : undefined;
}

/** The member with a value. */
export function memberByValue(set: StateSet, value: string | number): number | undefined {
  const index = set.reading.members.findIndex((member) => member.value === value);
  return index < 0 ? undefined : index;
}

/** The member that a symbol stands for, by any of its declarations. */
export function memberBySymbol(set: StateSet, symbol: ts.Symbol | undefined): number | undefined {
  for (const declaration of symbol?.declarations ?? []) {
    const index = set.declared.get(declaration);
    if (index !== undefined) return index;
  }
  return undefined;
}
