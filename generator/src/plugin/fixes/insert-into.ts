/** Adds to lists as they are written: on a line of its own where the list has lines, and with a comma where one is missing. */

import { ts } from "../../../typescript/index.cjs";
import type { Edit } from "./editor-fix.js";

/** Adds `text` as the last item of an array or object literal, or of the names of an import. */
export function insertInto(
  file: ts.SourceFile,
  list: ts.ArrayLiteralExpression | ts.ObjectLiteralExpression | ts.NamedImports,
  text: string,
): Edit {
  const items: ts.NodeArray<ts.Node> = ts.isObjectLiteralExpression(list) ? list.properties : list.elements;
  const last = items.at(-1);
  const open = list.getStart(file) + 1;
  if (last === undefined) return at(file, open, ts.isArrayLiteralExpression(list) ? text : ` ${text} `);
  const start = items.hasTrailingComma ? items.end : last.getEnd();
  const [before, after] = items.hasTrailingComma ? ["", ","] : [",", ""];
  if (!isOnItsOwnLine(file, last)) return at(file, start, `${before} ${text}${after}`);
  // What is said behind the last item stays with it.
  const end = ts.getTrailingCommentRanges(file.text, start)?.at(-1)?.end ?? start;
  const between = `${file.text.slice(start, end)}${lineEndOf(file)}${indentOf(file, last)}`;
  return { span: { file: file.fileName, start, end }, text: `${before}${between}${text}${after}` };
}

/** An edit that only adds. */
export function at(file: ts.SourceFile, position: number, text: string): Edit {
  return { span: { file: file.fileName, start: position, end: position }, text };
}

/** The line end that a file has. */
export function lineEndOf(file: ts.SourceFile): string {
  return file.text.includes("\r\n") ? "\r\n" : "\n";
}

function isOnItsOwnLine(file: ts.SourceFile, node: ts.Node): boolean {
  return file.text.slice(lineStartOf(file, node), node.getStart(file)).trim() === "";
}

function indentOf(file: ts.SourceFile, node: ts.Node): string {
  return file.text.slice(lineStartOf(file, node), node.getStart(file));
}

function lineStartOf(file: ts.SourceFile, node: ts.Node): number {
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return file.getPositionOfLineAndCharacter(line, 0);
}
