/** Reads what a workflow says of its sagas and of how its runs are stored. */

import { ts } from "../../../typescript/index.cjs";
import { unreadableOption } from "../../diagnostics/catalogue/reading.js";
import type { Report, Span } from "../../diagnostics/diagnostic.js";
import type { Compiler } from "../compiler.js";
import { followConstant } from "../follow/follow-constant.js";
import { readNumber } from "../follow/read-number.js";
import type { DurabilityReading, Reading } from "../reading.js";
import { spanOf } from "../span-of.js";

const OF_STORED_RUNS = ["version", "codecs", "migrations"];

/** Reads `durable` and `version`; reports CANO1005 when it cannot be told whether runs are stored. */
export function readDurability(
  compiler: Compiler,
  option: (name: string) => ts.Expression | undefined,
  report: Report,
): Omit<DurabilityReading, "codecs"> {
  const durable = option("durable");
  const version = option("version");
  return {
    durable: durable !== undefined && readFlag(compiler, durable, report),
    span: durable && spanOf(durable),
    version: version && readNumber(compiler, version),
    versionLiteral: version && literalSpan(compiler, version),
    idle: durable === undefined ? OF_STORED_RUNS.flatMap((name) => spanned(name, option(name))) : [],
  };
}

function spanned(option: string, value: ts.Expression | undefined): DurabilityReading["idle"] {
  return value ? [{ option, span: spanOf(value) }] : [];
}

/** Reads `sagas`; reports CANO1005 when it is not the one word that it may be. */
export function readSagas(compiler: Compiler, node: ts.Expression | undefined, report: Report): Reading["sagas"] {
  if (node === undefined) return undefined;
  const followed = followConstant(compiler, node);
  if (followed.kind === "value" && ts.isStringLiteralLike(followed.node) && followed.node.text === "complete") return "complete";
  const why = followed.kind === "refused" ? followed.why : 'it is not the literal `"complete"`';
  report(unreadableOption(spanOf(node), { option: "sagas", why, cure: 'write `"complete"`, or leave it out' }));
  return undefined;
}

function literalSpan(compiler: Compiler, node: ts.Expression): Span | undefined {
  const followed = followConstant(compiler, node);
  return followed.kind === "value" && ts.isNumericLiteral(followed.node) ? spanOf(followed.node) : undefined;
}

// The generated module is another one where runs are stored, so it must be known.
function readFlag(compiler: Compiler, node: ts.Expression, report: Report): boolean {
  const followed = followConstant(compiler, node);
  if (followed.kind === "value" && followed.node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (followed.kind === "value" && followed.node.kind === ts.SyntaxKind.FalseKeyword) return false;
  const why = followed.kind === "refused" ? followed.why : "it is neither `true` nor `false`";
  report(unreadableOption(spanOf(node), { option: "durable", why }));
  return false;
}
