/** The line before a rate limiter: who waits, in which order and for how long, and what no interleaving may admit. */

import { getEventListeners } from "node:events";
import { array, assert, asyncProperty, integer, oneof, record, constantFrom } from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { bucket, drain, window } from "./limiter-of.js";

describe("waiting", () => {
  test("is first come, first served, whatever each costs", async () => {
    const { limiter, clock } = bucket();
    drain(limiter);
    const order: string[] = [];
    for (const [name, cost] of [
      ["a", 4],
      ["b", 1],
      ["c", 1],
    ] as const)
      void limiter.acquire({ cost }).then(() => order.push(`${name} ${clock.now()}`));
    await clock.advance(200);
    // One token is there, but it is a's turn.
    expect([limiter.tryAcquire(), limiter.reserve(), limiter.waiting]).toEqual([false, undefined, 3]);
    await clock.runAll();
    expect(order).toEqual(["a 800", "b 1000", "c 1200"]);
    expect(clock.pending).toBe(0);
  });

  test("ends with the signal, and the next moves up", async () => {
    const { limiter, clock } = bucket();
    drain(limiter);
    const aborted = new AbortController();
    const first = limiter.acquire({ cost: 5, signal: aborted.signal });
    let second = -1;
    void limiter.acquire().then(() => (second = clock.now()));
    await clock.advance(300);
    aborted.abort(new Error("enough"));
    await expect(first).rejects.toThrow("enough");
    await clock.advance(0);
    expect(second).toBe(300);
    expect([limiter.waiting, clock.pending]).toEqual([0, 0]);
    // Nothing is left with what is shared, however many have waited for it.
    expect(limiter.tiers[0]?.meter.awaitedBy.size).toBe(0);
    await expect(limiter.acquire({ cost: 5, signal: aborted.signal })).rejects.toThrow("enough");
  });

  test("of many with one signal adds one listener to it, and none once they are served", async () => {
    const { limiter, clock } = bucket();
    drain(limiter);
    const { signal } = new AbortController();
    const waiting = Array.from({ length: 20 }, () => limiter.acquire({ signal }));
    // Node takes more than ten of them for a leak, and says so.
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await clock.runAll();
    await Promise.all(waiting);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("and taking are for nobody whose signal has fired before, which is no wait", async () => {
    const { limiter } = bucket({ maxQueue: 0 });
    const told = vi.fn();
    limiter.watch({ taken: told, throttled: told });
    const signal = AbortSignal.abort("enough");
    await expect(limiter.acquire({ signal })).rejects.toBe("enough");
    await expect(limiter.acquire({ cost: 6, signal })).rejects.toBe("enough");
    expect([limiter.snapshot()[0]?.used, told.mock.calls]).toEqual([0, []]);
  });

  test("is bounded by time: at once where it is certain, else when the time has come", async () => {
    const { limiter, clock } = bucket({ name: "api", maxWait: 500 });
    drain(limiter);
    await expect(limiter.acquire({ cost: 3 })).rejects.toMatchObject({
      category: "rate_limited",
      retryAfter: 600,
      refusedBy: "api",
      message: "the rate limit `api` is used up, and the wait would be too long",
    });
    const waits = [2, 2].map((cost) =>
      limiter.acquire({ cost }).then(
        () => "in",
        (error: unknown) => [clock.now(), error],
      ),
    );
    await clock.runAll();
    const message = "the rate limit `api` is used up, and the wait was too long";
    expect(await Promise.all(waits)).toMatchObject(["in", [500, { category: "rate_limited", refusedBy: "api", message }]]);
    expect([limiter.waiting, clock.pending]).toEqual([0, 0]);
  });

  test("is bounded in number", async () => {
    const { limiter, clock } = bucket({ maxQueue: 1 });
    drain(limiter);
    const first = limiter.acquire();
    await expect(limiter.acquire()).rejects.toMatchObject({
      message: "the rate limit `rate limit` is used up, and its line is full",
    });
    await clock.runAll();
    await first;
  });

  test("of a window is until its end, then again if that does not do", async () => {
    const { limiter, clock } = window();
    const times: number[] = [];
    for (let at = 0; at < 8; at++) void limiter.acquire().then(() => times.push(clock.now()));
    await clock.runAll();
    expect(times).toEqual([0, 0, 0, 1_000, 1_000, 1_000, 2_000, 2_000]);
  });

  test("is told of with its length", async () => {
    const { limiter, clock } = bucket();
    const taken: unknown[] = [];
    limiter.watch({ taken: ({ cost, waited }) => taken.push([cost, waited]) });
    await clock.advance(1_000);
    const turns = [limiter.acquire({ cost: 5 }), limiter.acquire({ cost: 2 })];
    await clock.runAll();
    await Promise.all(turns);
    expect(taken).toEqual([
      [5, undefined],
      [2, 400],
    ]);
  });

  test("for what can never be had is refused at once", async () => {
    const { limiter, clock } = bucket();
    await expect(limiter.acquire({ cost: 6 })).rejects.toMatchObject({
      category: "rate_limited",
      retryAfter: Number.POSITIVE_INFINITY,
    });
    expect(clock.pending).toBe(0);
  });
});

test("no interleaving admits more than what the bucket holds and what comes in", async () => {
  const step = oneof(
    record({ kind: constantFrom("wait" as const), ms: integer({ min: 1, max: 700 }) }),
    record({ kind: constantFrom("try" as const, "acquire" as const, "reserve" as const), cost: integer({ min: 0, max: 4 }) }),
    record({ kind: constantFrom("abort" as const, "refund" as const), pick: integer({ min: 0, max: 9 }) }),
  );
  const interleavings = asyncProperty(
    array(step, { maxLength: 40 }),
    integer({ min: 1, max: 6 }),
    integer({ min: 0, max: 3 }),
    async (steps, tokens, burst) => {
      const { limiter, clock } = bucket({ tokens, burst });
      const admitted: { at: number; cost: number }[] = [];
      const waiting: AbortController[] = [];
      const reserved: { release: () => void; entry: { at: number; cost: number } }[] = [];
      const served: number[] = [];
      let asked = 0;
      for (const step of steps) {
        if (step.kind === "wait") await clock.advance(step.ms);
        else if (step.kind === "abort") waiting.splice(step.pick, 1)[0]?.abort();
        else if (step.kind === "refund") {
          const [found] = reserved.splice(step.pick, 1);
          found?.release();
          if (found !== undefined) admitted.splice(admitted.indexOf(found.entry), 1);
        } else if (step.kind === "try") {
          if (limiter.tryAcquire(step.cost)) admitted.push({ at: clock.now(), cost: step.cost });
        } else if (step.kind === "reserve") {
          const reservation = limiter.reserve({ cost: step.cost });
          const entry = { at: clock.now(), cost: step.cost };
          if (reservation !== undefined) {
            admitted.push(entry);
            reserved.push({ release: () => reservation.release(), entry });
          }
        } else if (step.kind === "acquire") {
          const abort = new AbortController();
          waiting.push(abort);
          const number = asked++;
          limiter.acquire({ cost: step.cost, signal: abort.signal }).then(
            () => {
              admitted.push({ at: clock.now(), cost: step.cost });
              served.push(number);
            },
            () => undefined,
          );
        }
      }
      await clock.runAll();
      admitted.sort((a, b) => a.at - b.at);
      for (let from = 0; from < admitted.length; from++) {
        let sum = 0;
        for (let to = from; to < admitted.length; to++) {
          sum += admitted[to]?.cost ?? 0;
          const span = (admitted[to]?.at ?? 0) - (admitted[from]?.at ?? 0);
          expect(sum).toBeLessThanOrEqual(tokens + burst + (tokens / 1_000) * span + 1e-6);
        }
      }
      expect(served).toEqual([...served].sort((a, b) => a - b));
      expect([limiter.waiting, clock.pending]).toEqual([0, 0]);
    },
  );
  await assert(interleavings, { numRuns: 2_000 });
});
