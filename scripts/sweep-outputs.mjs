/** Removes from `dist` what was compiled from sources that are gone, which the compiler leaves there. Run before `tsc`. */

import { existsSync, readdirSync, rmSync } from "node:fs";

for (const name of ["runtime", "generator"]) {
  const folder = new URL(`../${name}/`, import.meta.url);
  if (!existsSync(new URL("dist", folder))) continue;
  for (const file of readdirSync(new URL("dist", folder), { recursive: true, encoding: "utf8" })) {
    const source = /^(.*?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(file)?.[1];
    if (source !== undefined && !existsSync(new URL(`src/${source}.ts`, folder))) rmSync(new URL(`dist/${file}`, folder));
  }
}
