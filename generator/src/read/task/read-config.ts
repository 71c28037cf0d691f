/** Reads what a task declares as its `config`: keys, retry policy, attempt timeout. The rest is `read-guards.ts`. */

import { ts } from "../../../typescript/index.cjs";
import { CONFIG_KEYS, GUARD_KEYS } from "../../kinds/kinds.js";
import { canoExport } from "../cano-export.js";
import { type Compiler, propertyType } from "../compiler.js";
import type { ConfigReading, GuardReading, RetryReading } from "../config-reading.js";
import { isBuiltIn } from "../data/find-type-misfit.js";
import { isPlainObject } from "../data/type-kinds.js";
import { heldValue } from "../follow/bound-method.js";
import { followConstant, isLeftOut, isReadonly } from "../follow/follow-constant.js";
import { findMember, keyText, type Member, membersOf } from "../follow/members-of.js";
import { readNumber } from "../follow/read-number.js";
import type { NumberReading } from "../number-reading.js";
import { spanOf } from "../span-of.js";
import { writesAnywhere } from "../uses/writes-to.js";
import { readGuard } from "./read-guards.js";
import { readName } from "./read-name.js";

const RETRY_OPTIONS = ["retries", "delay", "base", "cap", "multiplier", "jitter"] as const;

/** Reads the config of an instance type, which is its field `name` and may have the keys `known`; undefined when it has none. */
export function readConfig(
  compiler: Compiler,
  type: ts.Type,
  name: "config" | "compensateConfig" = "config",
  known: readonly string[] = CONFIG_KEYS,
): ConfigReading | undefined {
  const { checker } = compiler;
  const symbol = checker.getPropertyOfType(type, name);
  const declaration = symbol?.declarations?.[0];
  if (symbol === undefined || declaration === undefined) return undefined;
  const span = spanOf(ts.getNameOfDeclaration(declaration) ?? declaration);
  const configType = checker.getNonNullableType(checker.getTypeOfSymbol(symbol));
  const listed = listedMembers(compiler, symbol, declaration);
  const member = (key: string): Member | undefined => {
    const found = listed?.findLast((candidate) => keyText(compiler, candidate.name) === key);
    return found?.value && isLeftOut(compiler, found.value) ? undefined : found;
  };
  // A key that is not listed may still be there when the field's declared type has it and something else may be assigned.
  const mayHave = (key: string): boolean =>
    (listed === undefined || isReassignable(declaration)) && checker.getPropertyOfType(configType, key) !== undefined;
  const retry = member("retry");
  const timeout = member("attemptTimeout");
  const guards = GUARD_KEYS.filter((key) => known.includes(key)).flatMap((key): GuardReading[] => {
    const found = member(key);
    if (found?.value) return [readGuard(compiler, key, found.value)];
    return found || mayHave(key) ? [{ key, span, made: undefined, told: false, numbers: [], unknownKeys: [] }] : [];
  });
  return {
    span,
    guards,
    unknownKeys: unknownKeys(compiler, configType, listed, span, known),
    retry: retry?.value
      ? readRetry(compiler, retry.value)
      : retry || mayHave("retry")
        ? { policy: "unknown", options: [], asks: false, span }
        : undefined,
    attemptTimeout: timeout?.value
      ? readNumber(compiler, timeout.value)
      : timeout || mayHave("attemptTimeout")
        ? { value: literalProperty(compiler, configType, "attemptTimeout"), span }
        : undefined,
  };
}

/** Reads a retry policy: a literal call of one of the policies, directly or by way of constants. */
export function readRetry(compiler: Compiler, expression: ts.Expression): RetryReading {
  const span = spanOf(expression);
  const unknown: RetryReading = { policy: "unknown", options: [], asks: false, span };
  const followed = followConstant(compiler, expression);
  if (followed.kind === "cano" && followed.name === "none") return { policy: "none", options: [], asks: false, span };
  if (followed.kind !== "value" || !ts.isCallExpression(followed.node)) return unknown;
  const policy = canoExport(compiler, followed.node.expression);
  if (policy === "custom") return { policy, options: [], asks: true, span };
  if (policy !== "fixed" && policy !== "exponential" && policy !== "decorrelated") return unknown;
  const [options] = followed.node.arguments;
  return { policy, options: readRetryOptions(compiler, options), asks: mayAsk(compiler, options), span };
}

/** The numbers among the options of a policy, as far as they are written down. */
export function readRetryOptions(compiler: Compiler, argument: ts.Expression | undefined): RetryReading["options"] {
  const followed = argument && followConstant(compiler, argument);
  const { node } = followed ?? {};
  if (followed?.kind !== "value" || node === undefined || !ts.isObjectLiteralExpression(node)) return [];
  return RETRY_OPTIONS.flatMap((name): { name: typeof name; number: NumberReading }[] => {
    const value = findMember(compiler, node, name)?.value;
    return value ? [{ name, number: readNumber(compiler, value) }] : [];
  });
}

// An option that cannot be seen may be there.
function mayAsk(compiler: Compiler, options: ts.Expression | undefined): boolean {
  if (options === undefined) return false;
  const { kind, node } = followConstant(compiler, options);
  if (kind !== "value" || !ts.isObjectLiteralExpression(node)) return true;
  return membersOf(compiler, node).refused.length > 0 || findMember(compiler, node, "delayFrom") !== undefined;
}

// The members of the config's literal; undefined where it is not one, spreads what cannot be followed, or is written to.
function listedMembers(compiler: Compiler, symbol: ts.Symbol, declaration: ts.Declaration): Member[] | undefined {
  const value = heldValue(declaration);
  const followed = value && followConstant(compiler, value);
  if (followed?.kind !== "value" || !ts.isObjectLiteralExpression(followed.node)) return undefined;
  const { members, refused } = membersOf(compiler, followed.node);
  const held = [symbol, ...members.map(({ name }) => compiler.checker.getSymbolAtLocation(name))];
  const isWritten = held.some((part) => part !== undefined && writesAnywhere(compiler, part).length > 0);
  return refused.length > 0 || isWritten ? undefined : members;
}

function isReassignable(declaration: ts.Declaration): boolean {
  return ts.isPropertyDeclaration(declaration) && declaration.type !== undefined && !isReadonly(declaration);
}

function unknownKeys(
  compiler: Compiler,
  type: ts.Type,
  listed: readonly Member[] | undefined,
  config: ConfigReading["span"],
  known: readonly string[],
): ConfigReading["unknownKeys"] {
  if (listed) {
    return listed.flatMap(({ name: node }) => {
      const name = keyText(compiler, node);
      return name === undefined || known.includes(name) ? [] : [readName(name, node)];
    });
  }
  // Whoever has a list or a text there is not told of each of its methods.
  if (!isPlainObject(compiler, type) || isBuiltIn(compiler, type)) return [];
  return compiler.checker
    .getPropertiesOfType(type)
    .filter(({ name }) => !known.includes(name) && !name.startsWith("__@"))
    .map(({ name, declarations }) => {
      const place = declarations?.[0] && ts.getNameOfDeclaration(declarations[0]);
      return place ? readName(name, place) : { name, span: config };
    });
}

function literalProperty(compiler: Compiler, type: ts.Type, name: string): number | undefined {
  const found = propertyType(compiler, type, name);
  return found?.isNumberLiteral() ? found.value : undefined;
}
