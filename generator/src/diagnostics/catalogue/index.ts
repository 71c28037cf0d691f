/** The list of all codes, for `cano-gen explain` and for the test that keeps them unique. The texts stand in the files beside this one. */

import * as bindings from "./bindings.js";
import * as data from "./data.js";
import type { Entry } from "./define.js";
import * as durability from "./durability.js";
import * as evolution from "./evolution.js";
import type { Failure } from "./failure.js";
import * as files from "./files.js";
import * as guards from "./guards.js";
import * as internal from "./internal.js";
import * as migrations from "./migrations.js";
import * as policies from "./policies.js";
import * as reading from "./reading.js";
import { recoveryFailures } from "./recovery.js";
import { refusals } from "./refusals.js";
import { runFailures } from "./runtime.js";
import * as sagas from "./sagas.js";
import * as schedules from "./schedules.js";
import { schedulerFailures } from "./scheduler.js";
import * as states from "./states.js";
import { storeFailures } from "./stores.js";
import * as timeouts from "./timeouts.js";

/** What is known of a code without its facts. */
export type CatalogueEntry = Pick<Entry<never>, "code" | "severity" | "title" | "reason"> &
  Partial<Pick<Failure, "category" | "cure">>;

/** What a run, or a call, fails with, in order. */
export const failures: readonly Failure[] = [
  ...runFailures,
  ...refusals,
  ...storeFailures,
  ...recoveryFailures,
  ...schedulerFailures,
];

/** Every code, in order. */
export const catalogue: readonly CatalogueEntry[] = [
  ...[
    reading,
    bindings,
    states,
    policies,
    timeouts,
    guards,
    sagas,
    durability,
    schedules,
    data,
    evolution,
    migrations,
    files,
    internal,
  ]
    .flatMap((group): unknown[] => Object.values(group))
    .filter(isEntry),
  ...failures.map((failure) => ({ ...failure, severity: "error" as const })),
].sort((a, b) => (a.code < b.code ? -1 : 1));

/** Groups may export other values beside their entries. */
function isEntry(value: unknown): value is CatalogueEntry {
  return typeof value === "function" && "code" in value && "title" in value;
}
