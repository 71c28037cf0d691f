/** Looks for a Chromium that is installed: what `CHROMIUM` names, else the usual names on the path. Installs nothing. */

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge"];

/** The path of its program; undefined where there is none. */
export function findChromium(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const places = [env["CHROMIUM"] ?? "", ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))];
  return places.find((place) => place !== "" && isProgram(place));
}

function isProgram(place: string): boolean {
  try {
    accessSync(place, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
