/** Reads a name that may have to be written in another way. */

import { ts } from "../../../typescript/index.cjs";
import type { NameReading } from "../config-reading.js";
import { spanOf } from "../span-of.js";

/** A name with where it is written down. */
export function readName(name: string, node: ts.Node): NameReading {
  return {
    name,
    span: spanOf(node),
    isShorthand: ts.isShorthandPropertyAssignment(node.parent),
    besides: namesIn(node.parent.parent),
  };
}

function namesIn(list: ts.Node): readonly string[] {
  if (!ts.isObjectLiteralExpression(list)) return [];
  return list.properties.flatMap(({ name }) => (name && "text" in name ? [name.text] : []));
}
