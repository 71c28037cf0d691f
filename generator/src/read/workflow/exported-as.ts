/** Tells how other modules reach a workflow: the name under which its file exports it. */

import { ts } from "../../../typescript/index.cjs";
import { notExported } from "../../diagnostics/catalogue/reading.js";
import type { Report } from "../../diagnostics/diagnostic.js";
import { type Compiler, symbolOf } from "../compiler.js";
import { exportOf } from "../export-of.js";
import { isConst } from "../follow/follow-constant.js";
import type { Reading } from "../reading.js";
import { spanOf } from "../span-of.js";
import { calleeName } from "./find-workflows.js";

/** Finds how the value of a call is exported; reports CANO1002 when it is not, or not for good. `named` tells whether it has a `name` option. */
export function readExport(
  compiler: Compiler,
  call: ts.CallExpression,
  named: boolean,
  report: Report,
): Reading["exported"] | undefined {
  const refuse = (problem: "not exported" | "not a constant" | "default without name" | "in CommonJS"): undefined => {
    report(notExported(spanOf(calleeName(call)), { problem }));
  };
  if (refusesImports(compiler, call.getSourceFile())) return refuse("in CommonJS");
  const holder = holderOf(call);
  if (ts.isExportAssignment(holder)) return named ? { kind: "default" } : refuse("default without name");
  if (!ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name)) return refuse("not exported");
  const exported = exportOf(compiler, symbolOf(compiler, holder.name), call.getSourceFile());
  if (exported === undefined) return refuse("not exported");
  if (!isConst(holder)) return refuse("not a constant");
  return exported.kind === "default" && !named ? refuse("default without name") : exported;
}

// There `import` and `export` may not be written, of which the generated module is made.
function refusesImports({ program }: Compiler, { impliedNodeFormat }: ts.SourceFile): boolean {
  const { verbatimModuleSyntax, module } = program.getCompilerOptions();
  return verbatimModuleSyntax === true && (impliedNodeFormat ?? module) === ts.ModuleKind.CommonJS;
}

function holderOf(call: ts.CallExpression): ts.Node {
  let holder: ts.Node = call.parent;
  while (ts.isParenthesizedExpression(holder) || ts.isSatisfiesExpression(holder) || ts.isAsExpression(holder))
    holder = holder.parent;
  return holder;
}
