/** The hooks of a circuit breaker: what is a failure, who is told of a change or a call, and what one that throws changes. */

import { type BreakerChange, circuitBreaker, type CircuitBreaker } from "cano";
import { settled } from "cano/testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { breakerOf, failTimes } from "./breaker-of.js";
import { bucket } from "./limiter-of.js";
import { thrownBy } from "./thrown-by.js";

describe("by hand", () => {
  test("what is no failure of the service counts as a success, and a fault in saying so as a failure", () => {
    const lines: string[] = [];
    const isFailure = (error: unknown): boolean => {
      if (error === "boom") throw new Error("cannot tell");
      return error !== "not found";
    };
    const { breaker } = breakerOf({ isFailure, log: { warn: (line) => lines.push(line) } });
    breaker.settle(breaker.acquire(), "down");
    breaker.settle(breaker.acquire(), "not found");
    breaker.settle(breaker.acquire(), "down");
    expect(breaker.state).toBe("closed");
    breaker.settle(breaker.acquire(), "boom");
    expect(breaker.state).toBe("open");
    expect(lines).toEqual(["`isFailure` of the circuit breaker `bank` failed, which counts as a failure: cannot tell"]);
  });

  test.each<[what: string, listen: (breaker: CircuitBreaker) => void, refusal: string]>([
    ["opens it", (breaker) => breaker.forceOpen(), "is open"],
    ["makes the trial", (breaker) => breaker.acquire(), "is half-open, and its trials are under way"],
  ])("a listener that %s when it is half-open is not overruled by the call that made it so", async (_, listen, refusal) => {
    const onChange = ({ to }: BreakerChange): void => {
      if (to === "half-open") listen(breaker);
    };
    const { breaker, clock } = breakerOf({ onChange });
    failTimes(breaker, 2);
    await clock.advance(1_000);
    expect(thrownBy(() => breaker.acquire())).toMatchObject({ message: `the circuit breaker \`bank\` ${refusal}` });
  });

  test("a watcher that opens it when it is told of a call is not overruled by what comes of that call", () => {
    const { breaker } = breakerOf();
    const told: string[] = [];
    breaker.watch({
      acquire({ result }) {
        told.push(result);
        breaker.forceOpen();
      },
    });
    breaker.acquire().succeed();
    expect([breaker.state, told]).toEqual(["open", ["acquired"]]);
  });

  test("a breaker and a limiter without listeners, and watchers without hooks, have nothing to say", async () => {
    const said = vi.spyOn(console, "warn");
    onTestFinished(() => said.mockRestore());
    const lines: string[] = [];
    const breaker = circuitBreaker({ failureThreshold: 2, log: { warn: (line) => lines.push(line) } });
    breaker.watch({});
    breaker.acquire().succeed();
    breaker.settle(breaker.acquire(), "down");
    breaker.settle(breaker.acquire(), "down");
    expect(thrownBy(() => breaker.acquire())).toBeDefined();
    const { limiter } = bucket();
    limiter.watch({});
    expect([limiter.tryAcquire(5), limiter.tryAcquire()]).toEqual([true, false]);
    await settled();
    expect([breaker.state, lines, said.mock.calls]).toEqual(["open", [], []]);
  });

  test("no change is told of where there is none", () => {
    const { breaker, changes } = breakerOf();
    breaker.reset();
    breaker.forceOpen();
    breaker.forceOpen();
    expect(changes).toEqual(["closed > open"]);
  });

  const deaf = new Error("deaf");
  test.each<[how: string, fail: () => unknown]>([
    [
      "throws",
      () => {
        throw deaf;
      },
    ],
    ["rejects", () => Promise.reject(deaf)],
  ])("a listener or a watcher that %s changes nothing, and that is said", async (_, onChange) => {
    const lines: string[] = [];
    const { breaker } = breakerOf({ onChange, log: { warn: (line) => lines.push(line) } });
    breaker.watch({ acquire: onChange, outcome: onChange, change: onChange });
    failTimes(breaker, 2);
    expect(breaker.state).toBe("open");
    await settled();
    // Of a watcher, it is said once.
    expect(lines.sort()).toEqual([
      "`onChange` of the circuit breaker `bank` failed, which changes nothing: deaf",
      "a watcher of the circuit breaker `bank` failed, which changes nothing: deaf",
    ]);
  });
});
