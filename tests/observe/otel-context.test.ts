/** What a traced task finds around itself: its state's span, what else is in the context, and what other observers set up. */

import { context, trace } from "@opentelemetry/api";
import { type Context, fixed } from "cano";
import { combine, only } from "cano/observe";
import { expect, test, vi } from "vitest";
import { machineOf, outcomeOf } from "../runtime/machine.js";
import type { Step } from "../runtime/step.js";
import { dated, observers, traced } from "./traced.js";
import { activeSpan, own, setUpTracing, spanTree } from "./tracing.js";

setUpTracing();

test("what a task leaves behind goes on inside of its state, not of the next one", async () => {
  const seen: string[] = [];
  const leave: Step = {
    run() {
      void new Promise<void>((resolve) => void machine.clock.schedule(resolve, 10)).then(() => seen.push(activeSpan() ?? "none"));
      return "b";
    },
  };
  const machine = machineOf({ a: leave, b: traced("b", 20, "done") }, dated());
  await outcomeOf(machine);
  expect(seen).toEqual(["state a"]);
});

test("a task that is wrapped is what it was: frozen, with private members, and with what it is configured by", async () => {
  class Own {
    readonly config = { retry: fixed({ retries: 1, delay: 1 }) };
    #secret = "done";
    run(): string {
      own(`mine ${this.#secret}`);
      return this.#secret;
    }
  }
  const machine = machineOf({ a: Object.freeze(new Own()) }, dated());
  expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
  expect(spanTree()).toEqual(["run test", "  state a", "    mine done"]);
});

test("two observers that set something up around the same run do so one inside of the other, and one that fails changes nothing", async () => {
  const warn = vi.fn();
  const seen: string[] = [];
  const watcher = combine({
    aroundRun: (_event, call) => {
      seen.push(`around ${activeSpan()}`);
      call();
      call();
      throw new Error("late");
    },
    aroundTask: () => void seen.push("never calls"),
  });
  const retried: Step = {
    config: { retry: fixed({ retries: 1, delay: 1 }) },
    run: (_: unknown, { attempt }: Context<unknown>) => (attempt === 1 ? Promise.reject(new Error("no")) : "done"),
  };
  const machine = machineOf({ a: retried }, { ...dated(), observers: [...observers, watcher], log: { warn } });
  expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
  expect(seen).toEqual(["around run test", "never calls"]);
  expect(warn.mock.calls).toEqual([["an observer of workflow `test` failed at `aroundRun`, which changes nothing: late"]]);
});

test("a filter sets nothing up around what does not pass", async () => {
  const seen: (string | undefined)[] = [];
  const task: Step = { run: () => (seen.push(activeSpan()), "done") };
  await outcomeOf(machineOf({ a: task }, { ...dated(), observers: observers.map((observer) => only(observer, {})) }));
  await outcomeOf(
    machineOf({ a: task }, { ...dated(), observers: observers.map((observer) => only(observer, { workflows: [] })) }),
  );
  expect(seen).toEqual(["state a", undefined]);
});

test("what else is in the context, a task finds", async () => {
  const key = Symbol("baggage");
  let found: unknown;
  const machine = machineOf({ a: { run: () => ((found = context.active().getValue(key)), "done") } }, dated());
  await context.with(context.active().setValue(key, "mine"), () => outcomeOf(machine));
  expect(found).toBe("mine");
  expect(trace.getActiveSpan()).toBeUndefined();
});
