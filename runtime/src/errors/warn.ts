/** Says something in the log, whatever the log makes of it. */

import type { Log } from "../context.js";

/** Warns in `log`; on the console when `log` itself fails, since what is said must not be lost, nor take anything down with it. */
export function warn(log: Pick<Log, "warn">, message: string): void {
  const instead = (): void => console.warn(message);
  try {
    // Of whichever realm or library, if it is a promise.
    Promise.resolve<unknown>(log.warn(message)).catch(instead);
  } catch {
    instead();
  }
}
