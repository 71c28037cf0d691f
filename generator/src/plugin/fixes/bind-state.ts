/** For a state without a task: binds a class that is declared before the workflow and fails until somebody writes it. */

import { pascalCase } from "../../model/generated-names.js";
import { ts } from "../../../typescript/index.cjs";
import type { Edit, FixMaker } from "./editor-fix.js";
import { findUnbound } from "./find-unbound.js";
import { at, insertInto, lineEndOf } from "./insert-into.js";
import { findOption, findWorkflowSource, type WorkflowSource, writeState } from "./workflow-source.js";

/** One fix for each workflow that lacks the state. */
export const bindState: FixMaker = ({ diagnostic, drafts, program }) =>
  findUnbound(drafts, diagnostic.span).flatMap(({ draft, state }) => {
    const source = findWorkflowSource(program, draft);
    const tasks = source && findOption(source, "tasks");
    const key = source && writeState(source, draft, state);
    if (!source || !tasks || !ts.isObjectLiteralExpression(tasks) || key === undefined) return [];
    const { file } = source;
    const taken = listNames(file);
    const name = freeName(pascalCase(state.name), new Set([...taken, ...USED]));
    const states = findEnumName(program, source);
    const task = states === undefined ? undefined : findTask(source, taken);
    const edits = [
      ...(task?.edits ?? []),
      at(file, startOf(source), classText(file, name, task && `${task.name}<${states}>`, state.name)),
      insertInto(file, tasks, `${isPlainKey(key) ? key : `[${key}]`}: ${name}`),
    ];
    return [{ title: `bind a new task to \`${state.name}\` in \`${draft.name}\``, edits }];
  });

/** Whether a state as it is written is a key by itself: as one, `"__proto__"` sets the prototype. */
function isPlainKey(state: string): boolean {
  return state.startsWith('"') && state !== '"__proto__"';
}

/** What the new class names itself. */
const USED = ["Error", "Promise", "Task"];

function classText(file: ts.SourceFile, name: string, implemented: string | undefined, state: string): string {
  const lines = [
    `class ${name}${implemented === undefined ? "" : ` implements ${implemented}`} {`,
    "  async run(): Promise<never> {",
    `    throw new Error(${JSON.stringify(`the task of ${state} is not written yet`)});`,
    "  }",
    "}",
    "",
    "",
  ];
  return lines.join(lineEndOf(file));
}

/** Where the statement of the module that the call is in begins, with the comments that belong to it. */
function startOf({ file, call }: WorkflowSource): number {
  const top = file.statements.find((statement) => statement.pos <= call.pos && call.end <= statement.end) ?? call;
  const comments = ts.getLeadingCommentRanges(file.text, top.pos) ?? [];
  return comments.reduceRight(
    (start, { pos, end }) => {
      const isApart = /\n\s*\n/.test(file.text.slice(end, start));
      return isApart ? start : pos;
    },
    top.getStart(file, true),
  );
}

/** The name of the enum, where it is a type as well: a constant that holds the enum is none. */
function findEnumName(program: ts.Program, source: WorkflowSource): string | undefined {
  const states = findOption(source, "states");
  const checker = program.getTypeChecker();
  const named = states && checker.getSymbolAtLocation(states);
  const symbol = named && named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
  return symbol && symbol.flags & ts.SymbolFlags.Enum ? states?.getText(source.file) : undefined;
}

/** What `Task` of the runtime is called in the file, and what brings it in if need be; undefined where the name means something else. */
function findTask({ file }: WorkflowSource, taken: ReadonlySet<string>): { name: string; edits: readonly Edit[] } | undefined {
  const lists = file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const names = statement.importClause?.namedBindings;
    return statement.moduleSpecifier.text === "cano" && names && ts.isNamedImports(names) ? [names] : [];
  });
  const imported = lists
    .flatMap(({ elements }) => [...elements])
    .find(({ propertyName, name }) => (propertyName ?? name).text === "Task");
  if (imported) return { name: imported.name.text, edits: [] };
  const [list] = lists;
  if (list === undefined || taken.has("Task")) return undefined;
  // Named as a type, since that is all it is; in a list of types that would be said twice.
  return { name: "Task", edits: [insertInto(file, list, list.parent.isTypeOnly ? "Task" : "type Task")] };
}

/** The names that a file declares or uses anywhere, those of members aside: one that is not among them is new in every place of the file. */
function listNames(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isMemberName(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  return (ts.isEnumMember(parent) || ts.isPropertyAssignment(parent) || ts.isClassElement(parent)) && parent.name === node;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const names = [wanted, `${wanted}Task`, ...Array.from({ length: taken.size + 1 }, (_, number) => `${wanted}Task${number + 2}`)];
  return names.find((name) => !taken.has(name)) ?? wanted;
}
