/** What a method takes: its resources, and the input in its context. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, propertyType, typeText } from "../compiler.js";
import type { InputReading } from "../data-reading.js";
import { spanOf } from "../span-of.js";
import { indexedType, unionParts } from "./find-type-misfit.js";

/** An input while it is being read: its type for comparing, its reading for the checks. */
export interface Input {
  /** Undefined when nothing is taken. */
  readonly type: ts.Type | undefined;
  readonly reading: InputReading;
}

/** The input of nobody. */
export const NO_INPUT: Input = { type: undefined, reading: { kind: "nothing" } };

/** The input that a signature takes: `input` of its context, whose place among the parameters is `at`. */
export function inputOf(compiler: Compiler, signature: ts.Signature, at = 1): Input {
  const { checker } = compiler;
  const type = takenType(compiler, signature, at);
  const place = parameterAt(signature, at)?.valueDeclaration;
  if (type === undefined || place === undefined || takesNothing(compiler, type)) return NO_INPUT;
  const read = (): InputReading => {
    const optional = checker.isTypeAssignableTo(checker.getUndefinedType(), type);
    return { kind: "typed", text: typeText(compiler, type), optional, span: spanOf(inputNode(place)) };
  };
  return {
    type,
    // Those who compare need the type alone, and its text takes longer than all the rest.
    get reading() {
      return read();
    },
  };
}

/** The type of `input` of a signature's context, whose place among the parameters is `at`; of a context that is `any`, so is everything in it. */
export function takenType(compiler: Compiler, signature: ts.Signature, at: number): ts.Type | undefined {
  const context = givenType(compiler, signature, at);
  const type = context && context.flags & ts.TypeFlags.Any ? context : context && propertyType(compiler, context, "input");
  // Whoever calls a generic method chooses: what it is given need only be what the type parameter extends.
  const chosen = signature.typeParameters?.find((parameter) => parameter === type);
  return chosen ? (chosen.getConstraint() ?? compiler.checker.getUnknownType()) : type;
}

/** Whether a signature's first parameter names resources; one that is only there to reach the second names none. */
export function needsResources(compiler: Compiler, signature: ts.Signature): boolean {
  const type = givenType(compiler, signature, 0);
  if (type === undefined || takesNothing(compiler, type)) return false;
  if (type.flags & ts.TypeFlags.Any) return true;
  // Of several sets of resources, one is given.
  return unionParts(type).some(
    (part) => part.getProperties().length > 0 || compiler.checker.getIndexInfosOfType(part).length > 0,
  );
}

/** How many parameters a signature has, a rest parameter counted as the elements of its tuple; infinitely many where it is no tuple. */
export function parameterCount({ checker }: Compiler, { parameters }: ts.Signature): number {
  const last = parameters.at(-1);
  if (last === undefined || !isRest(last)) return parameters.length;
  const list = checker.getTypeOfSymbol(last);
  if (!checker.isTupleType(list)) return Number.POSITIVE_INFINITY;
  return parameters.length - 1 + checker.getTypeArguments(list as ts.TypeReference).length;
}

/** The type of a parameter that the runtime gives something in every call: resources, or a context. It may be optional all the same. */
export function givenType(compiler: Compiler, signature: ts.Signature, index: number): ts.Type | undefined {
  const type = parameterType(compiler, signature, index);
  return type && compiler.checker.getNonNullableType(type);
}

/** The type of a parameter by its place, inside the method: one with a default is never undefined there. Of a rest parameter, that place in its list. */
export function parameterType(compiler: Compiler, signature: ts.Signature, index: number): ts.Type | undefined {
  const { checker } = compiler;
  const parameter = parameterAt(signature, index);
  if (parameter === undefined) return undefined;
  const type = checker.getTypeOfSymbol(parameter);
  if (!isRest(parameter)) return type;
  const place = String(index - signature.parameters.indexOf(parameter));
  return checker.isTupleType(type) ? propertyType(compiler, type, place) : indexedType(compiler, type);
}

/** The parameter in a place; a rest parameter where that is reached. */
export function parameterAt({ parameters }: ts.Signature, index: number): ts.Symbol | undefined {
  const last = parameters.at(-1);
  return parameters[index] ?? (last && isRest(last) ? last : undefined);
}

/** Whether a parameter stands for something else where it is given `undefined`. */
export function hasDefault({ valueDeclaration }: ts.Symbol): boolean {
  return valueDeclaration !== undefined && ts.isParameter(valueDeclaration) && valueDeclaration.initializer !== undefined;
}

function isRest({ valueDeclaration }: ts.Symbol): boolean {
  return valueDeclaration !== undefined && ts.isParameter(valueDeclaration) && valueDeclaration.dotDotDotToken !== undefined;
}

/** Whether a parameter of a type is given nothing: an unannotated one of an object literal has the `never` of the task interface. */
export function takesNothing(compiler: Compiler, type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.VoidLike) !== 0 || isNever(compiler, type);
}

/** Whether a type has no values: `never`, or an intersection of what contradicts itself, which the compiler keeps as it is written. */
export function isNever({ checker }: Compiler, type: ts.Type): boolean {
  return checker.isTypeAssignableTo(type, checker.getNeverType());
}

// `Cart` in `Context<Cart>`; where it is written otherwise, the parameter's type, or the parameter.
function inputNode(place: ts.Node): ts.Node {
  if (!ts.isParameter(place) || place.type === undefined) return place;
  const [argument] = ts.isTypeReferenceNode(place.type) ? (place.type.typeArguments ?? []) : [];
  return argument ?? place.type;
}

/** A parameter's type, where it is written; else the parameter. */
export function parameterNode(place: ts.Node): ts.Node {
  return ts.isParameter(place) ? (place.type ?? place) : place;
}
