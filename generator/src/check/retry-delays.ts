/** How long a retry policy waits, where its numbers are written down; what is not given is as the runtime has it. All times are milliseconds. */

import type { RetryReading } from "../read/config-reading.js";

const RETRIES = 3;
const BASE = 100;
const CAP = 30_000;
const MULTIPLIER = 2;
const JITTER = 0.1;

/** How many attempts may follow the first one; undefined when that cannot be told, or an error may ask for a delay of its own. */
export function countRetries(retry: RetryReading): number | undefined {
  if (retry.asks || retry.policy === "none" || retry.policy === "custom" || retry.policy === "unknown") return undefined;
  return numberOf(retry, "retries", RETRIES);
}

/** The longest that is waited after failure `failed`, 1 for the first; undefined when that cannot be told. */
export function longestDelay(retry: RetryReading, failed: number): number | undefined {
  if (retry.policy === "fixed") return numberOf(retry, "delay", undefined);
  const [base, cap] = [numberOf(retry, "base", BASE), numberOf(retry, "cap", CAP)];
  if (base === undefined || cap === undefined) return undefined;
  if (retry.policy === "decorrelated") return Math.min(cap, base * 3 ** failed);
  const [multiplier, jitter] = [numberOf(retry, "multiplier", MULTIPLIER), numberOf(retry, "jitter", JITTER)];
  if (multiplier === undefined || jitter === undefined) return undefined;
  return Math.min(cap, base * multiplier ** (failed - 1)) * (1 + jitter);
}

/** The shortest that is waited after the first failure; undefined when that cannot be told. */
export function shortestDelay(retry: RetryReading): number | undefined {
  if (retry.policy === "fixed") return numberOf(retry, "delay", undefined);
  const [base, cap] = [numberOf(retry, "base", BASE), numberOf(retry, "cap", CAP)];
  if (base === undefined || cap === undefined) return undefined;
  if (retry.policy === "decorrelated") return Math.min(cap, base);
  const jitter = numberOf(retry, "jitter", JITTER);
  return jitter === undefined ? undefined : Math.trunc(Math.min(cap, base) * (1 - Math.min(1, Math.max(0, jitter))));
}

function numberOf({ options }: RetryReading, option: string, otherwise: number | undefined): number | undefined {
  const given = options.find(({ name }) => name === option);
  return given === undefined ? otherwise : given.number.value;
}
