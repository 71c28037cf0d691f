/** The names that stand for a cron expression. */

/** Those that cron-parser knows, the rarest first. */
export const CRON_NAMES: readonly string[] = [
  "@yearly",
  "@annually",
  "@monthly",
  "@weekly",
  "@weekdays",
  "@weekends",
  "@daily",
  "@hourly",
  "@minutely",
  "@secondly",
];
