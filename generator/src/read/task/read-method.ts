/** Reads a task's method: where it goes next and with what, what it takes, whether it may yield a promise. */

import { ts } from "../../../typescript/index.cjs";
import type { Span } from "../../diagnostics/diagnostic.js";
import type { Compiler } from "../compiler.js";
import type { Fit } from "../data-reading.js";
import { FITS, fitOf, type Receivers, takenIn } from "../data/fit-of.js";
import { handedShapes } from "../data/handed-shapes.js";
import { type Input, inputOf, isNever, needsResources, parameterCount } from "../data/input-of.js";
import { lossOf } from "../data/payload-losses.js";
import { shapeOfAny } from "../data/shape-of.js";
import type { BoundMethod } from "../follow/bound-method.js";
import type { MethodReading } from "../reading.js";
import { spanOf } from "../span-of.js";
import type { StateSet } from "../states/state-set.js";
import type { TargetReading } from "../target-reading.js";
import { widenedLeaf } from "../targets/compiler-view.js";
import { declaredLeaves } from "../targets/declared-leaves.js";
import { followValue } from "../targets/follow-value.js";
import { alike, beginTrace, decoratedLeaf, type Leaf, leafKey, overloadedLeaf, type Sent, type Trace } from "../targets/leaf.js";
import { allTold, asBound, coversAll, leavesOfType, typeArgumentsOf } from "../targets/leaves-of-type.js";
import { missingLeaves } from "../targets/missing-leaves.js";
import { returnedBy, returnedExpressions } from "../targets/returned-by.js";
import { withRuledOut } from "../targets/ruled-out.js";
import type { BoundCall, BoundShape, BoundTask } from "./bound-task.js";
import { handingOf } from "./handing.js";

/** What a method's targets are judged against. */
export interface Surroundings {
  readonly set: StateSet;
  readonly receivers: Receivers;
  /** Whether what is handed over is stored. */
  readonly stored: boolean;
}

/** Reads a method of a task; without surroundings, or where it names no state, it has no targets. */
export function readMethod(
  compiler: Compiler,
  task: BoundTask,
  call: BoundCall,
  besides: BoundShape["besides"],
  around: Surroundings | undefined,
): MethodReading {
  const { method, context, names } = call;
  const { signature, implementation, annotation } = method;
  const type = signature.getReturnType();
  const input: Input = inputOf(compiler, signature, context);
  const count = parameterCount(compiler, signature);
  const next = around && names ? readNext(compiler, task, method, besides, around) : NO_TARGETS;
  return {
    span: spanOf(method.nameNode ?? task.expression),
    mayBePromise: mayBePromise(compiler, type),
    annotated: annotation !== undefined,
    exact: next.exact,
    handing: next.handing,
    neverReturns: implementation ? returnsNothing(compiler, method) : endsNever(compiler, type),
    targets: next.targets,
    returned: next.returned,
    takesResources: count > 0,
    needsResources: needsResources(compiler, signature),
    takesContext: count > context,
    input: input.reading,
  };
}

type Next = Pick<MethodReading, "targets" | "returned" | "exact" | "handing">;

const NO_TARGETS: Next = { targets: [], returned: undefined, exact: false, handing: "apart" };

function readNext(
  compiler: Compiler,
  task: BoundTask,
  method: BoundMethod,
  besides: BoundShape["besides"],
  { set, receivers, stored }: Surroundings,
): Next {
  const { annotation, implementation, decorated, overloaded, signature } = method;
  const typeArguments = typeArgumentsOf(compiler, task.type);
  const trace: Trace = {
    ...beginTrace(compiler, set, task.type, { typeArguments, besides }),
    visiting: implementation ? [implementation] : [],
  };
  const place = spanOf(method.nameNode ?? task.expression);
  const typed = leavesOfType(trace, signature.getReturnType(), place);
  const body = implementation && asBound(trace, returnedBy(trace, implementation, followValue), typed);
  const inferred = coversAll(trace, typed) ? [widenedLeaf(trace, place)] : typed;
  const unwritten = decorated ? [decoratedLeaf(place)] : inferred;
  const known = annotation
    ? declaredLeaves(trace, signature.getReturnType(), annotation)
    : body
      ? withRuledOut(trace, body, typed)
      : unwritten;
  const told = overloaded ? [overloadedLeaf(place)] : known;
  const leaves = [...told, ...(besides === "nothing" ? [] : missingLeaves(trace, method))];
  const seen = typeArguments.size > 0 ? typed : [];
  const targets = leaves.map((leaf) =>
    targetOf(compiler, leaf, receivers, { seen, typed, body: annotation ? (body ?? []) : [], stored }),
  );
  return {
    targets,
    returned: annotation && body ? body.map(({ state }) => state) : undefined,
    exact: isExact(leaves, typed),
    handing: handingOf(compiler, typed, leaves, receivers),
  };
}

/** Reads a value in the place of what a method would return: `value` where it is written down, at `place`, else what its type tells. */
export function readValue(
  compiler: Compiler,
  task: BoundTask,
  type: ts.Type,
  value: ts.Expression | undefined,
  place: Span,
  { set, receivers, stored }: Surroundings,
): Pick<Next, "targets" | "exact" | "handing"> {
  const typeArguments = typeArgumentsOf(compiler, task.type);
  const trace = beginTrace(compiler, set, task.type, { typeArguments, besides: undefined });
  const typed = leavesOfType(trace, type, place);
  const leaves = value ? withRuledOut(trace, followValue(trace, value), typed) : typed;
  const targets = leaves.map((leaf) =>
    targetOf(compiler, leaf, receivers, { seen: typeArguments.size > 0 ? typed : [], typed, body: [], stored }),
  );
  return { targets, exact: isExact(leaves, typed), handing: handingOf(compiler, typed, leaves, receivers) };
}

interface Evidence {
  /** The leaves of the return type at a generic class's binding. */
  readonly seen: readonly Leaf[];
  /** The leaves of the return type: what callers are told. */
  readonly typed: readonly Leaf[];
  /** With an annotation, what the body returns: the place to show for a misfit. */
  readonly body: readonly Leaf[];
  readonly stored: boolean;
}

function targetOf(compiler: Compiler, leaf: Leaf, receivers: Receivers, evidence: Evidence): TargetReading {
  const { state, form, sent } = leaf;
  const by = "method";
  if (sent === undefined) return { state, form, by, carries: { kind: "nothing" } };
  const taken = takenIn(receivers, state);
  const instantiated = alike(leaf, evidence.seen).flatMap((other) => (other.sent ? [other.sent.type] : []));
  const fit = fitOf(compiler, sent, taken, instantiated);
  const loss = evidence.stored ? lossOf(compiler, instantiated[0] ?? sent.type, sent.span) : undefined;
  const stored = { ...(loss && { loss }), ...(evidence.stored && storedShapes(compiler, leaf, sent, evidence)) };
  if (sent.expression) return { state, form, by, carries: { kind: "input", span: placeOfFit(fit) ?? sent.span, fit, ...stored } };
  // A declared input is judged as declared; what the body hands over shows the place, or a misfit of its own.
  for (const { sent: written } of alike(leaf, evidence.body)) {
    if (!written?.expression) continue;
    const own = fitOf(compiler, written, taken, instantiated);
    if (own.kind === "misfit")
      return { state, form, by, carries: { kind: "input", span: placeOfFit(own) ?? written.span, fit: own } };
  }
  return { state, form, by, carries: { kind: "input", span: sent.span, fit: taken.length === 0 ? FITS : fit, ...stored } };
}

function placeOfFit(fit: Fit): Span | undefined {
  return fit.kind === "misfit" ? fit.span : undefined;
}

// The shape is as the type of the result has it: literals that `to()` widens are wide.
function storedShapes(compiler: Compiler, leaf: Leaf, sent: Sent, { typed, body }: Evidence): ReturnType<typeof handedShapes> {
  const typesOf = (leaves: readonly Leaf[]): readonly ts.Type[] => leaves.flatMap((other) => other.sent?.type ?? []);
  const told = typesOf(alike(leaf, typed));
  const written = typesOf([leaf, ...alike(leaf, body)].filter((other) => other.sent?.expression));
  return handedShapes(shapeOfAny(compiler, told.length > 0 ? told : [sent.type]), shapeOfAny(compiler, written));
}

function isExact(targets: readonly Leaf[], typed: readonly Leaf[]): boolean {
  if (!allTold(targets) || !allTold(typed) || typed.some(({ joint }) => joint)) return false;
  const wanted = new Set(targets.map(leafKey));
  const given = new Set(typed.map(leafKey));
  return wanted.size === given.size && [...wanted].every((key) => given.has(key));
}

function mayBePromise({ checker }: Compiler, type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type];
  const open = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter | ts.TypeFlags.NonPrimitive;
  return parts.some((part) => (part.flags & open) !== 0 || checker.getPropertyOfType(part, "then") !== undefined);
}

// Nothing reachable is returned that could have a value; falling off the end is the compiler's to refuse.
function returnsNothing(compiler: Compiler, { implementation, signature }: BoundMethod): boolean {
  if (implementation === undefined || endsNever(compiler, signature.getReturnType())) return true;
  if (!ts.isBlock(implementation.body)) return endsNever(compiler, compiler.checker.getTypeAtLocation(implementation.body));
  const returned = returnedExpressions(compiler, implementation);
  if (returned.some((expression) => !endsNever(compiler, compiler.checker.getTypeAtLocation(expression)))) return false;
  return implementation.body.statements.length > 0;
}

function endsNever(compiler: Compiler, type: ts.Type): boolean {
  return isNever(compiler, compiler.checker.getAwaitedType(type) ?? type);
}
