/** Tells how a file writes its relative imports, so that the generated module can do the same. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import type { Reading } from "../reading.js";

/** The end of the file's own relative specifiers; where it has none, what the compiler's settings ask for. */
export function importStyleOf(compiler: Compiler, file: ts.SourceFile): Reading["importStyle"] {
  for (const specifier of moduleSpecifiers(file)) {
    if (!specifier.text.startsWith(".")) continue;
    if (/\.[cm]?jsx?$/.test(specifier.text)) return ".js";
    // Declarations are called by their own names everywhere, as for types alone.
    if (/\.d\.[cm]?ts$/.test(specifier.text)) continue;
    if (/\.[cm]?tsx?$/.test(specifier.text)) return ".ts";
    // No ES module of Node's leaves the end out: what has none of these here is no source, such as `./prices.json`.
    if (file.impliedNodeFormat !== ts.ModuleKind.ESNext) return "";
  }
  const { moduleResolution, module, rewriteRelativeImportExtensions, allowImportingTsExtensions, configFilePath } =
    compiler.program.getCompilerOptions();
  if (rewriteRelativeImportExtensions) return ".ts";
  if (moduleResolution === ts.ModuleResolutionKind.Bundler) return "";
  if (moduleResolution === undefined && module !== undefined && module < ts.ModuleKind.Node16) return "";
  // The compiler writes no code for such a project: what erases the types there finds the file by its own name alone. Without a configuration the option
  // is the generator's, and says nothing.
  if (allowImportingTsExtensions && configFilePath !== undefined) return ".ts";
  // `require` needs no end, and what compiles while it loads, as ts-node and Jest do, finds no source behind a `.js`.
  return file.impliedNodeFormat === ts.ModuleKind.CommonJS ? "" : ".js";
}

/** What a file imports and re-exports, by its specifiers. */
export function moduleSpecifiers(file: ts.SourceFile): ts.StringLiteral[] {
  return file.statements
    .filter((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))
    .map(({ moduleSpecifier }) => moduleSpecifier)
    .filter((specifier) => specifier !== undefined)
    .filter((specifier) => ts.isStringLiteral(specifier));
}
