/** Tells whether only its own class can reach a member. */

import { ts } from "../../../typescript/index.cjs";

/** Whether a member is private or protected, by its name or by its modifiers. */
export function isHidden({ valueDeclaration }: ts.Symbol): boolean {
  if (valueDeclaration === undefined) return false;
  const name = ts.getNameOfDeclaration(valueDeclaration);
  if (name && ts.isPrivateIdentifier(name)) return true;
  return (ts.getCombinedModifierFlags(valueDeclaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0;
}
