/** Asks the compiler for the errors that keep a workflow from being read: those of its file and of the project files it imports. */

import { ts } from "../../../typescript/index.cjs";
import { doesNotTypeCheck } from "../../diagnostics/catalogue/reading.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { canoExport } from "../cano-export.js";
import { type Compiler, UNREACHABLE_CODE } from "../compiler.js";
import { findWorkflowCalls } from "./find-workflows.js";
import { isOwnSource } from "../own-source.js";
import { moduleSpecifiers } from "./import-style.js";

/** The compiler's errors, in two kinds. */
export interface TypeErrors {
  /** Errors that make every type a guess. */
  readonly blocking: readonly Diagnostic[];
  /** Errors that the generator says better: those inside this call's argument, and a class that is no such task as it says. */
  readonly heldBack: readonly Diagnostic[];
}

// "Class incorrectly implements interface" and "Property is not assignable to the same property in base type": whether the class is the
// task that it says it is, the checks tell in their own words.
const INCORRECTLY_IMPLEMENTED = [2420, 2416];

/** The errors that concern one workflow. */
export function findTypeErrors(compiler: Compiler, call: ts.CallExpression): TypeErrors {
  const blocking: Diagnostic[] = [];
  const inCall: Diagnostic[] = [];
  const ofClasses: Diagnostic[] = [];
  for (const file of importedFiles(compiler, call.getSourceFile())) {
    const errors = errorsOf(compiler, file).filter((error) => !isMissingGeneratedModule(file, error));
    if (errors.length === 0) continue;
    const calls = findWorkflowCalls(compiler, file);
    for (const error of errors) {
      const owner = calls.find((candidate) => candidate.arguments.some((argument) => isInside(error, argument)));
      if (INCORRECTLY_IMPLEMENTED.includes(error.code)) ofClasses.push(toDiagnostic(file, error));
      else if (owner === call) inCall.push(toDiagnostic(file, error));
      // What is wrong with a split that is a constant is told where it is bound.
      else if (owner === undefined && isInSplit(compiler, file, error)) inCall.push(toDiagnostic(file, error));
      else if (owner === undefined) blocking.push(toDiagnostic(file, error));
    }
  }
  // Binding such a class is an error too, which says the same again.
  return { blocking, heldBack: ofClasses.length > 0 ? ofClasses : inCall };
}

/** A file and the project's own files that it imports, directly or not. */
export function importedFiles(compiler: Compiler, start: ts.SourceFile): ts.SourceFile[] {
  const found = new Set<ts.SourceFile>([start]);
  for (const file of found) {
    for (const specifier of moduleSpecifiers(file)) {
      const module = compiler.checker.getSymbolAtLocation(specifier)?.valueDeclaration;
      if (module && ts.isSourceFile(module) && isOwnSource(module.fileName)) found.add(module);
    }
  }
  return [...found];
}

// "… is declared but never used": a name, a property, all of an import, all variables, a type parameter, all of a pattern.
const UNUSED = [6133, 6138, 6192, 6196, 6198, 6199];

/**
 * The compiler's errors in a file. What is never used makes no type a guess, whatever the project thinks of it. As `tsc` has it, a file that cannot be
 * parsed has no other errors: they would be about what the parser has guessed.
 */
export function errorsOf({ program, diagnosticsOf, refusesUnreachable }: Compiler, file: ts.SourceFile): ts.Diagnostic[] {
  const syntactic = program.getSyntacticDiagnostics(file);
  return [...(syntactic.length > 0 ? syntactic : diagnosticsOf(file))].filter(
    ({ category, code }) =>
      category === ts.DiagnosticCategory.Error && !UNUSED.includes(code) && (code !== UNREACHABLE_CODE || refusesUnreachable),
  );
}

/** Whether an error says that a generated module is not there: a file that uses one is read before it is written for the first time. */
export function isMissingGeneratedModule(file: ts.SourceFile, { code, start, length }: ts.Diagnostic): boolean {
  const missing = [2307, 2792, 2834, 2835].includes(code);
  return missing && start !== undefined && /\.cano(\.[cm]?[jt]sx?)?["']$/.test(file.text.slice(start, start + (length ?? 0)));
}

function isInSplit(compiler: Compiler, file: ts.SourceFile, error: ts.Diagnostic): boolean {
  const calls = (node: ts.Node): boolean =>
    isInside(error, node) &&
    ((ts.isCallExpression(node) && canoExport(compiler, node.expression) === "split") || ts.forEachChild(node, calls) === true);
  return file.text.includes("split") && ts.forEachChild(file, calls) === true;
}

/** Whether a compiler's error lies within a node of its file. */
export function isInside({ start, length }: ts.Diagnostic, node: ts.Node): boolean {
  return start !== undefined && start >= node.getStart() && start + (length ?? 0) <= node.getEnd();
}

/** The compiler's error as one of ours. */
export function toDiagnostic(file: ts.SourceFile, { code, messageText, start, length }: ts.Diagnostic): Diagnostic {
  const span = start === undefined ? undefined : { file: file.fileName, start, end: start + (length ?? 0) };
  const text = ts.flattenDiagnosticMessageText(messageText, "\n");
  // Under Plug'n'Play the project's own `tsc`, which Yarn patches, finds packages where there is no `node_modules`.
  const isLacking = code === 2307 && "pnp" in process.versions && /module '[^./']/.test(text);
  return doesNotTypeCheck(span, { number: code, text, lacks: isLacking ? "a package, by Yarn" : undefined });
}
