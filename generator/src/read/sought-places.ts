/** Notes where the compiler looks for what is not there, and for which files it follows links: what appears there, or leads elsewhere, makes another program. */

import { dirname } from "node:path";
import type { ts } from "../../typescript/index.cjs";

/** The places that a program was looked for in, as absolute paths. */
export interface SoughtPlaces {
  /** The folders that lacked a file, or that are not there themselves. */
  readonly lacking: Set<string>;
  /** The files of packages, by the names that they were found under. */
  readonly followed: Set<string>;
}

/** Nothing yet. */
export function noPlaces(): SoughtPlaces {
  return { lacking: new Set(), followed: new Set() };
}

/** `host`, which notes in `places` what it is asked. */
export function notingHost(host: ts.CompilerHost, places: SoughtPlaces): ts.CompilerHost {
  const note = (found: boolean, folder: string): boolean => {
    if (!found) places.lacking.add(folder);
    return found;
  };
  return {
    ...host,
    fileExists: (path) => note(host.fileExists(path), dirname(path)),
    // Who cannot tell looks for the file.
    directoryExists: (path) => note(host.directoryExists?.(path) ?? true, path),
    realpath: (path) => {
      places.followed.add(path);
      return host.realpath?.(path) ?? path;
    },
  };
}
