/** The disk as the compiler sees it: a real one, and on it the compiler's own library where ts-morph carries it as texts. */

import { getLibFiles, libFolderInMemoryPath, ts } from "../../typescript/index.cjs";

/** A disk, the real one by default, with the library where the compiler looks for it: beside itself. A host's compiler has it there. */
export function compilerSystem(disk: ts.System = ts.sys): ts.System {
  if (getLibFiles === undefined || libFolderInMemoryPath === undefined) return disk;
  const library = new Map(getLibFiles().map(({ fileName, text }) => [`${libFolderInMemoryPath}/${fileName}`, text]));
  return {
    ...disk,
    getExecutingFilePath: () => `${libFolderInMemoryPath}/tsc.js`,
    fileExists: (path) => library.has(path) || disk.fileExists(path),
    readFile: (path, encoding) => library.get(path) ?? disk.readFile(path, encoding),
  };
}
