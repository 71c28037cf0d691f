/**
 * Timeouts by the thousand on one timer of the clock. Time is cut into ticks; all timeouts of one tick share a slot, and the clock is asked
 * to wake the wheel at the first slot only. To set and to call off a timeout is to link and to unlink it: most are called off.
 */

import { requirePositive } from "../errors/require.js";
import { type Clock, systemClock } from "./clock.js";
import { Heap } from "./heap.js";

class Link {
  previous: Link = this;
  next: Link = this;
}

/** The timeouts of one tick, in the order in which they were set. */
class Slot extends Link {
  constructor(readonly due: number) {
    super();
  }

  get isEmpty(): boolean {
    return this.next === this;
  }
}

/** Something that is to happen at a time, unless it is called off. */
export abstract class Timeout extends Link {
  constructor(private readonly wheel: TimerWheel) {
    super();
  }

  /** Called once when the time is up, which it is at the time `now`. */
  abstract expire(now: number): void;

  /** Sets it to expire after `delay` milliseconds: never before, and at most one tick of the wheel later. */
  set(delay: number): void {
    this.wheel.add(this, delay);
  }

  /** Calls it off, if it is set. */
  cancel(): void {
    if (this.next !== this) this.wheel.remove(this);
  }
}

// A billionth of a second: what sums of times may be off by.
const ROUNDING = 1e-6;
// So many slots may be kept beyond those in use before they are cleared out.
const SPARE_SLOTS = 64;

/** See the file's first line. */
export class TimerWheel {
  private readonly slots = new Map<number, Slot>();
  /** The slots by their ticks, among them some that are no longer in use. */
  private order = new Heap<Slot>((a, b) => a.due < b.due);
  /** The slot that was used last: timeouts of one length that are set at one time share it. */
  private latest: Slot | undefined = undefined;
  private count = 0;
  private wakeAt = Number.POSITIVE_INFINITY;
  private callOff: (() => void) | undefined = undefined;
  private isResting = false;

  /** `tick` is in milliseconds. Throws `configuration` when it is not above 0. */
  constructor(
    private readonly clock: Clock,
    private readonly tick = 1,
  ) {
    requirePositive("tick", tick);
  }

  add(timeout: Timeout, delay: number): void {
    const due = Math.ceil((this.clock.now() + delay) / this.tick - ROUNDING);
    const slot = this.latest?.due === due ? this.latest : this.slotAt(due);
    const last = slot.previous;
    timeout.previous = last;
    timeout.next = slot;
    last.next = timeout;
    slot.previous = timeout;
    this.count++;
    if (due < this.wakeAt) this.setWake(due);
  }

  remove(timeout: Timeout): void {
    const { previous, next } = timeout;
    unlink(timeout);
    this.count--;
    // Both neighbours are the slot itself: nothing else is in it.
    if (previous === next && previous !== this.latest) this.drop(previous as Slot);
    if (this.count === 0) this.rest();
  }

  private slotAt(due: number): Slot {
    if (this.latest?.isEmpty === true) this.drop(this.latest);
    let slot = this.slots.get(due);
    if (slot === undefined) {
      slot = new Slot(due);
      this.slots.set(due, slot);
      this.order.push(slot);
    }
    this.latest = slot;
    return slot;
  }

  private drop(slot: Slot): void {
    if (this.isInUse(slot)) this.slots.delete(slot.due);
    if (this.order.size <= 2 * this.slots.size + SPARE_SLOTS) return;
    this.order = new Heap((a, b) => a.due < b.due);
    for (const used of this.slots.values()) this.order.push(used);
  }

  private isInUse(slot: Slot): boolean {
    return this.slots.get(slot.due) === slot;
  }

  private setWake(due: number): void {
    this.callOff?.();
    this.callOff = undefined;
    // Until the clock has agreed, nothing wakes the wheel: the next timeout asks again.
    this.wakeAt = Number.POSITIVE_INFINITY;
    this.callOff = this.clock.schedule(() => this.wake(), Math.max(0, due * this.tick - this.clock.now()));
    this.wakeAt = due;
  }

  private wake(): void {
    const now = this.timeOf(this.wakeAt);
    this.wakeAt = Number.POSITIVE_INFINITY;
    this.callOff = undefined;
    const expired: Slot[] = [];
    for (let slot = this.order.first; slot !== undefined; slot = this.order.first) {
      const isUsed = this.isInUse(slot);
      if (isUsed && !slot.isEmpty && slot.due * this.tick > now + ROUNDING) break;
      this.order.pop();
      if (isUsed) this.slots.delete(slot.due);
      if (slot === this.latest) this.latest = undefined;
      expired.push(slot);
    }
    for (const slot of expired) {
      for (let link = slot.next; link !== slot; link = slot.next) {
        unlink(link);
        this.count--;
        (link as Timeout).expire(now);
      }
    }
    if (this.count === 0) return this.rest();
    // Last, since the clock is the user's and may refuse: what has expired has.
    const next = this.order.first;
    if (next !== undefined && next.due < this.wakeAt) this.setWake(next.due);
  }

  // The clock may be a little early, so it is asked; where it throws, its waking is taken at its word.
  private timeOf(wake: number): number {
    try {
      return this.clock.now();
    } catch {
      return wake * this.tick;
    }
  }

  /**
   * Gives the clock's timer back once nothing is set. Timers of the process are not free: there, not between one timeout and the next of the
   * same turn of the event loop.
   */
  private rest(): void {
    if (this.clock !== systemClock) return this.clear();
    if (this.isResting) return;
    this.isResting = true;
    setImmediate(() => {
      this.isResting = false;
      if (this.count === 0) this.clear();
    });
  }

  private clear(): void {
    this.callOff?.();
    this.callOff = undefined;
    this.wakeAt = Number.POSITIVE_INFINITY;
    this.slots.clear();
    this.order = new Heap((a, b) => a.due < b.due);
    this.latest = undefined;
  }
}

function unlink(link: Link): void {
  link.previous.next = link.next;
  link.next.previous = link.previous;
  link.previous = link;
  link.next = link;
}
