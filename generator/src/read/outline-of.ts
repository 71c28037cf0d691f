/** What other files may depend on in a file, as far as types go. */

import { ts } from "../../typescript/index.cjs";

/** The text of a file without the bodies of functions that say what they return: as long as it is the same, so is every type that the file exports. */
export function outlineOf(file: ts.SourceFile): string {
  // In JavaScript, code declares members.
  if (!/\.[cm]?tsx?$/.test(file.fileName)) return file.text;
  const parts: string[] = [];
  let end = 0;
  const visit = (node: ts.Node): void => {
    if (!ts.isFunctionLike(node) || !node.type || !("body" in node) || !node.body) return ts.forEachChild(node, visit);
    parts.push(file.text.slice(end, node.body.pos));
    end = node.body.end;
  };
  visit(file);
  return [...parts, file.text.slice(end)].join("{}");
}
