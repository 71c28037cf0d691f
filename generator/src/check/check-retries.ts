/** Checks the numbers of retry policies, where they are literals; the runtime checks the others when it starts. */

import { badDelay, badRetries, invertedDelays, replacedFactor } from "../diagnostics/catalogue/policies.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { listTasks } from "../model/bindings.js";
import type { RetryReading } from "../read/config-reading.js";
import type { Check } from "./check.js";
import { isCount, isDelay } from "./numbers.js";

type Option = RetryReading["options"][number];

/**
 * A policy with numbers out of range would throw when the workflow is created, or would do something else than it says.
 *
 * Breaks it: `fixed({ retries: -1, delay: 0 })`, `fixed({ retries: 1, delay: -5 })`, `exponential({ base: 500, cap: 100 })`, and
 * `exponential({ jitter: 2 })`.
 */
export const checkRetries: Check = (draft, report) => {
  for (const { task } of listTasks(draft)) {
    const declared = [task.config?.retry, task.compensateConfig?.retry, ...task.policies].filter(
      (policy) => policy !== undefined,
    );
    for (const { options } of declared)
      for (const problem of [...options.flatMap(judge), ...judgeOrder(options)]) report(problem);
  }
};

function judge({ name, number }: Option): readonly Diagnostic[] {
  const { value, span } = number;
  if (value === undefined) return [];
  switch (name) {
    case "retries":
      return isCount(value) ? [] : [badRetries(span, { value })];
    case "delay":
    case "base":
    case "cap":
      return isDelay(value) ? [] : [badDelay(span, { option: name, value })];
    case "multiplier":
    case "jitter": {
      const used = name === "multiplier" ? usedMultiplier(value) : usedJitter(value);
      return used === value ? [] : [replacedFactor(span, { option: name, value, used })];
    }
  }
}

// What the runtime's `exponential` makes of these two.
function usedMultiplier(value: number): number {
  return Number.isFinite(value) && value > 0 ? value : 1;
}

function usedJitter(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}

// Only where both are written: one of them could still come from a spread that cannot be read.
function judgeOrder(options: readonly Option[]): readonly Diagnostic[] {
  const base = options.find(({ name }) => name === "base")?.number;
  const cap = options.find(({ name }) => name === "cap")?.number;
  if (base?.value === undefined || cap?.value === undefined) return [];
  if (!isDelay(base.value) || !isDelay(cap.value) || base.value <= cap.value) return [];
  return [
    invertedDelays(base.span, { base: base.value, cap: cap.value }, { notes: [{ message: "the cap is here", span: cap.span }] }),
  ];
}
