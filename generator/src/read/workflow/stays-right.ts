/**
 * Tells of a file that declares workflows whether it is still right when classes that it binds have become others. A class that says
 * `implements Task<States>` is checked to be such a task where it stands, and a workflow asks no more of it. So this need not be asked of the
 * compiler, which would have to infer what every task of the workflow returns. Wherever it is not plain to see, the answer is no.
 */

import { ts } from "../../../typescript/index.cjs";
import { KINDS } from "../../kinds/kinds.js";
import { canoExport } from "../cano-export.js";
import { type Compiler, symbolOf } from "../compiler.js";
import type { Changes, Imports } from "../find-changes.js";

const INTERFACES: readonly (string | undefined)[] = KINDS.map(({ named }) => named);

/** Whether a file that was right, and has not changed itself, is right for certain. */
export function staysRight(compiler: Compiler, file: ts.SourceFile, changes: Changes, imports: Imports): boolean {
  const mentions = listMentions(file);
  const isTask = (specifier: ts.ImportSpecifier): boolean => {
    const declaration = findClass(compiler, specifier);
    if (declaration === undefined || isSilenced(declaration.getSourceFile())) return false;
    const uses = (mentions.get(specifier.name.text) ?? []).filter(({ parent }) => parent !== specifier);
    return uses.every((use) => {
      const call = findCall(compiler, use);
      const states = call && isOnItsOwn(call, mentions) ? statesOf(compiler, call) : undefined;
      return states !== undefined && isTaskOf(compiler, declaration, states);
    });
  };
  const affected = (imports.get(file) ?? []).filter(({ module }) => module !== undefined && changes.affected.has(module));
  return (
    !isSilenced(file) &&
    affected.every(({ specifier, module }) => {
      // In a circle what the file declares may be part of what the class returns.
      const isCircle = module !== undefined && leadsTo(imports, module, file);
      return !isCircle && namesOf(specifier)?.every(isTask) === true;
    })
  );
}

/** Whether there may be errors that the compiler does not tell. */
function isSilenced({ text }: ts.SourceFile): boolean {
  return /@ts-(ignore|expect-error|nocheck)/.test(text);
}

/** The names of `import { A, B } from`; undefined where more is imported, or in another way. */
function namesOf({ parent }: ts.Node): readonly ts.ImportSpecifier[] | undefined {
  if (!ts.isImportDeclaration(parent) || parent.importClause?.name) return undefined;
  const bindings = parent.importClause?.namedBindings;
  return bindings && ts.isNamedImports(bindings) ? bindings.elements : undefined;
}

/** The class that is imported, if it is exported where it is declared, under its own name, and is made of nothing but itself. */
function findClass(compiler: Compiler, { name, propertyName, parent }: ts.ImportSpecifier): ts.ClassDeclaration | undefined {
  const [declaration, ...more] = symbolOf(compiler, name)?.declarations ?? [];
  if (!declaration || !ts.isClassDeclaration(declaration) || more.length > 0 || declaration.typeParameters) return undefined;
  const module = compiler.checker.getSymbolAtLocation(parent.parent.parent.moduleSpecifier)?.valueDeclaration;
  const [modifier, ...others] = declaration.modifiers ?? [];
  const isPlain = modifier?.kind === ts.SyntaxKind.ExportKeyword && others.length === 0;
  const isItself = module === declaration.parent && declaration.name?.text === (propertyName ?? name).text;
  return isPlain && isItself && !declaration.members.some(ts.isConstructorDeclaration) ? declaration : undefined;
}

/** Whether a class says of itself that it is a task over an enum. */
function isTaskOf(compiler: Compiler, declaration: ts.ClassDeclaration, states: ts.Symbol): boolean {
  const clauses = declaration.heritageClauses ?? [];
  return (
    clauses.every(({ token }) => token === ts.SyntaxKind.ImplementsKeyword) &&
    clauses.some(({ types }) =>
      types.some(({ expression, typeArguments: [first] = [] }) => {
        const over = first && ts.isTypeReferenceNode(first) ? symbolOf(compiler, first.typeName) : undefined;
        return over === states && INTERFACES.includes(canoExport(compiler, expression));
      }),
    )
  );
}

/** The call of `workflow` in whose `tasks` a name is written down as the value of a state. */
function findCall(compiler: Compiler, name: ts.Identifier): ts.CallExpression | undefined {
  const binding = name.parent;
  if (!ts.isPropertyAssignment(binding) || binding.initializer !== name) return undefined;
  const tasks = binding.parent.parent;
  if (!ts.isPropertyAssignment(tasks) || !ts.isIdentifier(tasks.name) || tasks.name.text !== "tasks") return undefined;
  const call = tasks.parent.parent;
  const isArgument = ts.isCallExpression(call) && call.arguments[0] === tasks.parent && !call.typeArguments;
  return isArgument && canoExport(compiler, call.expression) === "workflow" ? call : undefined;
}

/** Whether what the call returns is given a name, or exported, and not used in its file. */
function isOnItsOwn({ parent }: ts.CallExpression, mentions: ReadonlyMap<string, readonly ts.Identifier[]>): boolean {
  if (ts.isExportAssignment(parent)) return true;
  if (!ts.isVariableDeclaration(parent) || parent.type || !ts.isIdentifier(parent.name)) return false;
  return mentions.get(parent.name.text)?.length === 1;
}

/** The enum that a call names as its states. */
function statesOf(compiler: Compiler, { arguments: [argument] }: ts.CallExpression): ts.Symbol | undefined {
  // What is spread may say something else.
  if (!argument || !ts.isObjectLiteralExpression(argument) || argument.properties.some(ts.isSpreadAssignment)) return undefined;
  const option = argument.properties.find(({ name }) => name && ts.isIdentifier(name) && name.text === "states");
  const value = option && ts.isPropertyAssignment(option) ? option.initializer : undefined;
  const symbol = value && ts.isIdentifier(value) ? symbolOf(compiler, value) : undefined;
  return symbol && symbol.flags & ts.SymbolFlags.Enum ? symbol : undefined;
}

/** Where each name stands for what it names: members are called by their names, too. */
function listMentions(file: ts.SourceFile): ReadonlyMap<string, readonly ts.Identifier[]> {
  const mentions = new Map<string, ts.Identifier[]>();
  const visit = (node: ts.Node): void => {
    const { parent } = node;
    const isMember = (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
    if (ts.isIdentifier(node) && !isMember) mentions.set(node.text, [...(mentions.get(node.text) ?? []), node]);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return mentions;
}

function leadsTo(imports: Imports, from: ts.SourceFile, to: ts.SourceFile): boolean {
  const reached = new Set([from]);
  for (const file of reached) for (const { module } of imports.get(file) ?? []) if (module) reached.add(module);
  return reached.has(to);
}
