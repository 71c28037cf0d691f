/** Machines in, files out: one module per source. Decides paths and touches no disk. */

import { dirname, join } from "node:path";
import { moduleNameOf } from "../files/module-name.js";
import type { Machine } from "../model/machine.js";
import { buildModuleView } from "./build-module-view.js";
import { alphabetically } from "./imports.js";
import { renderModule } from "./render-module.js";

/** A file that is to be written. */
export interface OutputFile {
  /** Absolute path. */
  readonly path: string;
  /** Absolute path of the source that it was made from. */
  readonly source: string;
  readonly text: string;
}

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
