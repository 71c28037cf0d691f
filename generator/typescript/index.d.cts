import type * as common from "@ts-morph/common";

export { ts } from "@ts-morph/common";

/** Undefined where a host brings the compiler: its library is on disk. */
export const getLibFiles: typeof common.getLibFiles | undefined;
export const libFolderInMemoryPath: typeof common.libFolderInMemoryPath | undefined;
