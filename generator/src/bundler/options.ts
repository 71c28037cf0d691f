/** What a build tool's configuration says to the plugin, and the invocation of `cano-gen` that it stands for. */

import { resolve } from "node:path";
import type { GenerateCommand } from "../cli/command.js";

/** The plugin's options; paths count from the build's root. */
export interface CanoOptions {
  /** The configuration whose workflows are generated, or the folder that holds it. Default: `tsconfig.json`. */
  readonly tsconfig?: string | undefined;
  /** Where modules go. Default: each beside its source. */
  readonly outDir?: string | undefined;
}

/** The command for a build with its root at `root`, an absolute path. */
export function commandOf({ tsconfig, outDir }: CanoOptions, root: string): GenerateCommand {
  return {
    kind: "generate",
    files: [],
    tsconfig: tsconfig === undefined ? undefined : resolve(root, tsconfig),
    outDir,
    check: false,
    format: "text",
    cache: true,
  };
}
