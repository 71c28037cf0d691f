/** Tells how other modules reach something: the name under which its file exports it. */

import type { ts } from "../../typescript/index.cjs";
import { isName } from "../text/is-name.js";
import { type Compiler, unalias } from "./compiler.js";
import type { Reading } from "./reading.js";

/** The name under which a file exports what a symbol stands for; a name of its own rather than `default`. */
export function exportOf(
  compiler: Compiler,
  symbol: ts.Symbol | undefined,
  file: ts.SourceFile,
): Reading["exported"] | undefined {
  const module = compiler.checker.getSymbolAtLocation(file);
  if (symbol === undefined || module === undefined) return undefined;
  const names = compiler.checker
    .getExportsOfModule(module)
    .filter((candidate) => isSame(unalias(compiler, candidate), symbol))
    .map(({ name }) => name);
  // `export { order as "the order" }` is a name that no import list of ours can hold.
  const name = names.find((candidate) => candidate !== "default" && isName(candidate));
  if (name !== undefined) return { kind: "named", name };
  return names.includes("default") ? { kind: "default" } : undefined;
}

// An exported declaration has two symbols, one inside its module and one outside.
function isSame(exported: ts.Symbol, symbol: ts.Symbol): boolean {
  if (exported === symbol) return true;
  const declaration = exported.valueDeclaration;
  if (declaration === undefined) return false;
  return declaration === symbol.valueDeclaration;
}
