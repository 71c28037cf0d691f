/** The runs that a store object drives, and who is to be told when one is to be cancelled. */

import type { CanoError } from "../../errors/cano-error.js";
import type { Claim, Driver } from "../checkpoint-store.js";

interface Driving {
  readonly fence: number;
  readonly driver: Driver;
  isTold: boolean;
}

/** See the file's first line. */
export class DrivenRuns {
  private readonly byKey = new Map<number, Driving>();

  get size(): number {
    return this.byKey.size;
  }

  has(key: number): boolean {
    return this.byKey.has(key);
  }

  add({ key, fence }: Claim, driver: Driver): void {
    this.byKey.set(key, { fence, driver, isTold: false });
  }

  /** Of two claims of one run the later stays. */
  remove({ key, fence }: Claim): void {
    if (this.byKey.get(key)?.fence === fence) this.byKey.delete(key);
  }

  /** Tells the one who drives a run to cancel it, once. */
  cancel(key: number): void {
    const driving = this.byKey.get(key);
    if (driving === undefined || driving.isTold) return;
    driving.isTold = true;
    driving.driver.cancel();
  }

  /** Tells whoever drives a run that it is no longer theirs. */
  lose(error: CanoError): void {
    const lost = [...this.byKey.values()];
    this.byKey.clear();
    for (const { driver } of lost) driver.lose?.(error);
  }
}
