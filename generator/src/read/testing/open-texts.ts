/** Opens programs of texts in tests, beside what is on disk. What they have in common is parsed once: a cold program costs a second or two. */

import { dirname } from "node:path";
import { ts } from "../../../typescript/index.cjs";
import { compilerSystem } from "../compiler-system.js";
import { openProject, type SourceProject } from "../open-project.js";

/** Makes a function that opens texts by their absolute paths. */
export function createTextOpener(): (texts: Readonly<Record<string, string>>) => SourceProject {
  const disk = compilerSystem();
  const parsed = new Map<string, ts.SourceFile | undefined>();
  return (texts) => {
    const files = Object.keys(texts);
    const folders = new Set(files.map((file) => dirname(file)));
    const system: ts.System = {
      ...disk,
      fileExists: (path) => path in texts || disk.fileExists(path),
      readFile: (path, encoding) => texts[path] ?? disk.readFile(path, encoding),
      directoryExists: (path) => folders.has(path) || disk.directoryExists(path),
    };
    return openProject({ tsconfig: undefined, files }, (options) => {
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
