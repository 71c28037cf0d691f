/** For a target that cannot be told: names the states in the return type of the method, to be narrowed by whoever knows them. */

import { listTasks } from "../../model/bindings.js";
import { ts } from "../../../typescript/index.cjs";
import type { FixMaker, Problem } from "./editor-fix.js";
import { at } from "./insert-into.js";
import { findAround } from "./workflow-source.js";

/** Methods whose result is the next state and nothing else. */
const METHODS = new Set(["run", "route"]);

/** A fix where the class says whose states they are, and the method returns nothing but states. */
export const annotateReturn: FixMaker = (problem) => {
  const {
    diagnostic: { span },
    program,
  } = problem;
  const file = span && program.getSourceFile(span.file);
  const method = file && findAround(file, span, ts.isMethodDeclaration);
  if (!file || !method?.body || method.type !== undefined || !METHODS.has(method.name.getText(file))) return [];
  if (method.asteriskToken || handsOver(problem)) return [];
  const states = findStates(file, method.parent);
  const after = method.getChildren(file).find(({ kind }) => kind === ts.SyntaxKind.CloseParenToken);
  if (states === undefined || after === undefined) return [];
  const isAsync = method.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
  const type = isAsync ? `Promise<${states}>` : states;
  return [
    { title: `annotate \`${method.name.getText(file)}\` with \`${type}\``, edits: [at(file, after.getEnd(), `: ${type}`)] },
  ];
};

/** Whether the task hands an input to any of its targets: the states alone are not what it returns then. */
function handsOver({ diagnostic: { span }, drafts }: Problem): boolean {
  const all = drafts.flatMap(listTasks).map(({ task }) => task.method?.targets ?? []);
  const own = all.filter((targets) =>
    targets.some(({ state }) => state.span.file === span?.file && state.span.start === span.start),
  );
  return own.flat().some(({ form, by }) => by === "method" && form !== "bare");
}

/** `Order` of `implements Task<Order>`. Where a task leaves something to be undone its result is more than a state. */
function findStates(file: ts.SourceFile, owner: ts.Node): string | undefined {
  if (!ts.isClassLike(owner)) return undefined;
  const types = owner.heritageClauses?.flatMap((clause) => [...clause.types]) ?? [];
  const task = types.find(({ expression }) => /^(Router)?Task$/.test(expression.getText(file)));
  return task?.typeArguments?.[0]?.getText(file);
}
