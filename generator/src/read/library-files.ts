/** The compiler's own library, parsed once in a process however many projects are opened: it is most of what a small project is made of. */

import { libFolderInMemoryPath, ts } from "../../typescript/index.cjs";

/** By the settings that decide how a file is parsed and bound, and by path: programs may share files that were read by the same ones. */
const known = new Map<string, ts.SourceFile>();
let registry: ts.DocumentRegistry | undefined;

/** Has `host`, which reads files for programs of these settings, take those of the library from memory. */
export function withLibraryFiles(host: ts.CompilerHost, settings: ts.CompilerOptions): ts.CompilerHost {
  registry ??= ts.createDocumentRegistry();
  const key = registry.getKeyForCompilationSettings(settings);
  const read: ts.CompilerHost["getSourceFile"] = (path, ...rest) => {
    if (!path.startsWith(libFolderInMemoryPath)) return host.getSourceFile(path, ...rest);
    const name = `${key} ${path}`;
    const file = known.get(name) ?? host.getSourceFile(path, ...rest);
    if (file !== undefined) known.set(name, file);
    return file;
  };
  return { ...host, getSourceFile: read };
}
