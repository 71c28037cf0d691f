/** The runs that a store object drives, and who is to be told when one is to be cancelled. */

import type { CanoError } from "../../errors/cano-error.js";
import type { Claim, Driver } from "../checkpoint-store.js";

interface Driving {
  readonly claim: Claim;
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

  get claims(): readonly Claim[] {
    return [...this.byKey.values()].map(({ claim }) => claim);
  }

  add(claim: Claim, driver: Driver): void {
    this.byKey.set(claim.key, { claim, driver, isTold: false });
  }

  /** Of two claims of one run the later stays. */
  remove({ key, fence }: Claim): void {
    if (this.byKey.get(key)?.claim.fence === fence) this.byKey.delete(key);
  }

  /** Tells the one who drives a run to cancel it, once. */
  cancel(key: number): void {
    const driving = this.byKey.get(key);
    if (driving === undefined || driving.isTold) return;
    driving.isTold = true;
    driving.driver.cancel();
  }

  /** Tells whoever drives a run by this claim that it is no longer theirs. */
  lose(claim: Claim, error: CanoError): void {
    const { driver } = this.byKey.get(claim.key) ?? {};
    this.remove(claim);
    if (!this.has(claim.key)) driver?.lose?.(error);
  }

  /** The same of all runs. */
  loseAll(error: CanoError): void {
    for (const claim of this.claims) this.lose(claim, error);
  }
}
