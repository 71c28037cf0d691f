/** The ranges that numbers in options must be in, as the runtime requires them too. */

/** Whether the number may count something: whole, 0 or more. */
export function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** Whether the number may be a limit of time: finite, above 0. */
export function isTimeout(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}

/** Whether the number may be a time to wait: finite, 0 or more. */
export function isDelay(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}

/** Whether the number may lie between two due times: finite, 1 or more. */
export function isInterval(value: number): boolean {
  return Number.isFinite(value) && value >= 1;
}
