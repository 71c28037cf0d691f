/**
 * The compiler's own library and the declarations of packages, parsed once in a process however many projects are opened: they are most of
 * what a small project is made of.
 */

import { libFolderInMemoryPath, ts } from "../../typescript/index.cjs";

/** By all that decides how a file is parsed and bound, and by its path: programs for which that is the same may share it, as they do in an editor. */
const known = new Map<string, { readonly version: number; readonly file: ts.SourceFile }>();
let registry: ts.DocumentRegistry | undefined;

/** Has `host`, which reads files from `disk` for programs of these settings, take such files from memory while they are as they were. */
export function withPackageFiles(host: ts.CompilerHost, disk: ts.System, settings: ts.CompilerOptions): ts.CompilerHost {
  registry ??= ts.createDocumentRegistry();
  const key = registry.getKeyForCompilationSettings(settings);
  const read: ts.CompilerHost["getSourceFile"] = (path, format, ...rest) => {
    const version = versionOf(path, disk);
    if (version === undefined) return host.getSourceFile(path, format, ...rest);
    const name = JSON.stringify([key, typeof format === "object" ? format.impliedNodeFormat : format, path]);
    const found = known.get(name);
    if (found?.version === version) return found.file;
    const file = host.getSourceFile(path, format, ...rest);
    if (file !== undefined) known.set(name, { version, file });
    return file;
  };
  return { ...host, getSourceFile: read };
}

/** Undefined for files of the project itself, which are read anew. */
function versionOf(path: string, disk: ts.System): number | undefined {
  if (libFolderInMemoryPath !== undefined && path.startsWith(libFolderInMemoryPath)) return 0;
  return /\/node_modules\/.*\.d\.[cm]?ts$/.test(path) ? disk.getModifiedTime?.(path)?.getTime() : undefined;
}
