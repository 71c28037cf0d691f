/** The compiler as the read stage asks it: the checker, the flow facts of a file, the package that a file belongs to. */

import { dirname, join } from "node:path";
import { ts } from "../../typescript/index.cjs";
import type { SourceProject } from "./open-project.js";
import type { Freshness } from "./freshness.js";

/** A codec of the workflow that is being read. */
export interface KnownCodec {
  readonly name: string;
  /** The type whose values it stores. */
  readonly of: ts.Type;
  /** The type that it stores them as. */
  readonly encoded: ts.Type;
  /** Whether it is one of the workflow's own, and not one of those that `cano` has. */
  readonly isOwn: boolean;
}

/** One program and what is remembered about it. */
export interface Compiler {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** What the checker has against a file, unreachable code included. */
  readonly diagnosticsOf: SourceProject["diagnosticsOf"];
  readonly refusesUnreachable: boolean;
  /** The name in the package.json nearest to a file. */
  readonly packageOf: (file: string) => string | undefined;
  /** Whether control never reaches a node, by the compiler's own flow analysis. */
  readonly isUnreachable: (node: ts.Node) => boolean;
  /** The codecs of the workflow that is being read. */
  readonly codecs: readonly KnownCodec[];
  /** What is so still of what was read in earlier programs, where there were any. */
  readonly freshness: Freshness | undefined;
  /** What was asked of the texts of all files, with the answers. */
  readonly asked: Asked;
}

/** Files that say something, by what it is that they were asked for: see `asked-files.ts`. */
export type Asked = Map<string, readonly ts.SourceFile[]>;

/** "Unreachable code detected." */
export const UNREACHABLE_CODE = 7027;

/** Prepares a project for questions. */
export function createCompiler({ program, diagnosticsOf, refusesUnreachable, freshness }: SourceProject): Compiler {
  return {
    program,
    checker: program.getTypeChecker(),
    diagnosticsOf,
    refusesUnreachable,
    packageOf: createPackageLookup(),
    isUnreachable: createReachability(diagnosticsOf),
    codecs: [],
    freshness,
    asked: new Map(),
  };
}

/** The symbol that a name stands for, imports and re-exports resolved. */
export function symbolOf(compiler: Compiler, node: ts.Node): ts.Symbol | undefined {
  const { checker } = compiler;
  const shorthand = ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node;
  const symbol = shorthand ? checker.getShorthandAssignmentValueSymbol(node.parent) : checker.getSymbolAtLocation(node);
  return symbol && unalias(compiler, symbol);
}

/** What an import or re-export stands for; any other symbol as it is. */
export function unalias(compiler: Compiler, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? compiler.checker.getAliasedSymbol(symbol) : symbol;
}

/** The node that names the member in `a.b` or `a["b"]`; undefined for a computed member. */
export function memberNameOf(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): ts.Node | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name;
  return ts.isStringLiteralLike(node.argumentExpression) || ts.isNumericLiteral(node.argumentExpression)
    ? node.argumentExpression
    : undefined;
}

/** The type of a property of a type, instantiated as the type is. */
export function propertyType(compiler: Compiler, type: ts.Type, name: string): ts.Type | undefined {
  const property = compiler.checker.getPropertyOfType(type, name);
  return property && compiler.checker.getTypeOfSymbol(property);
}

/** A type as the compiler prints it. */
export function typeText(compiler: Compiler, type: ts.Type): string {
  return compiler.checker.typeToString(type);
}

function createPackageLookup(): Compiler["packageOf"] {
  const known = new Map<string, string | undefined>();
  const nameIn = (folder: string): string | undefined => {
    if (known.has(folder)) return known.get(folder);
    const manifest = ts.sys.readFile(join(folder, "package.json"));
    const name = manifest === undefined ? undefined : readName(manifest);
    const found = name ?? (dirname(folder) === folder ? undefined : nameIn(dirname(folder)));
    known.set(folder, found);
    return found;
  };
  return (file) => nameIn(dirname(file));
}

function readName(manifest: string): string | undefined {
  const { config } = ts.parseConfigFileTextToJson("package.json", manifest) as { config?: { name?: unknown } };
  return typeof config?.name === "string" ? config.name : undefined;
}

function createReachability(diagnosticsOf: Compiler["diagnosticsOf"]): Compiler["isUnreachable"] {
  const known = new Map<ts.SourceFile, readonly ts.Diagnostic[]>();
  return (node) => {
    const file = node.getSourceFile();
    const dead = known.get(file) ?? diagnosticsOf(file).filter(({ code }) => code === UNREACHABLE_CODE);
    known.set(file, dead);
    const start = node.getStart(file);
    return dead.some((range) => range.start !== undefined && range.start <= start && start < range.start + (range.length ?? 0));
  };
}
