/** Reads the codecs of a workflow: which types it stores besides those that JSON knows. */

import { ts } from "../../../typescript/index.cjs";
import { unreadableOption } from "../../diagnostics/catalogue/reading.js";
import type { Report } from "../../diagnostics/diagnostic.js";
import { canoTypeName } from "../cano-export.js";
import type { Compiler, KnownCodec } from "../compiler.js";
import type { PayloadLoss } from "../data-reading.js";
import { lossOf } from "../data/payload-losses.js";
import { heldValue } from "../follow/bound-method.js";
import { followConstant } from "../follow/follow-constant.js";
import { spanOf } from "../span-of.js";

/** The codecs of the option's value, and what they encode to that does not survive JSON either. Reports CANO1005 for what is no codec. */
export function readCodecs(
  compiler: Compiler,
  node: ts.Expression | undefined,
  report: Report,
): { readonly codecs: readonly KnownCodec[]; readonly losses: readonly PayloadLoss[] } {
  if (node === undefined) return { codecs: [], losses: [] };
  const found = compiler.checker.getPropertiesOfType(compiler.checker.getTypeAtLocation(node)).flatMap((symbol) => {
    const declared = symbol.valueDeclaration && ts.getNameOfDeclaration(symbol.valueDeclaration);
    const span = spanOf(declared ?? node);
    const types = typesOf(compiler, compiler.checker.getTypeOfSymbol(symbol));
    if (types !== undefined) return [{ name: symbol.name, span, isOwn: !isCanos(compiler, symbol.valueDeclaration), ...types }];
    report(unreadableOption(span, { option: "codecs", why: `\`${symbol.name}\` is not made by \`codec(…)\`` }));
    return [];
  });
  const codecs = found.map(({ name, of, encoded, isOwn }): KnownCodec => ({ name, of, encoded, isOwn }));
  const losses = found.flatMap(({ name, span, isOwn, encoded }): PayloadLoss[] => {
    const loss = isOwn ? lossOf({ ...compiler, codecs }, encoded, span) : undefined;
    return loss ? [{ ...loss, role: "codec", state: name }] : [];
  });
  return { codecs, losses };
}

// Those that `cano` has encode to what is looked at where it is stored: the entries of a map, for one.
function isCanos(compiler: Compiler, declaration: ts.Declaration | undefined): boolean {
  const value = declaration && heldValue(declaration);
  return value !== undefined && followConstant(compiler, value).kind === "cano";
}

function typesOf({ checker, ...rest }: Compiler, type: ts.Type): { readonly of: ts.Type; readonly encoded: ts.Type } | undefined {
  if (canoTypeName({ checker, ...rest }, type) !== "Codec") return undefined;
  const [of, encoded] = checker.getTypeArguments(type as ts.TypeReference);
  return of && encoded && { of, encoded };
}
