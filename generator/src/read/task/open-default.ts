/** Finds what a bound class takes by the default of a type parameter, which the type of the class does not tell. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { parameterType } from "../data/input-of.js";
import type { BoundMethod } from "../follow/bound-method.js";

/**
 * The type parameter of a bare generic class whose default decides what is given to one of its methods; undefined where there is none. Generated modules see
 * an instance by the class's type, in which a type parameter is what it extends, while `new` without type arguments takes the default.
 */
export function openDefault(
  compiler: Compiler,
  expression: ts.Expression,
  calls: readonly { readonly method: BoundMethod; readonly context: number }[],
): string | undefined {
  const { checker } = compiler;
  const [signature] = checker.getTypeAtLocation(expression).getConstructSignatures();
  const open = (signature?.typeParameters ?? []).filter((parameter) => {
    const preset = parameter.getDefault();
    return preset !== undefined && preset !== (parameter.getConstraint() ?? checker.getUnknownType());
  });
  if (open.length === 0) return undefined;
  const given = calls.flatMap(({ method, context }) =>
    [0, context].flatMap((at) => parameterType(compiler, method.signature, at) ?? []),
  );
  const named = new Set(
    given.flatMap((type) => namesIn(checker.typeToTypeNode(type, undefined, ts.NodeBuilderFlags.NoTruncation))),
  );
  return open.map(({ symbol }) => symbol.name).find((name) => named.has(name));
}

function namesIn(node: ts.Node | undefined): readonly string[] {
  if (node === undefined) return [];
  // Members, and what stands behind a dot, may have the name of a type parameter, too.
  const names: string[] = ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) ? [node.typeName.text] : [];
  ts.forEachChild(node, (child) => void names.push(...namesIn(child)));
  return names;
}
