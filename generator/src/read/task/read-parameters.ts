/** Finds parameters whose types leave no room for what the dispatcher gives. */

import { ts } from "../../../typescript/index.cjs";
import type { TaskKind } from "../../kinds/kinds.js";
import { type Compiler, typeText } from "../compiler.js";
import { unionParts } from "../data/find-type-misfit.js";
import { isNever, parameterAt, parameterNode, parameterType, takenType } from "../data/input-of.js";
import { isNoResources, isValue } from "../data/is-value.js";
import type { ClosedParameter } from "../reading.js";
import { spanOf } from "../span-of.js";
import type { BoundCall, BoundShape } from "./bound-task.js";

// Those that the dispatcher calls as they are. What loops call, they give what they have; but its type is still one of those that the resources are made of.
const CALLED: readonly TaskKind[] = ["task", "router", "compensatable"];

const NOTHING = ts.TypeFlags.Never | ts.TypeFlags.VoidLike | ts.TypeFlags.Null;

/** The parameters of a task's methods that have such a type. */
export function readClosedParameters(compiler: Compiler, shape: BoundShape | undefined): readonly ClosedParameter[] {
  if (shape === undefined) return [];
  const called = CALLED.includes(shape.kind) ? shape.calls.find(({ names }) => names) : undefined;
  const others = shape.calls.filter((call) => call !== called);
  return [
    ...(called ? closedOf(compiler, called) : []),
    ...others.flatMap((call) => closedAt(compiler, call, "resources").filter(({ always }) => always)),
  ];
}

/** The parameters of a function that computes a split's branches that have such a type. */
export function readClosedOfFunction(compiler: Compiler, signature: ts.Signature): readonly ClosedParameter[] {
  return closedAt(compiler, { name: undefined, method: { signature }, context: 1 }, "resources");
}

/** A method, or the function that computes a split's branches, which has no name. */
interface Called {
  readonly name: string | undefined;
  readonly method: Pick<BoundCall["method"], "signature">;
  /** Which parameter takes the context. */
  readonly context: number;
}

function closedOf(compiler: Compiler, call: BoundCall): readonly ClosedParameter[] {
  const closed = (["resources", "context"] as const).flatMap((given) => closedAt(compiler, call, given));
  return closed.length > 0 ? closed : closedInput(compiler, call);
}

function closedAt(compiler: Compiler, call: Called, given: "resources" | "context"): readonly ClosedParameter[] {
  const at = given === "resources" ? 0 : call.context;
  const type = parameterType(compiler, call.method.signature, at);
  if (type === undefined) return [];
  const parts = unionParts(type);
  const other = parts.filter((part) => (given === "resources" ? isNoResources : isValue)(compiler, part));
  if (!parts.every((part) => part.flags & NOTHING || other.includes(part))) return [];
  return told(compiler, call, at, type, { given, always: given === "resources" && other.length > 0 });
}

function closedInput(compiler: Compiler, call: BoundCall): readonly ClosedParameter[] {
  const input = takenType(compiler, call.method.signature, call.context);
  return input && isNever(compiler, input) ? told(compiler, call, call.context, input, { given: "input", always: false }) : [];
}

// Behind `satisfies Task` the compiler gives a parameter without a type the one that the interface has, which is `never`.
function told(
  compiler: Compiler,
  { name: method, method: { signature } }: Called,
  at: number,
  type: ts.Type,
  how: Pick<ClosedParameter, "given" | "always">,
): readonly ClosedParameter[] {
  const place = parameterAt(signature, at)?.valueDeclaration;
  if (place === undefined || !ts.isParameter(place)) return [];
  return [{ method, ...how, type: typeText(compiler, type), span: spanOf(parameterNode(place)) }];
}
