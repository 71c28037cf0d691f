/** What fills the places of an array literal. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, propertyType } from "../compiler.js";
import { indexedType, placedType, tailOf } from "./find-type-misfit.js";
import { iteratedType } from "./iterated-type.js";

/** What fills a place of an array, or many: an element, or what one spreads. */
export interface Place {
  readonly element: ts.Expression;
  /** The types of what is spread there; undefined for an element. */
  readonly spread: readonly ts.Type[] | undefined;
  /** What the array takes there, each of which it must fit. */
  readonly taken: readonly ts.Type[];
}

/** How an array literal fills what an array or a tuple takes; undefined where a tuple does not take so many. */
export function placesOf(
  compiler: Compiler,
  { elements }: ts.ArrayLiteralExpression,
  taken: ts.Type,
): readonly Place[] | undefined {
  const { checker } = compiler;
  const parts = elements.map((element) => {
    const spread = ts.isSpreadElement(element) ? checker.getTypeAtLocation(element.expression) : undefined;
    return { element, spread, length: spread ? lengthOf(compiler, spread) : 1 };
  });
  const all = parts.reduce((sum, { length = Number.POSITIVE_INFINITY }) => sum + length, 0);
  const places: Place[] = [];
  let filled = 0;
  /** What is taken from here on, once something has been spread of which the length is not known. */
  let tail: readonly ts.Type[] | undefined;
  for (const { element, spread, length } of parts) {
    if (length === undefined) tail ??= tailOf(compiler, taken, filled);
    if (tail) places.push({ element, spread: spread && spreadTypes(compiler, spread), taken: tail });
    else if (length === undefined) return undefined;
    else
      for (let place = 0; place < length; place++, filled++)
        places.push({
          element,
          spread: spread && typesOf(placedType(compiler, spread, place, length)),
          taken: typesOf(placedType(compiler, taken, filled, all)),
        });
  }
  return tail || hasLength(compiler, taken, filled) ? places : undefined;
}

// A set or a text can be spread, too, and has no index.
function spreadTypes(compiler: Compiler, spread: ts.Type): readonly ts.Type[] {
  const indexed = indexedType(compiler, spread);
  return indexed ? [indexed] : (iteratedType(compiler, compiler.checker.getApparentType(spread), ["iterator"]) ?? []);
}

function typesOf(type: ts.Type | undefined): readonly ts.Type[] {
  return type ? [type] : [];
}

function lengthOf(compiler: Compiler, array: ts.Type): number | undefined {
  const length = compiler.checker.isTupleType(array) ? propertyType(compiler, array, "length") : undefined;
  return length?.isNumberLiteral() ? length.value : undefined;
}

// The type of the length of a tuple with a rest is any number.
function hasLength(compiler: Compiler, array: ts.Type, length: number): boolean {
  const { checker } = compiler;
  if (!checker.isTupleType(array)) return true;
  const type = propertyType(compiler, array, "length");
  const isWithin = type === undefined || checker.isTypeAssignableTo(checker.getNumberLiteralType(length), type);
  return isWithin && length >= (array as ts.TupleTypeReference).target.minLength;
}
