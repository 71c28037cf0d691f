/** Machines in, files out: one module per source. Decides paths and touches no disk. */

import { dirname, join } from "node:path";
import type { OutputFile } from "../files/output-file.js";
import type { Machine } from "../model/machine.js";
import { moduleNameOf } from "../text/module-name.js";
import { buildModuleView } from "./build-module-view.js";
import { alphabetically } from "./imports.js";
import { renderModule } from "./render-module.js";

/** A module. */
export interface ModuleFile extends OutputFile {
  /** How many workflows it has. */
  readonly workflows: number;
}

/** One module for each source, in the order of their paths. With `outDir`, an absolute path, all of them go there instead of beside their sources. */
export function emitModules(
  machines: readonly Machine[],
  options: { readonly outDir: string | undefined },
): readonly ModuleFile[] {
  const sources = [...new Set(machines.map(({ file }) => file))].sort(alphabetically);
  return sources.map((source) => {
    const group = machines.filter(({ file }) => file === source);
    const path = join(options.outDir ?? dirname(source), moduleNameOf(source));
    return { path, source, text: renderModule(buildModuleView(group, path)), workflows: group.length };
  });
}
