/** Finds the places in a `workflow({...})` call that fixes change. Only what is written out in the call itself is found. */

import type { Span } from "../../diagnostics/diagnostic.js";
import type { Draft } from "../../model/draft.js";
import { memberAccess } from "../../text/member-access.js";
import { ts } from "../../../typescript/index.cjs";

/** The call as it is written. */
export interface WorkflowSource {
  readonly file: ts.SourceFile;
  readonly call: ts.CallExpression;
  readonly options: ts.ObjectLiteralExpression;
}

/** The call of a draft. */
export function findWorkflowSource(program: ts.Program, draft: Draft): WorkflowSource | undefined {
  const file = program.getSourceFile(draft.span.file);
  const call = file && findAround(file, draft.span, ts.isCallExpression);
  const options = call?.arguments[0];
  return file && call && options && ts.isObjectLiteralExpression(options) ? { file, call, options } : undefined;
}

/** The value of an option, where it is written as `name: value` or just `name`. */
export function findOption({ options }: WorkflowSource, wanted: string): ts.Expression | undefined {
  const member = options.properties.find(({ name }) => name && "text" in name && name.text === wanted);
  if (member && ts.isShorthandPropertyAssignment(member)) return member.name;
  return member && ts.isPropertyAssignment(member) ? member.initializer : undefined;
}

/**
 * How the call refers to a state: `Order.Ship`; as a plain value where it has no name there, as in a tuple. Undefined for an enum without a
 * name there, which takes its members only.
 */
export function writeState(
  source: WorkflowSource,
  { statesKind }: Pick<Draft, "statesKind">,
  { name, value }: { readonly name: string; readonly value: string | number },
): string | undefined {
  const states = findOption(source, "states");
  const isNamed = states !== undefined && (ts.isIdentifier(states) || ts.isPropertyAccessExpression(states));
  if (statesKind === "tuple" || (!isNamed && statesKind === "object")) return JSON.stringify(value);
  if (!isNamed) return undefined;
  return states.getText(source.file) + memberAccess(name);
}

/** The innermost node of a kind around a span. */
export function findAround<Node extends ts.Node>(
  file: ts.SourceFile,
  { start, end }: Span,
  isWanted: (node: ts.Node) => node is Node,
): Node | undefined {
  let found: Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) > start || node.getEnd() < end) return;
    if (isWanted(node)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
