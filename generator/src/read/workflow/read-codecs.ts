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
  const found = compiler.checker.getPropertiesOfType(compiler.checker.getTypeAtLocation(node)).flatMap((symbol) => {
    const declared = symbol.valueDeclaration && ts.getNameOfDeclaration(symbol.valueDeclaration);
    const span = spanOf(declared ?? node);
    const types = typesOf(compiler, compiler.checker.getTypeOfSymbol(symbol));
    if (types !== undefined) return [{ name: symbol.name, span, canos: canosName(compiler, symbol.valueDeclaration), ...types }];
    report(unreadableOption(span, { option: "codecs", why: `\`${symbol.name}\` is not made by \`codec(…)\`` }));
    return [];
  });
  const codecs = found.map(({ name, of, encoded, canos }): KnownCodec => ({ name, of, encoded, isOwn: canos === undefined }));
  const known = { ...compiler, codecs };
  const losses = found.flatMap(({ name, span, canos, encoded }): PayloadLoss[] => {
    const loss = canos === undefined ? lossOf(known, encoded, span) : undefined;
    return loss ? [{ ...loss, role: "codec", state: name }] : [];
  });
  const recorded = found.map(({ name, canos, encoded }): LockedCodec => ({ name, canos, encoded: shapeOf(known, [encoded]) }));
  return { codecs, losses, recorded };
}

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
