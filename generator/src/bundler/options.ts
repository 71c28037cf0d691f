/** What a build tool's configuration says to the plugin, and the invocation of `cano-gen` that it stands for. */

import { resolve } from "node:path";
import type { GenerateCommand } from "../cli/command.js";

/** The plugin's options; paths count from the build's root. */
export interface CanoOptions {
  /** The configuration whose workflows are generated, or the folder that holds it. Default: the `tsconfig.json` that is nearest to the root of the build, in it or above. */
  readonly tsconfig?: string | undefined;
  /** Where modules go. Default: each beside its source. */
  readonly outDir?: string | undefined;
}

/** The command for a build with its root at `root`, an absolute path. Throws when there is an option that the plugin does not have, or that is no text. */
export function commandOf(options: CanoOptions, root: string): GenerateCommand {
  for (const [name, value] of Object.entries(options)) {
    if (name !== "tsconfig" && name !== "outDir")
      throw new TypeError(`the plugin of cano-gen has no option \`${name}\`, only \`tsconfig\` and \`outDir\``);
    if (value !== undefined && typeof value !== "string")
      throw new TypeError(`the option \`${name}\` of cano-gen's plugin must be a path`);
  }
  const { tsconfig, outDir } = options;
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
