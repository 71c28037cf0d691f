/** Opens programs of texts in tests, beside what is on disk. What they have in common is parsed once: a cold program costs a second or two. */

import { ts } from "../../../typescript/index.cjs";
import { compilerSystem } from "../compiler-system.js";
import { openProject, type SourceProject } from "../open-project.js";
import { withTexts } from "../with-texts.js";

/** What texts are compiled with: the settings of a project, and flags of the compiler besides. */
export interface TextSetting {
  readonly tsconfig?: string;
  readonly flags?: ts.CompilerOptions;
}

/** Makes a function that opens texts by their absolute paths. */
export function createTextOpener({ tsconfig, flags }: TextSetting = {}): (
  texts: Readonly<Record<string, string>>,
) => SourceProject {
  const disk = compilerSystem();
  const parsed = new Map<string, ts.SourceFile | undefined>();
  return (texts) => {
    const files = Object.keys(texts);
    const system = withTexts(disk, new Map(Object.entries(texts)));
    return openProject({ tsconfig, files }, (options) => {
      // The very settings that the program is made with.
      Object.assign(options, flags);
      const host = ts.createIncrementalCompilerHost(options, system);
      const find: ts.CompilerHost["getSourceFile"] = (path, ...rest) => {
        if (!parsed.has(path)) parsed.set(path, host.getSourceFile(path, ...rest));
        return parsed.get(path);
      };
      return {
        ...host,
        getSourceFile: (path, ...rest) => (path in texts ? host.getSourceFile(path, ...rest) : find(path, ...rest)),
      };
    });
  };
}
