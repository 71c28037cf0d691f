/** The code blocks of a guide that begin with their file's name, as files. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Block of code with a name in its first line. */
const named = /```(?:ts|js|json)\n\/\/ (\S+)\n([\s\S]*?)```/g;

/** The files of `docs/<guide>` with their texts. */
export function guideFiles(guide: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...readGuide(guide).matchAll(named)].map(([, name = "", text = ""]) => [name, text]));
}

/** The commands of `docs/<guide>`, in their order. */
export function guideCommands(guide: string): readonly string[] {
  return [...readGuide(guide).matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, text = ""]) => text.trimEnd().split("\n"));
}

/** The text of `docs/<guide>`. */
export function readGuide(guide: string): string {
  return readFileSync(fileURLToPath(new URL(`../../docs/${guide}`, import.meta.url)), "utf8");
}
