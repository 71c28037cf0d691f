/** Writes the types of texts that follow a pattern, whatever names they were declared under. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, typeText } from "../compiler.js";

/** The text of a template literal type, or of one like `Uppercase<string>`; undefined for any other. */
export function patternText(compiler: Compiler, type: ts.Type): string | undefined {
  if (type.flags & ts.TypeFlags.TemplateLiteral) {
    const { texts, types } = type as ts.TemplateLiteralType;
    const [first = "", ...more] = texts.map((text) => text.replaceAll(/[`\\]|\$\{/g, "\\$&"));
    return `\`${first}${types.map((part, place) => `\${${partText(compiler, part)}}${more[place] ?? ""}`).join("")}\``;
  }
  if (!(type.flags & ts.TypeFlags.StringMapping)) return undefined;
  const { symbol, type: mapped } = type as ts.StringMappingType;
  return `${symbol.name}<${partText(compiler, mapped)}>`;
}

// A primitive type; one with a brand has a name that says nothing, and so has a type parameter.
function partText(compiler: Compiler, type: ts.Type): string {
  const bare = type.isIntersection() ? type.types.find(({ flags }) => !(flags & ts.TypeFlags.Object)) : undefined;
  const part = bare ?? type;
  const pattern = patternText(compiler, part);
  return pattern ?? typeText(compiler, compiler.checker.getBaseConstraintOfType(part) ?? part);
}
