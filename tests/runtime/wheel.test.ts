/** The timer wheel: no timeout is early, none is more than a tick late, their order is kept, and they cost one timer of the clock. */

import { ManualClock } from "cano/testing";
import { array, assert, asyncProperty, boolean, constantFrom, integer, property, record, tuple } from "fast-check";
import { expect, test } from "vitest";
import { Heap } from "../../runtime/src/time/heap.js";
import { TimerWheel, Timeout } from "../../runtime/src/time/timer-wheel.js";

/** Sets a timeout that adds itself to `fired`. */
function setTimeoutOf(wheel: TimerWheel, clock: { now(): number }, fired: Recorded[], delay: number): Recorded {
  return new Recorded(wheel, clock, fired, delay);
}

class Recorded extends Timeout {
  firedAt: number | undefined = undefined;
  readonly due: number;

  constructor(
    wheel: TimerWheel,
    private readonly clock: { now(): number },
    private readonly fired: Recorded[],
    delay: number,
  ) {
    super(wheel);
    this.due = clock.now() + delay;
    this.set(delay);
  }

  expire(): void {
    this.firedAt = this.clock.now();
    this.fired.push(this);
  }
}

test("a clock that refuses once: what has expired has, and the next timeout asks again", async () => {
  const clock = new ManualClock();
  let refuses = false;
  const moody = {
    now: () => clock.now(),
    schedule: (fire: () => void, delay: number) => {
      if (!refuses) return clock.schedule(fire, delay);
      refuses = false;
      throw new Error("not now");
    },
  } as ManualClock;
  const wheel = new TimerWheel(moody);
  const fired: Recorded[] = [];
  const [first, second] = [setTimeoutOf(wheel, clock, fired, 10), setTimeoutOf(wheel, clock, fired, 20)];
  refuses = true;
  await expect(clock.advance(15)).rejects.toThrow("not now");
  expect(fired).toEqual([first]);
  const third = setTimeoutOf(wheel, clock, fired, 30);
  await clock.advance(100);
  expect(fired).toEqual([first, second, third]);
});

test("any timeouts, set and called off at any times, on any tick", async () => {
  const step = record({ wait: integer({ min: 0, max: 40 }), delay: integer({ min: 1, max: 200 }), callOff: boolean() });
  await assert(
    asyncProperty(array(step, { maxLength: 40 }), constantFrom(1, 10, 16, 100), async (steps, tick) => {
      const clock = new ManualClock();
      const wheel = new TimerWheel(clock, tick);
      const fired: Recorded[] = [];
      const calledOff = new Set<Recorded>();
      const all: Recorded[] = [];
      for (const { wait, delay, callOff } of steps) {
        await clock.advance(wait);
        const timeout = setTimeoutOf(wheel, clock, fired, delay);
        all.push(timeout);
        const before = all[all.length - 2];
        if (callOff && before?.firedAt === undefined && before !== undefined) {
          before.cancel();
          calledOff.add(before);
        }
        expect(clock.pending).toBe(all.some(({ firedAt }) => firedAt === undefined) && calledOff.size < all.length ? 1 : 0);
      }
      await clock.runAll();
      expect(clock.pending).toBe(0);
      expect(new Set(fired)).toEqual(new Set(all.filter((timeout) => !calledOff.has(timeout))));
      expect(fired).toHaveLength(all.length - calledOff.size);
      for (const { firedAt = 0, due } of fired) {
        expect(firedAt).toBeGreaterThanOrEqual(due);
        expect(firedAt).toBeLessThanOrEqual(due + tick);
      }
      // By tick, and within one by when they were set.
      const order = fired.map((timeout) => Math.ceil(timeout.due / tick) * 1e6 + all.indexOf(timeout));
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }),
    { numRuns: 150 },
  );
});

test("100,000 timeouts at once cost one timer, and each comes in its time", async () => {
  const clock = new ManualClock();
  const wheel = new TimerWheel(clock);
  const fired: Recorded[] = [];
  const all = Array.from({ length: 100_000 }, (_, at) => setTimeoutOf(wheel, clock, fired, 1 + ((at * 7_919) % 5_000)));
  expect(clock.pending).toBe(1);
  for (let at = 0; at < all.length; at += 2) all[at]?.cancel();
  await clock.runAll();
  expect(fired).toHaveLength(50_000);
  expect(fired.filter(({ firedAt, due }) => firedAt !== due)).toEqual([]);
  expect(clock.pending).toBe(0);
});

test("timeouts that are called off at once leave nothing behind, however far away they are", () => {
  const clock = new ManualClock();
  const wheel = new TimerWheel(clock);
  const keep = setTimeoutOf(wheel, clock, [], 1e9);
  for (let at = 0; at < 10_000; at++) setTimeoutOf(wheel, clock, [], 1 + at * 1_000).cancel();
  expect(Reflect.get(wheel, "slots")).toHaveProperty("size", 2);
  expect((Reflect.get(wheel, "order") as Heap<unknown>).size).toBeLessThan(100);
  keep.cancel();
  expect(clock.pending).toBe(0);
});

test("what expires may set another, and call off one of the same moment", async () => {
  const clock = new ManualClock();
  const wheel = new TimerWheel(clock);
  const fired: Recorded[] = [];
  class Chain extends Recorded {
    override expire(): void {
      super.expire();
      victim.cancel();
      setTimeoutOf(wheel, clock, fired, 5);
    }
  }
  const chain = new Chain(wheel, clock, fired, 10);
  const victim = setTimeoutOf(wheel, clock, fired, 10);
  await clock.runAll();
  expect(fired.map(({ firedAt }) => firedAt)).toEqual([10, 15]);
  expect(fired[0]).toBe(chain);
});

test("a clock that wakes too early is asked again", () => {
  const time = { now: 0 };
  const wakes: { callback: () => void; delay: number }[] = [];
  const clock = {
    now: () => time.now,
    epoch: () => time.now,
    schedule(callback: () => void, delay: number) {
      wakes.push({ callback, delay });
      return () => undefined;
    },
  };
  const fired: Recorded[] = [];
  setTimeoutOf(new TimerWheel(clock), clock, fired, 10);
  time.now = 9.4;
  wakes[0]?.callback();
  expect(fired).toEqual([]);
  expect(wakes[1]?.delay).toBeCloseTo(0.6);
  time.now = 10;
  wakes[1]?.callback();
  expect(fired).toHaveLength(1);
});

test("a clock that throws when it has woken the wheel is taken at its word", async () => {
  const clock = new ManualClock();
  const fired: Recorded[] = [];
  const timeout = setTimeoutOf(new TimerWheel(clock), clock, fired, 10);
  const now = (): number => {
    if (timeout.next !== timeout) throw new Error("no time");
    return 0;
  };
  Object.defineProperty(clock, "now", { value: now });
  await clock.runAll();
  expect(fired).toEqual([timeout]);
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("a tick of %d is refused", (tick) => {
  expect(() => new TimerWheel(new ManualClock(), tick)).toThrow(
    `\`tick\` must be a finite number of milliseconds above 0, not ${tick}`,
  );
});

test("a heap yields its items in order, whatever was put in and taken out before", () => {
  assert(
    property(array(tuple(integer(), boolean())), (steps) => {
      const heap = new Heap<number>((a, b) => a < b);
      const model: number[] = [];
      for (const [value, takes] of steps) {
        heap.push(value);
        model.push(value);
        model.sort((a, b) => a - b);
        expect(heap.first).toBe(model[0]);
        if (takes) expect(heap.pop()).toBe(model.shift());
        expect(heap.size).toBe(model.length);
      }
      while (model.length > 0) expect(heap.pop()).toBe(model.shift());
      expect(heap.pop()).toBeUndefined();
    }),
  );
});
