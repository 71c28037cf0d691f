/** A bulkhead: so many calls at once and no more, shared by whoever shares the object; the others wait in a fair line. */

/// <reference lib="esnext.disposable" preserve="true" />

import { CanoError } from "../errors/cano-error.js";
import { requireCount } from "../errors/require.js";
import { requireFunction, requireOptions } from "../errors/require-shape.js";
import type { Clock } from "../time/clock.js";
import { type Caller, type LineOptions, stoppedBy, WaitingLine } from "./waiting-line.js";

/** How a bulkhead behaves. */
export interface BulkheadOptions extends LineOptions {
  /** How many may be inside at once: a whole number, 1 or more. */
  readonly limit: number;
  /** Names it in errors. Default: `bulkhead`. */
  readonly name?: string;
  /** For calls by hand; a task that has the bulkhead in its config brings the clock of its workflow object. Default: the process's clock. */
  readonly clock?: Clock;
}

/** A place inside, given back once; `using` gives it back. */
export interface Place extends Disposable {
  /** Gives the place back; a second time does nothing. */
  leave(): void;
}

/** Makes a bulkhead; share it by reference among states and workflows. Throws `configuration` when an option is out of range. */
export function bulkhead(options: BulkheadOptions): Bulkhead {
  requireOptions<BulkheadOptions>("bulkhead", options, { limit: 1, name: 1, clock: 1, maxQueue: 1, maxWait: 1 });
  return new Bulkhead(options);
}

const ENTERED = Promise.resolve();

/** A bulkhead: so many calls at once and no more; the others wait in a fair line. Share it by reference. Made by {@link bulkhead}. */
export class Bulkhead {
  /** What errors call it. */
  readonly name: string;
  private readonly limit: number;
  private inside = 0;
  private readonly line: WaitingLine<void>;

  /** @internal */
  constructor(private readonly options: BulkheadOptions) {
    const { name = "bulkhead", limit } = options;
    requireCount("limit", limit, 1);
    this.name = name;
    this.limit = limit;
    this.line = new WaitingLine(
      options,
      (_request, _caller, why) => this.refusal(why),
      () => undefined,
    );
  }

  /** How many are inside. */
  get active(): number {
    return this.inside;
  }

  /** How many wait. */
  get waiting(): number {
    return this.line.length;
  }

  /** A place inside, when one is free and nobody waits for it. */
  tryEnter(): Place | undefined {
    if (this.inside >= this.limit || !this.line.isEmpty) return undefined;
    this.inside++;
    return new TakenPlace(this);
  }

  /** A place inside, as soon as it is free. Rejects with `bulkhead_full`, and with the signal's reason when that fires, or has fired before. */
  async enter({ signal }: { readonly signal?: AbortSignal } = {}): Promise<Place> {
    await this.admit({ clock: this.options.clock, signal });
    return new TakenPlace(this);
  }

  /** Calls `work` inside. Rejects as {@link enter} does, or with what `work` fails with. */
  async call<T>(work: () => T | PromiseLike<T>, options: { readonly signal?: AbortSignal } = {}): Promise<T> {
    requireFunction("work", work);
    const place = await this.enter(options);
    try {
      return await work();
    } finally {
      place.leave();
    }
  }

  /** @internal Lets a caller in, who has to {@link depart}. */
  admit(caller: Caller): Promise<void> {
    const stopped = stoppedBy(caller);
    if (stopped !== undefined) return Promise.reject(stopped);
    if (this.inside >= this.limit || !this.line.isEmpty) return this.line.join(undefined, caller);
    this.inside++;
    return ENTERED;
  }

  /** @internal Whoever waits longest takes the place over. */
  depart(): void {
    if (this.line.isEmpty) this.inside--;
    else this.line.serveFirst();
  }

  private refusal(why: "full" | "late"): CanoError {
    const reason = why === "full" ? "and so is its line" : "and the wait was too long";
    const facts = { code: "CANO7019", refusedBy: this.name };
    return new CanoError("bulkhead_full", `the bulkhead \`${this.name}\` is full, ${reason}`, facts);
  }
}

class TakenPlace implements Place {
  private isTaken = true;

  constructor(private readonly owner: Bulkhead) {}

  leave(): void {
    if (this.isTaken) this.owner.depart();
    this.isTaken = false;
  }

  [Symbol.dispose](): void {
    this.leave();
  }
}
