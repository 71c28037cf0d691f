/** Reads the `fallback` of a task's config, which names the next state as its methods do, and adds it to what was read of them. */

import { ts } from "../../../typescript/index.cjs";
import type { KindMethod } from "../../kinds/kinds.js";
import { type Compiler, propertyType } from "../compiler.js";
import { NO_INPUT } from "../data/input-of.js";
import { type BoundMethod, bindMethod, heldValue } from "../follow/bound-method.js";
import { followConstant } from "../follow/follow-constant.js";
import { findMember } from "../follow/members-of.js";
import type { MethodReading } from "../reading.js";
import { spanOf } from "../span-of.js";
import type { TargetReading } from "../target-reading.js";
import type { BoundCall, BoundTask } from "./bound-task.js";
import { joinHandings } from "./handing.js";
import { readMethod, readValue, type Surroundings } from "./read-method.js";
import { meet } from "./read-shape.js";

/** A fallback, as a task's config has it. */
interface BoundFallback {
  readonly symbol: ts.Symbol;
  readonly type: ts.Type;
  /** Undefined where it is a value, not a function. */
  readonly method: BoundMethod | undefined;
}

const CALL: KindMethod = { name: "fallback", context: 1, names: true };

/** The function that a task falls back to, as a call; none when it has no fallback, or a value. */
export function fallbackCalls(compiler: Compiler, task: BoundTask): readonly BoundCall[] {
  const method = findFallback(compiler, task)?.method;
  return method ? [{ ...CALL, method }] : [];
}

/** What a task may fall back to. */
export function fallbackTypes(compiler: Compiler, task: BoundTask): readonly ts.Type[] {
  const fallback = findFallback(compiler, task);
  return fallback ? [fallback.method ? fallback.method.signature.getReturnType() : fallback.type] : [];
}

/** What was read of a task's methods, with its fallback; without surroundings that of a branch, which yields data. */
export function withFallback(
  compiler: Compiler,
  task: BoundTask,
  own: MethodReading | undefined,
  around: Surroundings | undefined,
): MethodReading | undefined {
  if (own === undefined || makesNoAttempts(task)) return own;
  const fallback = findFallback(compiler, task);
  const read = fallback ? readFallback(compiler, task, fallback, around) : readHidden(compiler, task, around);
  if (read === undefined) return own;
  const targets = read.targets.map((target): TargetReading => ({ ...target, by: "fallback" }));
  return {
    ...own,
    exact: own.exact && read.exact,
    handing: joinHandings([own, read]),
    neverReturns: own.neverReturns && read.neverReturns,
    targets: [...own.targets, ...targets],
    returned: own.returned && [...own.returned, ...targets.map(({ state }) => state)],
    input: meet([own.input, read.input]),
  };
}

type FallbackReading = Pick<MethodReading, "targets" | "exact" | "handing" | "neverReturns" | "input">;

function readFallback(
  compiler: Compiler,
  task: BoundTask,
  { symbol, type, method }: BoundFallback,
  around: Surroundings | undefined,
): FallbackReading {
  if (method !== undefined) return readMethod(compiler, task, { ...CALL, method }, undefined, around);
  const declaration = symbol.declarations?.[0];
  const value = declaration && heldValue(declaration);
  const next = around ? readValue(compiler, task, type, value, spanOf(value ?? declaration ?? task.expression), around) : NOTHING;
  return { ...next, neverReturns: false, input: NO_INPUT.reading };
}

const NOTHING = { targets: [], exact: false, handing: "apart" } as const;

// A config whose declared type only allows for a fallback hides from the generated code what it yields.
function readHidden(compiler: Compiler, task: BoundTask, around: Surroundings | undefined): FallbackReading | undefined {
  const declaration = compiler.checker.getPropertyOfType(task.type, "config")?.declarations?.[0];
  const value = declaration && heldValue(declaration);
  const followed = value && followConstant(compiler, value);
  if (around === undefined || followed?.kind !== "value" || !ts.isObjectLiteralExpression(followed.node)) return undefined;
  const hidden = findMember(compiler, followed.node, "fallback");
  if (hidden === undefined) return undefined;
  const why = "the type that `config` is declared with hides it (write `satisfies TaskConfig` instead)";
  const state = { kind: "unknown", why, span: spanOf(hidden.value ?? hidden.name) } as const;
  const target: TargetReading = { state, form: "bare", by: "fallback", carries: { kind: "nothing" } };
  return { targets: [target], exact: false, handing: "apart", neverReturns: false, input: NO_INPUT.reading };
}

function findFallback(compiler: Compiler, task: BoundTask): BoundFallback | undefined {
  const { checker } = compiler;
  if (makesNoAttempts(task)) return undefined;
  const config = propertyType(compiler, task.type, "config");
  const symbol = config && checker.getPropertyOfType(config, "fallback");
  if (config === undefined || symbol === undefined || symbol.flags & ts.SymbolFlags.Optional) return undefined;
  return { symbol, type: checker.getTypeOfSymbol(symbol), method: bindMethod(compiler, config, "fallback") };
}

// Nothing is ever fallen back from in a stream.
function makesNoAttempts({ shapes }: BoundTask): boolean {
  return shapes.some(({ kind }) => kind === "stream");
}
