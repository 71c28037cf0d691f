/** Tells how a file writes its relative imports, so that the generated module can do the same. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import type { Reading } from "../reading.js";

/** The end of the file's own relative specifiers; where it has none, what the compiler's settings ask for. */
export function importStyleOf(compiler: Compiler, file: ts.SourceFile): Reading["importStyle"] {
  const { moduleResolution, module, rewriteRelativeImportExtensions, allowImportingTsExtensions, configFilePath } =
    compiler.program.getCompilerOptions();
  for (const specifier of moduleSpecifiers(file)) {
    if (!specifier.text.startsWith(".")) continue;
    if (/\.[cm]?jsx?$/.test(specifier.text)) return ".js";
    // Declarations are called by their own names everywhere, as for types alone; and data is no source.
    if (/\.(?:d\.[cm]?ts|json)$/.test(specifier.text)) continue;
    if (/\.[cm]?tsx?$/.test(specifier.text)) {
      if (rewriteRelativeImportExtensions || allowImportingTsExtensions) return ".ts";
      // Types alone may be imported so whatever the settings are; a generated module imports more than types.
      continue;
    }
    // No ES module of Node's leaves the end out: what has none of these here is no source, such as `./prices.css`.
    if (file.impliedNodeFormat !== ts.ModuleKind.ESNext) return "";
  }
  if (rewriteRelativeImportExtensions) return ".ts";
  if (moduleResolution === ts.ModuleResolutionKind.Bundler) return "";
  // What the compiler takes for granted beside these.
  if (
    moduleResolution === undefined &&
    module !== undefined &&
    (module < ts.ModuleKind.Node16 || module === ts.ModuleKind.Preserve)
  )
    return "";
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
