/** What a build tool's configuration says to the plugin, and what it asks of the generator with that. */

import { resolve } from "node:path";
import type { Request } from "../projects/request.js";

/** The plugin's options; paths count from the build's root. */
export interface CanoOptions {
  /** The configuration whose workflows are generated, or the folder that holds it. Default: the `tsconfig.json` that is nearest to the root of the build, in it or above. */
  readonly tsconfig?: string | undefined;
  /** Where modules go. Default: each beside its source. */
  readonly outDir?: string | undefined;
}

/** What a build asks for with its root at `root`, an absolute path. Throws when there is an option that the plugin does not have, or that is no text. */
export function requestOf(options: CanoOptions, root: string): Request {
  for (const [name, value] of Object.entries(options)) {
    if (name !== "tsconfig" && name !== "outDir")
      throw new TypeError(`the plugin of cano-gen has no option \`${name}\`, only \`tsconfig\` and \`outDir\``);
    if (value !== undefined && typeof value !== "string")
      throw new TypeError(`the option \`${name}\` of cano-gen's plugin must be a path`);
  }
  const { tsconfig, outDir } = options;
  return {
    files: [],
    tsconfig: tsconfig === undefined ? undefined : resolve(root, tsconfig),
    outDir,
    check: false,
    cache: true,
  };
}
