/** Writes into `dist/build-stamp` what tells this build of the generator from all others, which its cache looks at. Run after `tsc`. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const generator = new URL("../", import.meta.url);
const hash = createHash("sha256");
for (const folder of ["dist/", "templates/"])
  for (const name of readdirSync(new URL(folder, generator), { recursive: true, encoding: "utf8" }).sort())
    if (/\.(?:js|hbs)$/.test(name)) hash.update(`${name}\0`).update(readFileSync(new URL(folder + name, generator)));
writeFileSync(new URL("dist/build-stamp", generator), `${hash.digest("base64url")}\n`);
