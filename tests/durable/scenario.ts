/** What is run, crashed and resumed: a durable workflow of a fixture with effects that can be told apart, and repetitions of them. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DurableOptions, DurableOrchestrator } from "cano";
import { listFixtures } from "../support/fixtures.js";

/** Tells of an effect before it comes about; `key` tells the visit, `what` begins with `undo:` where something is undone. */
export type Effect = (what: string, key: string) => Promise<void>;

/** What a fixture's `crash.ts` exports, in a list. */
export interface Scenario {
  readonly name: string;
  create(
    options: DurableOptions,
    effect: Effect,
  ): DurableOrchestrator<object, { readonly state: string | number; readonly output: unknown }>;
  readonly request: object;
}

/** Every scenario of every durable fixture. */
export async function listScenarios(): Promise<readonly (Scenario & { readonly fixture: string })[]> {
  const durable = listFixtures().filter(({ folder }) => existsSync(join(folder, "crash.ts")));
  const found = durable.map(async ({ name, copy }) => {
    const { default: scenarios } = (await import(pathToFileURL(join(copy, "crash.ts")).href)) as { default: readonly Scenario[] };
    return scenarios.map((scenario) => ({ ...scenario, fixture: name }));
  });
  return (await Promise.all(found)).flat();
}
