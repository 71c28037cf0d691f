/** Reads the options that the kinds of tasks have besides `config`: numbers where they are literals, retry policies, back-offs. */

import { ts } from "../../../typescript/index.cjs";
import { KINDS, OPTION_KEYS } from "../../kinds/kinds.js";
import { type Compiler, propertyType } from "../compiler.js";
import type { NameReading, RetryReading } from "../config-reading.js";
import { heldValue } from "../follow/bound-method.js";
import { followConstant } from "../follow/follow-constant.js";
import { findMember } from "../follow/members-of.js";
import { readNumber } from "../follow/read-number.js";
import type { TaskReading } from "../reading.js";
import { spanOf } from "../span-of.js";
import type { BoundTask } from "./bound-task.js";
import { readRetry, readRetryOptions } from "./read-config.js";
import { findUnknownKeys } from "./read-guards.js";

/** Reads the options of a task that is of exactly one kind. */
export function readOptions(
  compiler: Compiler,
  { type, shapes }: BoundTask,
): Pick<TaskReading, "options" | "policies" | "unknownKeys"> {
  const [shape] = shapes;
  const known = shapes.length === 1 ? (KINDS.find(({ kind }) => kind === shape?.kind)?.options ?? []) : [];
  const options: TaskReading["options"][number][] = [];
  const policies: RetryReading[] = [];
  const unknownKeys: TaskReading["unknownKeys"][number][] = [];
  for (const option of known) {
    const value = valueOf(compiler, type, option);
    if (value === undefined) continue;
    // A config of its own, with keys of its own.
    if (option === "compensateConfig") continue;
    const keys = OPTION_KEYS[option];
    if (keys) unknownKeys.push(...unknownKeysOf(compiler, value, keys).map((key) => ({ of: option, key })));
    if (option === "itemRetry") policies.push(readRetry(compiler, value));
    else if (option === "backoff")
      policies.push({ policy: "exponential", options: readRetryOptions(compiler, value), asks: false, span: spanOf(value) });
    else if (keys === undefined) options.push({ path: option, number: readNumber(compiler, value) });
    else options.push(...memberNumbers(compiler, option, keys, value));
  }
  return { options, policies, unknownKeys };
}

function unknownKeysOf(compiler: Compiler, value: ts.Expression, known: readonly string[]): readonly NameReading[] {
  const { kind, node } = followConstant(compiler, value);
  return kind === "value" ? findUnknownKeys(compiler, node, known) : [];
}

function memberNumbers(
  compiler: Compiler,
  option: string,
  keys: readonly string[],
  value: ts.Expression,
): TaskReading["options"] {
  const followed = followConstant(compiler, value);
  const { node } = followed;
  return keys.flatMap((name) => {
    const path = `${option}.${name}`;
    const member =
      followed.kind === "value" && ts.isObjectLiteralExpression(node) ? findMember(compiler, node, name)?.value : undefined;
    if (member !== undefined) return [{ path, number: readNumber(compiler, member) }];
    const typed = propertyType(compiler, compiler.checker.getTypeAtLocation(value), name);
    return typed?.isNumberLiteral() ? [{ path, number: { value: typed.value, span: spanOf(value) } }] : [];
  });
}

// What a field holds from the start; one that is assigned in a constructor is known at run time only.
function valueOf(compiler: Compiler, type: ts.Type, option: string): ts.Expression | undefined {
  const declaration = compiler.checker.getPropertyOfType(type, option)?.declarations?.[0];
  return declaration && heldValue(declaration);
}
