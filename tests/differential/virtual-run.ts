/** A run in virtual time, as the reference sees it: where it is, what it has told, and what ends it from outside. */

import type { Moment, Steps } from "./script.js";
import type { MachineSpec } from "./spec.js";
import { VirtualBreaker } from "./virtual-breaker.js";

/** Thrown inside the interpreter when the run ends, in `state`. */
export class Ended extends Error {
  constructor(
    readonly result: string,
    readonly state: string,
    readonly isFailure = false,
  ) {
    super(result);
  }
}

/** A run in virtual time. */
export class Virtual {
  now = 0;
  readonly events: string[] = [];
  readonly path: string[] = [];
  /** The places of what can be undone, the newest last. */
  readonly done: { readonly place: number; readonly visit: number }[] = [];
  readonly breakers: readonly VirtualBreaker[];
  private readonly visits = new Map<number, number>();

  constructor(
    readonly spec: MachineSpec,
    readonly steps: Steps,
    private readonly cancelAt: number | undefined,
  ) {
    this.breakers = spec.breakers.map((breaker) => new VirtualBreaker(breaker));
  }

  /** Takes note of a visit to a state. */
  enter(place: number): void {
    this.visits.set(place, (this.visits.get(place) ?? 0) + 1);
  }

  /** Which attempt of which visit it is, where tasks go by that. */
  momentOf(place: number, attempt: number, visit = this.visits.get(place) ?? 0): Moment | undefined {
    return this.spec.durable ? { visit, attempt } : undefined;
  }

  keep(place: number): void {
    this.done.push({ place, visit: this.visits.get(place) ?? 0 });
  }

  /** Ends the run, unless it must not be ended before `end`: then undefined where it is not stopped by then. */
  stopBy(end: number): "cancelled" | "workflow_timeout" | undefined {
    const total = this.spec.totalTimeout ?? Infinity;
    const cancel = this.cancelAt ?? Infinity;
    // A cancel counts even when it comes after the time was up.
    return cancel < end ? "cancelled" : total < end ? "workflow_timeout" : undefined;
  }

  /** When and how the run is ended from outside. */
  get stop(): { at: number; category: "cancelled" | "workflow_timeout" } {
    const total = this.spec.totalTimeout ?? Infinity;
    const cancel = this.cancelAt ?? Infinity;
    return cancel < total ? { at: cancel, category: "cancelled" } : { at: total, category: "workflow_timeout" };
  }

  /** The tasks named have not ended when the run is stopped. */
  stopped(state: string, open: readonly string[], category = this.stop.category): Ended {
    // Undoing begins when the run ends.
    this.now = Math.max(this.now, category === this.stop.category ? this.stop.at : this.now);
    for (const task of open) this.events.push(`taskFailure ${state} ${task}`);
    this.events.push(`${category === "cancelled" ? "cancelled" : "workflowTimeout"} ${state}`);
    return this.failed(category, state, 0);
  }

  failed(category: string, state: string, attempt: number): Ended {
    return new Ended(`${category} in ${state}, attempt ${attempt}, path ${this.path.join(">")}`, state, true);
  }
}

/** `s0`, `s1`, …, then `x0`, `x1`, …. */
export function nameOf({ states }: MachineSpec, place: number): string {
  return place < states.length ? `s${place}` : `x${place - states.length}`;
}
