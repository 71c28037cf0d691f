/** Reads the codecs of a workflow: which types it stores besides those that JSON knows. */

import { ts } from "../../../typescript/index.cjs";
import { unreadableOption } from "../../diagnostics/catalogue/reading.js";
import type { Report } from "../../diagnostics/diagnostic.js";
import type { LockedCodec } from "../../lock/lock.js";
import { canoTypeName } from "../cano-export.js";
import type { Compiler, KnownCodec } from "../compiler.js";
import type { PayloadLoss } from "../data-reading.js";
import { lossOf } from "../data/payload-losses.js";
import { shapeOf } from "../data/shape-of.js";
import { heldValue } from "../follow/bound-method.js";
import { followConstant } from "../follow/follow-constant.js";
import { spanOf } from "../span-of.js";
import { errorsOf, isInside } from "./type-check.js";

/** The codecs of the option's value, what is recorded of them, and what they encode to that does not survive JSON either. Reports CANO1005 for what is no codec. */
export function readCodecs(
  compiler: Compiler,
  node: ts.Expression | undefined,
  report: Report,
): {
  readonly codecs: readonly KnownCodec[];
  readonly losses: readonly PayloadLoss[];
  readonly recorded: readonly LockedCodec[];
} {
  if (node === undefined) return { codecs: [], losses: [], recorded: [] };
  const type = compiler.checker.getTypeAtLocation(node);
  if (compiler.checker.isArrayLikeType(type) || canoTypeName(compiler, type) === "Codec") {
    const why = "it is no object that has them by their names";
    report(unreadableOption(spanOf(node), { option: "codecs", why, cure: "give each a name: `codecs: { date: dates }`" }));
    return { codecs: [], losses: [], recorded: [] };
  }
  const found = compiler.checker.getPropertiesOfType(type).flatMap((symbol) => {
    const declared = symbol.valueDeclaration && ts.getNameOfDeclaration(symbol.valueDeclaration);
    const span = spanOf(declared ?? node);
    const types = typesOf(compiler, compiler.checker.getTypeOfSymbol(symbol));
    if (types !== undefined) return [{ name: symbol.name, span, canos: canosName(compiler, symbol.valueDeclaration), ...types }];
    const why = `\`${symbol.name}\` is not made by \`codec(…)\``;
    report(unreadableOption(span, { option: "codecs", why, cure: CURE }));
    return [];
  });
  const codecs = found.map(({ name, of, encoded, canos }): KnownCodec => ({ name, of, encoded, isOwn: canos === undefined }));
  const known = { ...compiler, codecs };
  const isRefused = errorsOf(compiler, node.getSourceFile()).some((error) => isInside(error, node));
  const losses = found.flatMap(({ name, span, canos, encoded }): PayloadLoss[] => {
    // What a call that the compiler refuses would encode to is a guess, and its error says what is wrong.
    const loss = canos === undefined && !isRefused ? lossOf(known, encoded, span) : undefined;
    return loss ? [{ ...loss, role: "codec", state: name }] : [];
  });
  const recorded = found.map(({ name, canos, encoded }): LockedCodec => ({ name, canos, encoded: shapeOf(known, [encoded]) }));
  return { codecs, losses, recorded };
}

const CURE =
  "write `codec(Class, { encode, decode })` for a class of your own, and those that there are as they are: `dates`, `bigints`, `maps`, `sets`";

// Those that `cano` has encode to what is looked at where it is stored: the entries of a map, for one.
function canosName(compiler: Compiler, declaration: ts.Declaration | undefined): string | undefined {
  const value = declaration && heldValue(declaration);
  const followed = value && followConstant(compiler, value);
  return followed?.kind === "cano" ? followed.name : undefined;
}

function typesOf({ checker, ...rest }: Compiler, type: ts.Type): { readonly of: ts.Type; readonly encoded: ts.Type } | undefined {
  if (canoTypeName({ checker, ...rest }, type) !== "Codec") return undefined;
  const [of, encoded] = checker.getTypeArguments(type as ts.TypeReference);
  return of && encoded && { of, encoded };
}
