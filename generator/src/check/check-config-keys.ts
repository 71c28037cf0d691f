/** Checks that a task's `config`, and other options of it that are objects, have known keys only; their values are for the checks of policies. */

import { unknownConfigKey } from "../diagnostics/catalogue/bindings.js";
import type { Report } from "../diagnostics/diagnostic.js";
import { COMPENSATE_KEYS, CONFIG_KEYS, HEDGE_KEYS, OPTION_KEYS } from "../kinds/kinds.js";
import { listTasks } from "../model/bindings.js";
import type { NameReading } from "../read/config-reading.js";
import { isOneSlip } from "../text/slips.js";
import type { Check } from "./check.js";
import { renameTo } from "./rename-to.js";

/**
 * A key that nothing reads is a policy that is not in force.
 *
 * Breaks it: `class A { readonly config = { attemptTimeOut: 50 }; run() { return S.Done; } }`, and a poll with `readonly backoff = { base: 5, max: 60 }`.
 */
export const checkConfigKeys: Check = (draft, report) => {
  for (const { task } of listTasks(draft)) {
    const { unknownKeys = [], guards = [] } = task.config ?? {};
    for (const unknown of unknownKeys) judge("config", unknown, CONFIG_KEYS, report);
    for (const unknown of task.compensateConfig?.unknownKeys ?? []) judge("compensateConfig", unknown, COMPENSATE_KEYS, report);
    for (const { of, key } of task.unknownKeys) judge(of, key, OPTION_KEYS[of] ?? [], report);
    for (const unknown of guards.flatMap((guard) => guard.unknownKeys)) judge("hedge", unknown, HEDGE_KEYS, report);
  }
};

function judge(of: string, unknown: NameReading, keys: readonly string[], report: Report): void {
  const { name, span, besides = [] } = unknown;
  // What stands beside it cannot be what is meant: it would be there twice.
  const meant = keys.find((key) => isOneSlip(name, key) && !besides.includes(key));
  const fix = meant === undefined ? {} : { fix: renameTo(meant, unknown, `write \`${meant}\``) };
  report(unknownConfigKey(span, { of, key: name, keys, meant }, fix));
}
