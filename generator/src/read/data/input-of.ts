/** What a method takes: its resources, and the input in its context. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, propertyType, typeText } from "../compiler.js";
import type { InputReading } from "../data-reading.js";
import { spanOf } from "../span-of.js";

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
  const context = parameterType(compiler, signature, at);
  const type = context && propertyType(compiler, context, "input");
  const place = (signature.parameters[at] ?? signature.parameters.at(-1))?.valueDeclaration;
  if (type === undefined || place === undefined || takesNothing(type)) return NO_INPUT;
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

/** Whether a signature's first parameter names resources; one that is only there to reach the second names none. */
export function needsResources(compiler: Compiler, signature: ts.Signature): boolean {
  const type = parameterType(compiler, signature, 0);
  if (type === undefined || takesNothing(type)) return false;
  return (
    (type.flags & ts.TypeFlags.Any) !== 0 ||
    type.getProperties().length > 0 ||
    compiler.checker.getIndexInfosOfType(type).length > 0
  );
}

/** The type of a parameter by its place; of a rest parameter, that place in its tuple. */
export function parameterType(compiler: Compiler, signature: ts.Signature, index: number): ts.Type | undefined {
  const { checker } = compiler;
  const parameter = signature.parameters[index];
  if (parameter && !isRest(parameter)) return checker.getTypeOfSymbol(parameter);
  const rest = signature.parameters.findIndex(isRest);
  if (rest < 0 || rest > index) return undefined;
  const list = signature.parameters[rest];
  return list && propertyType(compiler, checker.getTypeOfSymbol(list), String(index - rest));
}

function isRest({ valueDeclaration }: ts.Symbol): boolean {
  return valueDeclaration !== undefined && ts.isParameter(valueDeclaration) && valueDeclaration.dotDotDotToken !== undefined;
}

/** Whether a parameter of a type is given nothing: an unannotated one of an object literal has the `never` of the task interface. */
export function takesNothing({ flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined | ts.TypeFlags.Never)) !== 0;
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
