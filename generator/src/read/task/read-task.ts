/** Reads what is said of a task as a whole: its class, kinds, interfaces, constructor. Its method is `read-method.ts`. */

import { ts } from "../../../typescript/index.cjs";
import type { Span } from "../../diagnostics/diagnostic.js";
import { COMPENSATE_KEYS, CONFIG_KEYS, KINDS, KNOWN_MEMBERS, type TaskKind } from "../../kinds/kinds.js";
import { canoExport } from "../cano-export.js";
import { type Compiler, symbolOf } from "../compiler.js";
import { exportOf } from "../export-of.js";
import { isOwnSource } from "../own-source.js";
import type { MethodReading, TaskReading } from "../reading.js";
import { isHidden } from "../data/is-hidden.js";
import { spanOf } from "../span-of.js";
import { type BoundCall, type BoundTask, onlyShape } from "./bound-task.js";
import { findIdleConfigs, findIdleOptions } from "./idle-options.js";
import { readConfig } from "./read-config.js";
import { readFlows } from "./read-flows.js";
import { readOptions } from "./read-options.js";
import { readClosedParameters } from "./read-parameters.js";
import { readName } from "./read-name.js";
import { readWaits } from "./read-waits.js";

/** Reads a task; `method` is what was read of its method. */
export function readTask(compiler: Compiler, task: BoundTask, method: MethodReading | undefined): TaskReading {
  const span = spanOf(task.expression);
  return {
    className: task.className,
    form: task.form,
    importable: importableOf(compiler, task),
    span,
    shapes: task.shapes.map(({ kind, calls: [first] }) => ({ kind, span: first ? placeOf(first, span) : span })),
    begun: begunBy(task, span),
    implemented: implementedBy(compiler, task.classNode),
    otherMembers: otherMembers(compiler, task),
    staticMembers: staticMembers(compiler, task),
    hiddenMembers: hiddenMembers(compiler, task),
    construction: constructionOf(compiler, task),
    method,
    closedParameters: readClosedParameters(compiler, onlyShape(task)),
    config: readConfig(compiler, task.type),
    compensateConfig: isCompensatable(task) ? readConfig(compiler, task.type, "compensateConfig", COMPENSATE_KEYS) : undefined,
    ...readOptions(compiler, task),
    idleOptions: findIdleOptions(compiler, task),
    idleConfigs: findIdleConfigs(compiler, task),
    waits: readWaits(compiler, onlyShape(task)),
    ...readFlows(compiler, onlyShape(task)),
  };
}

function isCompensatable(task: BoundTask): boolean {
  return onlyShape(task)?.kind === "compensatable";
}

function begunBy({ begun }: BoundTask, span: Span): TaskReading["begun"] {
  return begun && { ...begun, present: begun.present.map((call) => ({ name: call.name, span: placeOf(call, span) })) };
}

function placeOf({ method: { nameNode } }: BoundCall, otherwise: Span): Span {
  return nameNode ? spanOf(nameNode) : otherwise;
}

function importableOf(compiler: Compiler, { classNode }: BoundTask): TaskReading["importable"] {
  const name = classNode?.name;
  if (classNode === undefined || name === undefined || ts.getEffectiveTypeParameterDeclarations(classNode).length > 0)
    return undefined;
  const source = classNode.getSourceFile();
  if (!isOwnSource(source.fileName)) return undefined;
  const exported = exportOf(compiler, symbolOf(compiler, name), source);
  // To an ES module, what a CommonJS module exports by default is all that it exports.
  if (exported?.kind === "default" && source.impliedNodeFormat === ts.ModuleKind.CommonJS) return undefined;
  return exported && { file: source.fileName, name: exported.kind === "named" ? exported.name : "default" };
}

const INTERFACES: ReadonlyMap<string, TaskKind | "branch"> = new Map<string, TaskKind | "branch">([
  ...KINDS.map(({ named, kind }) => [named, kind] as const),
  ["Branch", "branch"],
]);

// A base class states its intent for the classes below it too.
function implementedBy(compiler: Compiler, classNode: ts.ClassLikeDeclaration | undefined): TaskReading["implemented"] {
  const found: TaskReading["implemented"][number][] = [];
  const seen = new Set<ts.Node>();
  for (let node = classNode; node && !seen.has(node); node = baseOf(compiler, node)) {
    seen.add(node);
    for (const { expression } of heritageOf(node, ts.SyntaxKind.ImplementsKeyword)) {
      const name = canoExport(compiler, expression);
      const kind = name === undefined ? undefined : INTERFACES.get(name);
      if (name !== undefined && kind !== undefined) found.push({ kind, name, span: spanOf(expression) });
    }
  }
  return found;
}

function baseOf(compiler: Compiler, node: ts.ClassLikeDeclaration): ts.ClassLikeDeclaration | undefined {
  const [base] = heritageOf(node, ts.SyntaxKind.ExtendsKeyword);
  const declaration = base && symbolOf(compiler, base.expression)?.valueDeclaration;
  return declaration && ts.isClassLike(declaration) ? declaration : undefined;
}

function heritageOf(node: ts.ClassLikeDeclaration, token: ts.HeritageClause["token"]): readonly ts.ExpressionWithTypeArguments[] {
  return node.heritageClauses?.find((clause) => clause.token === token)?.types ?? [];
}

function otherMembers(compiler: Compiler, task: BoundTask): TaskReading["otherMembers"] {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return compiler.checker.getPropertiesOfType(task.type).flatMap((symbol) => {
    const declaration = symbol.declarations?.[0];
    const name = declaration && ts.getNameOfDeclaration(declaration);
    if (!name || (KNOWN_MEMBERS.has(symbol.name) && !isUncalled(task, symbol.name))) return [];
    if (ts.isPrivateIdentifier(name) || ts.isComputedPropertyName(name)) return [];
    return ts.getCombinedModifierFlags(declaration) & hidden ? [] : [readName(symbol.name, name)];
  });
}

// What undoes a task is looked at beside `run` only.
function isUncalled(task: BoundTask, name: string): boolean {
  const shape = onlyShape(task);
  return name === "compensate" && shape !== undefined && !shape.calls.some((call) => call.name === "run");
}

function hiddenMembers({ checker }: Compiler, { type }: BoundTask): TaskReading["hiddenMembers"] {
  return checker.getPropertiesOfType(type).flatMap((symbol) => {
    const name = symbol.valueDeclaration && ts.getNameOfDeclaration(symbol.valueDeclaration);
    const text = name?.getText().replace(/^#/, "");
    return name && text !== undefined && KNOWN_MEMBERS.has(text) && isHidden(symbol) ? [readName(text, name)] : [];
  });
}

// A class may have a `config` of its own, which is no task's.
function staticMembers({ checker }: Compiler, { type, classNode }: BoundTask): TaskReading["staticMembers"] {
  const symbol = classNode?.name && checker.getSymbolAtLocation(classNode.name);
  const members = symbol ? checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol)) : [];
  return members.flatMap((member) => {
    const name = member.declarations?.[0] && ts.getNameOfDeclaration(member.declarations[0]);
    if (!name || !KNOWN_MEMBERS.has(member.name) || checker.getPropertyOfType(type, member.name)) return [];
    const held = checker.getTypeOfSymbol(member);
    const isMeant = member.name !== "config" || CONFIG_KEYS.some((key) => checker.getPropertyOfType(held, key));
    return isMeant ? [readName(member.name, name)] : [];
  });
}

function constructionOf(compiler: Compiler, { form, classNode }: BoundTask): TaskReading["construction"] {
  if (form !== "class" || classNode === undefined) return undefined;
  const abstract = classNode.modifiers?.find(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword);
  if (abstract) return { problem: "abstract", span: spanOf(abstract) };
  const builder = findConstructor(compiler, classNode);
  const hidden = builder?.modifiers?.find(
    ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword,
  );
  if (hidden) return { problem: "private", span: spanOf(hidden) };
  const required = builder?.parameters.find(
    ({ questionToken, initializer, dotDotDotToken }) => !questionToken && !initializer && !dotDotDotToken,
  );
  return required && { problem: "arguments", span: spanOf(required) };
}

// A class without a constructor is made by that of its base.
function findConstructor(compiler: Compiler, start: ts.ClassLikeDeclaration): ts.ConstructorDeclaration | undefined {
  const seen = new Set<ts.Node>();
  for (let node: ts.ClassLikeDeclaration | undefined = start; node && !seen.has(node); node = baseOf(compiler, node)) {
    seen.add(node);
    const own = node.members.filter((member) => ts.isConstructorDeclaration(member)).findLast(({ body }) => body);
    if (own) return own;
  }
  return undefined;
}
