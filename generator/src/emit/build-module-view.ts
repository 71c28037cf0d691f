/** A generated module, ready to be printed: its imports, and the workflows of one source. */

import { basename, dirname, relative } from "node:path";
import type { Machine, Node } from "../model/machine.js";
import { buildWorkflowView } from "./build-workflow-view.js";
import { alphabetically, Imports, RUNTIME_NAMES } from "./imports.js";
import { camelCase, exportedNames } from "../model/generated-names.js";
import { commentText, literal, Names } from "./names.js";
import { wrapped } from "./wrap.js";
import type { ModuleView } from "./view.js";
import { buildWords } from "./words.js";

/** See the file's first line. `machines` are those of one source; `target` is the module's own path. */
export function buildModuleView(machines: readonly Machine[], target: string): ModuleView {
  const exported = new Set(machines.flatMap(({ name }) => exportedNames(name)));
  const names = new Names([...RUNTIME_NAMES, ...exported]);
  // A workflow called `saga` exports a `createSaga` of its own, and one called `durable` its `DurableOptions`.
  const imports = new Imports(
    new Map(RUNTIME_NAMES.filter((name) => exported.has(name)).map((name) => [name, names.take(name)])),
  );
  const user = new UserImports(names);
  const workflows = machines.map((machine) => {
    const from = specifier(machine.file, target, machine.importStyle);
    const workflow =
      machine.exported.kind === "default"
        ? user.take(from, "default", camelCase(machine.name))
        : user.take(from, machine.exported.name);
    const typeNames = machine.nodes.map((node) => typeNameOf(node, machine, target, user));
    return buildWorkflowView(buildWords(machine, workflow, imports, names), typeNames);
  });
  const [first] = machines;
  const source = first === undefined ? "" : commentText(basename(first.file));
  return { source, workflows, userImports: user.lines(), runtimeImports: imports.specifiers() };
}

/** The local name of the class behind a binding. Naming it makes a renamed class break a stale module. */
function typeNameOf(node: Node, machine: Machine, target: string, user: UserImports): string | undefined {
  if (node.kind === "exit" || node.kind === "split" || node.form !== "class" || node.importable === undefined) return undefined;
  return user.take(
    specifier(node.importable.file, target, machine.importStyle),
    `type ${node.importable.name}`,
    node.importable.name,
  );
}

/** What the module imports of the user's own files. */
class UserImports {
  private readonly byFile = new Map<string, Map<string, string>>();

  constructor(private readonly names: Names) {}

  /** The local name of `imported`, which is `default`, a name, or `type` and a name. */
  take(from: string, imported: string, local: string = imported): string {
    const file = this.byFile.get(from) ?? new Map<string, string>();
    this.byFile.set(from, file);
    const known = file.get(imported);
    if (known !== undefined) return known;
    const name = this.names.take(local, "Task");
    file.set(imported, name);
    return name;
  }

  lines(): ModuleView["userImports"] {
    const files = [...this.byFile].sort(([a], [b]) => alphabetically(a, b));
    return files.map(([from, imported]) => ({
      from: literal(from),
      names: clause(imported, `import  from ${literal(from)};`.length),
    }));
  }
}

/** `first, { type A, b }`: the default import, then the named ones by their names, on a line that has `taken` columns besides. */
function clause(imported: ReadonlyMap<string, string>, taken: number): string {
  const named = [...imported].filter(([name]) => name !== "default").sort(([a], [b]) => alphabetically(bare(a), bare(b)));
  const specifiers = named.map(([name, local]) => (bare(name) === local ? name : `${name} as ${local}`));
  const allTypes = named.length > 0 && named.every(([name]) => name.startsWith("type "));
  const main = imported.get("default");
  if (named.length === 0) return main ?? "";
  const list = (open: string, items: readonly string[]): string => wrapped(open, items, " }", taken);
  if (allTypes && main === undefined) return list("type { ", specifiers.map(bare));
  return list(`${main === undefined ? "" : `${main}, `}{ `, specifiers);
}

function bare(name: string): string {
  return name.replace(/^type /, "");
}

/** How a module at `target` imports `file`, in the user's own style. */
function specifier(file: string, target: string, style: Machine["importStyle"]): string {
  const path = relative(dirname(target), file).replaceAll("\\", "/");
  // A file may be called `.order.ts`.
  const base = path.startsWith("../") ? path : `./${path}`;
  if (style === ".ts") return base;
  const stem = base.replace(/\.([cm]?)tsx?$/, (_, kind: string) => (style === "" && kind === "" ? "" : `.${kind}js`));
  return stem;
}
