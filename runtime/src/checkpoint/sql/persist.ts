/** Tries again, with growing pauses, what another moment may let succeed. What that is, each database says. */

import { textOf } from "../../errors/thrown.js";
import type { Clock } from "../../time/clock.js";

/** How long something is tried. Times are milliseconds. */
export interface Patience {
  readonly clock: Clock;
  /** No attempt is made after this time. */
  readonly limit: number;
  /** The first pause at the most; each that follows may be twice as long. */
  readonly first: number;
  /** No pause is longer. */
  readonly longest: number;
}

/** Thrown where something was tried in vain for as long as it may take. `cause` is what the last attempt failed with. */
export class OutOfPatience extends Error {
  override readonly name = "OutOfPatience";
}

/** See the file's first line. */
export async function persist<T>(
  { clock, limit, first, longest }: Patience,
  mayPass: (error: unknown) => boolean,
  work: () => T | Promise<T>,
): Promise<T> {
  const begun = clock.now();
  for (let pause = first; ; pause = Math.min(2 * pause, longest)) {
    try {
      return await work();
    } catch (error) {
      if (!mayPass(error)) throw error;
      const left = begun + limit - clock.now();
      if (left <= 0) throw new OutOfPatience(`${reasonOf(error)}, for ${limit} ms`, { cause: error });
      // Not all at once: those that were refused together would meet again.
      const wait = Math.min(left, pause * (0.5 + Math.random() / 2));
      await new Promise<void>((resolve) => void clock.schedule(resolve, wait));
    }
  }
}

/** What something has failed with, in words. Of a name with several addresses, what each of them has: such an error has no text of its own. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof AggregateError) || error.message !== "") return textOf(error);
  return error.errors.map(textOf).join(", ");
}
