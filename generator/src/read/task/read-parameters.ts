/** Finds parameters whose types leave no room for what the dispatcher gives. */

import { ts } from "../../../typescript/index.cjs";
import type { TaskKind } from "../../kinds/kinds.js";
import { type Compiler, typeText } from "../compiler.js";
import { unionParts } from "../data/find-type-misfit.js";
import { isNever, parameterAt, parameterNode, parameterType, takenType } from "../data/input-of.js";
import type { ClosedParameter } from "../reading.js";
import { spanOf } from "../span-of.js";
import type { BoundCall, BoundShape } from "./bound-task.js";

// Those that the dispatcher calls as they are. What loops call, they give what they have.
const CALLED: readonly TaskKind[] = ["task", "router", "compensatable"];

const NO_OBJECT =
  ts.TypeFlags.Never |
  ts.TypeFlags.VoidLike |
  ts.TypeFlags.Null |
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.ESSymbolLike;

/** The parameters of a task's method that are written with such a type. */
export function readClosedParameters(compiler: Compiler, shape: BoundShape | undefined): readonly ClosedParameter[] {
  const call = shape && CALLED.includes(shape.kind) ? shape.calls.find(({ names }) => names) : undefined;
  if (call === undefined) return [];
  const closed = (["resources", "context"] as const).flatMap((given) => closedAt(compiler, call, given));
  return closed.length > 0 ? closed : closedInput(compiler, call);
}

function closedAt(compiler: Compiler, call: BoundCall, given: "resources" | "context"): readonly ClosedParameter[] {
  const at = given === "resources" ? 0 : call.context;
  const type = parameterType(compiler, call.method.signature, at);
  if (type === undefined || !unionParts(type).every(({ flags }) => flags & NO_OBJECT)) return [];
  return told(compiler, call, at, type, given);
}

function closedInput(compiler: Compiler, call: BoundCall): readonly ClosedParameter[] {
  const input = takenType(compiler, call.method.signature, call.context);
  return input && isNever(compiler, input) ? told(compiler, call, call.context, input, "input") : [];
}

// The compiler gives a parameter without a type the one that the interface of its kind has: nobody wrote that down.
function told(
  compiler: Compiler,
  { name: method, method: { signature } }: BoundCall,
  at: number,
  type: ts.Type,
  given: ClosedParameter["given"],
): readonly ClosedParameter[] {
  const place = parameterAt(signature, at)?.valueDeclaration;
  if (place === undefined || !ts.isParameter(place) || place.type === undefined) return [];
  return [{ method, given, type: typeText(compiler, type), span: spanOf(parameterNode(place)) }];
}
