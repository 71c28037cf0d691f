/** Loads the expected module of a fixture together with its source, untyped: for tests that break the types on purpose. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { WORKPLACE } from "../support/fixtures.js";

interface Loaded {
  // oxlint-disable-next-line typescript/no-explicit-any -- what is loaded is used in ways that its types forbid
  readonly [name: string]: any;
}

/** Everything that `fixtures/<fixture>/input/<name>.ts` and its module export. */
export async function loadFixture(fixture: string, name: string): Promise<Loaded> {
  const at = (file: string): string => pathToFileURL(join(WORKPLACE, fixture, "input", file)).href;
  return { ...((await import(at(`${name}.ts`))) as Loaded), ...((await import(at(`${name}.cano.ts`))) as Loaded) };
}
