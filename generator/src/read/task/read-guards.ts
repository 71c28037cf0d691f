/** Reads what a config has besides a retry policy and an attempt timeout: the numbers in it, where they are written down. */

import { ts } from "../../../typescript/index.cjs";
import { type GuardKey, HEDGE_KEYS } from "../../kinds/kinds.js";
import type { Compiler } from "../compiler.js";
import type { GuardReading } from "../config-reading.js";
import { findMaker } from "../follow/find-maker.js";
import { followConstant } from "../follow/follow-constant.js";
import { findMember, keyText, membersOf } from "../follow/members-of.js";
import { readNumber } from "../follow/read-number.js";
import { spanOf } from "../span-of.js";
import { readName } from "./read-name.js";

interface Known {
  /** The functions of `cano` that make it; none where it is an object literal. */
  readonly makers: readonly string[];
  /** The paths of its numbers. */
  readonly numbers: readonly string[];
}

const LINE = ["maxQueue", "maxWait"];
const KNOWN: Readonly<Record<GuardKey, Known>> = {
  breaker: {
    makers: ["circuitBreaker"],
    numbers: [
      "failureThreshold",
      "failureRate.share",
      "failureRate.window",
      "failureRate.minimumCalls",
      "resetTimeout",
      "halfOpenCalls",
    ],
  },
  bulkhead: { makers: ["bulkhead"], numbers: ["limit", ...LINE] },
  rateLimit: {
    makers: ["tokenBucket", "fixedWindow"],
    numbers: ["tokens", "period", "capacity", "burst", "limit", "window", ...LINE],
  },
  retryBudget: { makers: ["retryBudget"], numbers: ["share", "minimum", "window"] },
  hedge: { makers: [], numbers: HEDGE_KEYS },
  fallback: { makers: [], numbers: [] },
};

/** Reads the value of `key`. */
export function readGuard(compiler: Compiler, key: GuardKey, value: ts.Expression): GuardReading {
  const { makers, numbers } = KNOWN[key];
  const isLiteral = makers.length === 0;
  const maker = isLiteral ? undefined : findMaker(compiler, value, makers);
  const options = isLiteral ? literalIn(compiler, value) : maker && { node: maker.arguments[0] };
  const { node } = options ?? {};
  return {
    key,
    span: spanOf(value),
    made: maker && spanOf(maker),
    told: options !== undefined && (node === undefined || isTold(compiler, node)),
    numbers: node ? numbersIn(compiler, node, numbers) : [],
    unknownKeys: node && key === "hedge" ? findUnknownKeys(compiler, node, numbers) : [],
  };
}

/** The keys of an object literal that are none of those `known`. */
export function findUnknownKeys(compiler: Compiler, node: ts.Node, known: readonly string[]): GuardReading["unknownKeys"] {
  if (!ts.isObjectLiteralExpression(node)) return [];
  return membersOf(compiler, node).members.flatMap(({ name }) => {
    const key = keyText(compiler, name);
    return key === undefined || known.includes(key) ? [] : [readName(key, name)];
  });
}

function literalIn(compiler: Compiler, value: ts.Expression): { readonly node: ts.Node } | undefined {
  const { kind, node } = followConstant(compiler, value);
  return kind === "value" ? { node } : undefined;
}

// A breaker that is told what is a failure may count none.
function isTold(compiler: Compiler, options: ts.Node): boolean {
  const { kind, node } = followConstant(compiler, options);
  if (kind !== "value" || !ts.isObjectLiteralExpression(node)) return false;
  return membersOf(compiler, node).refused.length === 0 && findMember(compiler, node, "isFailure") === undefined;
}

function numbersIn(compiler: Compiler, options: ts.Node, paths: readonly string[]): GuardReading["numbers"] {
  return paths.flatMap((path) => {
    const value = memberAt(compiler, options, path.split("."));
    return value ? [{ path, number: readNumber(compiler, value) }] : [];
  });
}

function memberAt(compiler: Compiler, node: ts.Node, [name, ...rest]: readonly string[]): ts.Expression | undefined {
  const followed = followConstant(compiler, node);
  if (name === undefined || followed.kind !== "value" || !ts.isObjectLiteralExpression(followed.node)) return undefined;
  const value = findMember(compiler, followed.node, name)?.value;
  return value === undefined || rest.length === 0 ? value : memberAt(compiler, value, rest);
}
