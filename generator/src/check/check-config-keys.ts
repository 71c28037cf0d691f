/** Checks that a task's `config` has known keys only; their values are for the checks of policies. */

import { unknownConfigKey } from "../diagnostics/catalogue/bindings.js";
import { listTasks } from "../model/bindings.js";
import { CONFIG_KEYS } from "../model/task-kinds.js";
import type { Check } from "./check.js";
import { isOneSlip } from "../slips.js";

/**
 * A key that nothing reads is a policy that is not in force.
 *
 * Breaks it: `class A { readonly config = { attemptTimeOut: 50 }; run() { return S.Done; } }`.
 */
export const checkConfigKeys: Check = (draft, report) => {
  for (const { task } of listTasks(draft)) {
    for (const { name, span } of task.config?.unknownKeys ?? []) {
      const meant = CONFIG_KEYS.find((key) => isOneSlip(name, key));
      const fix = meant === undefined ? {} : { fix: { title: `write \`${meant}\``, span, text: meant } };
      report(unknownConfigKey(span, { key: name, keys: CONFIG_KEYS, meant }, fix));
    }
  }
};
