/** Takes the options of a call apart by their names, and reports those that nothing knows. What their values say is for the callers. */

import { ts } from "../../../typescript/index.cjs";
import { unknownOption, unreadableOption } from "../../diagnostics/catalogue/reading.js";
import type { Report } from "../../diagnostics/diagnostic.js";
import { findNearest } from "../../text/slips.js";
import type { Compiler } from "../compiler.js";
import { spanOf } from "../span-of.js";
import { isLeftOut } from "./follow-constant.js";
import { keyText, type Member } from "./members-of.js";

/** Options by their names. */
export interface Options {
  readonly given: ReadonlyMap<string, ts.Expression>;
  /** Names that were meant by a slip, or given in a way that cannot be read: reported, and not missing. */
  readonly misgiven: ReadonlySet<string>;
}

/** Finds the options of `workflow` or `split` among the members of its argument; the last one of a name counts, as at run time, and one that is `undefined` is left out. */
export function optionsOf(
  compiler: Compiler,
  members: readonly Member[],
  { of, known }: { readonly of: "workflow" | "split"; readonly known: readonly string[] },
  report: Report,
): Options {
  const given = new Map<string, ts.Expression>();
  const misgiven = new Set<string>();
  for (const { name, value } of members) {
    const option = keyText(compiler, name);
    if (option !== undefined && known.includes(option) && value !== undefined) {
      if (isLeftOut(compiler, value)) given.delete(option);
      else given.set(option, value);
    } else if (option !== undefined && known.includes(option)) {
      misgiven.add(option);
      report(unreadableOption(spanOf(name), { option, why: "it is a method" }));
    } else {
      const meant = option === undefined ? undefined : findNearest(option, known);
      if (meant !== undefined) misgiven.add(meant);
      const facts = { of, option: option ?? name.getText(), known };
      report(unknownOption(spanOf(name), facts, meant === undefined ? {} : fixOf(name, meant)));
    }
  }
  return { given, misgiven };
}

function fixOf(name: ts.PropertyName, meant: string): NonNullable<Parameters<typeof unknownOption>[2]> {
  const plain = ts.isIdentifier(name) && !ts.isShorthandPropertyAssignment(name.parent);
  return plain ? { fix: { title: `write \`${meant}\``, span: spanOf(name), text: meant } } : {};
}
