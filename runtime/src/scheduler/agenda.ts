/** Wakes many at their times with one timer of the clock. Looks at the date at least once a minute, since it may be set, or the machine asleep. */

import type { Clock, Effect } from "../time/clock.js";
import { Heap } from "../time/heap.js";

/** What is woken. */
export interface Wakeable {
  /** Whether nothing is in progress that it was woken for. */
  readonly isIdle: boolean;
  /** Must not throw. */
  wake(): void;
  /** The agenda's own note of when it is woken next; undefined to begin with. */
  item: Item | undefined;
}

/** That one is to be woken at a time. */
export interface Item {
  readonly time: number;
  readonly order: number;
  readonly what: Wakeable;
  /** Whether it was called off. It stays for as long as others come before it: what is set for its time again, as after a pause, goes on with it. */
  isOff: boolean;
}

/** Those that were woken at one time. */
class Awake implements Effect {
  constructor(private readonly woken: readonly Wakeable[]) {}

  get isOver(): boolean {
    return this.woken.every(({ isIdle }) => isIdle);
  }
}

/** Milliseconds. A timer counts what passes while the machine is awake, and the date goes on in the meantime. */
const LONGEST = 60_000;
/** A date that goes back by less is being adjusted, not set. */
const SLACK = 1_000;

/** See the file's first line. Of those with the same time, who was set first is woken first. */
export class Agenda {
  private readonly items = new Heap<Item>((a, b) => a.time < b.time || (a.time === b.time && a.order < b.order));
  private order = 0;
  private isRunning = false;
  private timer: { readonly time: number; readonly cancel: () => void } | undefined;
  /** Between the date and the clock that never goes back. */
  private offset: number;

  private readonly wake = (): Effect => this.tick();

  constructor(
    private readonly clock: Clock,
    /** Called when the date has gone back. */
    private readonly wentBack: () => void,
  ) {
    this.offset = clock.epoch() - clock.now();
  }

  start(): void {
    this.isRunning = true;
    this.arm();
  }

  stop(): void {
    this.isRunning = false;
    this.disarm();
  }

  /** Wakes `what` at `time`, in milliseconds since 1970, and not at the time for which it was set before. */
  set(what: Wakeable, time: number): void {
    const { item } = what;
    if (item?.time === time) {
      if (!item.isOff) return;
      item.isOff = false;
    } else {
      what.item = { time, order: this.order++, what, isOff: false };
      this.items.push(what.item);
    }
    this.arm();
  }

  remove({ item }: Wakeable): void {
    if (item !== undefined) item.isOff = true;
  }

  private arm(): void {
    if (!this.isRunning) return;
    const first = this.first();
    const now = this.clock.epoch();
    const time = Math.min(first?.time ?? Number.POSITIVE_INFINITY, now + LONGEST);
    // One that comes too early does no harm.
    if (this.timer !== undefined && this.timer.time <= time) return;
    this.disarm();
    if (first === undefined) return;
    const cancel = this.clock.schedule(this.wake, Math.max(0, time - now));
    this.timer = { time, cancel };
  }

  private disarm(): void {
    this.timer?.cancel();
    this.timer = undefined;
  }

  private tick(): Effect {
    const woken: Wakeable[] = [];
    this.timer = undefined;
    this.lookAtDate();
    const now = this.clock.epoch();
    for (let first = this.first(); first !== undefined && first.time <= now; first = this.first()) {
      this.items.pop();
      first.what.item = undefined;
      woken.push(first.what);
      first.what.wake();
    }
    this.arm();
    return new Awake(woken);
  }

  private lookAtDate(): void {
    const offset = this.clock.epoch() - this.clock.now();
    const went = offset - this.offset;
    this.offset = offset;
    if (went < -SLACK) this.wentBack();
  }

  private first(): Item | undefined {
    for (;;) {
      const { first } = this.items;
      // Others are out of date.
      const isSet = first?.what.item === first;
      if (first === undefined || (isSet && !first.isOff)) return first;
      if (isSet) first.what.item = undefined;
      this.items.pop();
    }
  }
}
