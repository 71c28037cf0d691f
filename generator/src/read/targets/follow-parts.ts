/** Follows the parts of object and array literals: what stands there, what is written to them, and whether anybody else may write. */

import { ts } from "../../../typescript/index.cjs";
import { isImplementation } from "../follow/bound-method.js";
import { type Handling, handlingByMethods, handlingOf } from "../uses/handling-of.js";
import { literalKeys } from "../uses/literal-keys.js";
import { isFixed } from "../uses/use-of.js";
import { selfAt } from "./called-by.js";
import { narrowed, withLeftOut } from "./compiler-view.js";
import { enter, type Follow, type Leaf, openLeaf, placeOf, type Trace } from "./leaf.js";
import { mistakeIn } from "./mistake-in.js";
import { type Objects, objectsIn, objectsOf, type Part, partsOf } from "./objects-of.js";
import { returnedBy } from "./returned-by.js";

/** Parts of an object that are read somewhere. */
export interface PartUse {
  /** The expression that reads them. */
  readonly node: ts.Expression;
  /** The object or array. */
  readonly receiver: ts.Expression;
  /** Whether it is not that which they are parts of, but what a loop over it gives. */
  readonly looped?: boolean;
  /** The names that they may have; undefined for any. */
  readonly keys: ReadonlySet<string> | undefined;
}

/** The values that parts of literals may have; undefined where what is read may be another object. */
export function followParts(
  trace: Trace,
  { node, receiver, looped, keys }: PartUse,
  follow: Follow,
): readonly Leaf[] | undefined {
  const objects = looped ? objectsIn(trace, receiver) : objectsOf(trace, receiver);
  const parts = objects && partsThere(trace, objects, keys);
  if (!objects || !parts || parts.length === 0) return undefined;
  if (parts.some((part) => valuesOf(part, follow, node) === undefined)) return undefined;
  const { values, escapes } = changesOf(trace, objects, keys);
  // What is assigned beside a getter goes to a setter, and is not what the getter gives.
  const held = parts.every(({ member }) => member && ts.isGetAccessorDeclaration(member.node)) ? [] : values;
  const open = (why: string): Leaf => openLeaf(why, placeOf(trace, node));
  const leaves = [
    ...parts.flatMap((part) => valuesOf(part, follow, node)?.() ?? []),
    ...held.flatMap((value) => {
      if (value === undefined) return [open("it is assigned in a way that cannot be followed")];
      const inner = enter({ ...trace, self: selfAt(trace, value) }, node, value);
      return inner ? follow(inner, value) : [];
    }),
    ...(escapes ? [open(`\`${receiver.getText()}\` may be changed by whatever else it is handed to`)] : []),
  ];
  if (values.length === 0 && !escapes) return narrowed(trace, node, leaves);
  // What others write is not what the compiler saw last, but what the property is declared with.
  const [key = "", ...more] = keys ?? [];
  const { checker } = trace.compiler;
  const property = more.length === 0 ? checker.getPropertyOfType(checker.getTypeAtLocation(receiver), key) : undefined;
  return withLeftOut(trace, node, property ? narrowed(trace, node, leaves, checker.getTypeOfSymbol(property)) : leaves);
}

/** The names that a computed key may have; undefined for any. */
export function keysAt(
  { compiler, typeArguments }: Trace,
  { argumentExpression: key }: ts.ElementAccessExpression,
): PartUse["keys"] {
  return mistakeIn(compiler, key) === undefined ? literalKeys(compiler, key, typeArguments) : undefined;
}

/** What else may be in the place of parts of objects than what stands there. */
export function changesOf(
  trace: Trace,
  { literals, holders }: Objects,
  keys: ReadonlySet<string> | undefined,
): { readonly values: readonly (ts.Expression | undefined)[]; readonly escapes: boolean } {
  const handled = handlingsOf(trace, { literals, holders });
  const written = handled
    .flatMap(({ writes }) => writes)
    .filter((write) => !keys || !write.keys || [...write.keys].some((key) => keys.has(key)));
  return { values: [...new Set(written.map(({ value }) => value))], escapes: handled.some(({ escapes }) => escapes) };
}

// Parts of an array may have come to other places of it.
function partsThere(trace: Trace, objects: Objects, keys: ReadonlySet<string> | undefined): readonly Part[] | undefined {
  const moved = keys !== undefined && handlingsOf(trace, objects).some(({ moves }) => moves);
  return partsOf(objects, moved ? undefined : keys);
}

function handlingsOf({ compiler }: Trace, { literals, holders }: Objects): readonly Handling[] {
  if (literals.every(({ node }) => isFixed(node))) return [];
  const own = literals.flatMap(({ node }) => (ts.isObjectLiteralExpression(node) ? handlingByMethods(compiler, node) : []));
  return [...own, ...holders.map((holder) => handlingOf(compiler, holder))];
}

function valuesOf({ value, member, trace }: Part, follow: Follow, from: ts.Node): (() => readonly Leaf[]) | undefined {
  const read = value ?? member?.node;
  if (read === undefined) return undefined;
  const inner = enter(trace, from, read);
  if (value) return () => (inner ? follow(inner, value) : []);
  if (!ts.isGetAccessorDeclaration(read) || read.type || !isImplementation(read)) return undefined;
  const self = trace.compiler.checker.getTypeAtLocation(read.parent);
  return () => (inner ? returnedBy({ ...inner, self }, read, follow) : []);
}
