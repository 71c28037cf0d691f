/** How a run fails: the error's category, attempt, path and cause, whatever was thrown. */

import { CanoError, type Context, custom, exponential, FatalError, fixed, isCanoError } from "cano";
import { expect, test } from "vitest";
import { hostile } from "./faults.js";
import { machineOf, never, outcomeOf } from "./machine.js";
import { scripted } from "./scripted.js";

const failing = (error: unknown, retries = 0): ReturnType<typeof machineOf> =>
  machineOf({
    a: { run: () => "b" },
    b: {
      config: { retry: fixed({ retries, delay: 10 }) },
      run: () => {
        throw error;
      },
    },
  });

const throwing = Object.defineProperty(new Error("x"), "message", {
  get: () => {
    throw new Error("from a getter");
  },
});

test.each<[string, unknown, object]>([
  ["an Error", new Error("no"), { category: "task_execution", code: "CANO7001", message: "state `b` failed: no" }],
  ["a string", "no", { category: "task_execution", cause: "no", message: "state `b` failed: no" }],
  ["undefined", undefined, { category: "task_execution", message: "state `b` failed: undefined" }],
  ["an error whose message throws", throwing, { category: "task_execution", message: "state `b` failed: (unprintable)" }],
  ["a CanoError of the user's", new CanoError("timeout", "slow"), { category: "timeout", message: "slow" }],
])("%s becomes one error with the run's facts", async (_, error, expected) => {
  expect(await outcomeOf(failing(error))).toMatchObject({ ...expected, state: "b", attempt: 1, path: ["a", "b"] });
});

test("attempts that are used up are counted, and the errors of all of them are the cause", async () => {
  const cause = new Error("busy");
  expect(await outcomeOf(failing(cause, 2))).toMatchObject({
    category: "retry_exhausted",
    code: "CANO7002",
    attempts: 3,
    attempt: 3,
    cause: { name: "AggregateError", errors: [cause, cause, cause], cause },
  });
});

test("of many attempts, the errors of the last sixteen are kept", async () => {
  const errors = Array.from({ length: 20 }, (_, at) => new Error(`attempt ${at + 1}`));
  const retry = custom(({ attempt }) => (attempt < errors.length ? 1 : undefined));
  const machine = machineOf({ a: scripted({ retry }, ...errors) });
  expect(await outcomeOf(machine)).toMatchObject({ attempts: 20, cause: { errors: errors.slice(4), cause: errors.at(-1) } });
});

test.each([{ retryable: true }, { retryable: undefined }, Object.assign(new Error("no"), { retryable: 0 }), hostile])(
  "what does not say that it may not be retried is (%#)",
  async (error) => {
    expect(await outcomeOf(failing(error, 1))).toMatchObject({ category: "retry_exhausted", attempts: 2 });
  },
);

test.each([new FatalError("no"), Object.assign(new Error("no"), { retryable: false }), { retryable: false }])(
  "what may not be retried is not: %s",
  async (error) => {
    const machine = failing(error, 5);
    expect(await outcomeOf(machine)).toMatchObject({ category: "task_execution", attempt: 1, cause: error });
    expect(machine.recorder.lines().filter((line) => line.startsWith("retry"))).toEqual([]);
  },
);

test.each([0, 5])("observers are told of a fatal error itself, with %d retries allowed", async (retries) => {
  const told: unknown[] = [];
  const fatal = new FatalError("no");
  const run = (): never => {
    throw fatal;
  };
  const config = { retry: fixed({ retries, delay: 1 }) };
  await outcomeOf(machineOf({ a: { config, run } }, { observers: [{ taskFailure: ({ error }) => told.push(error) }] }));
  expect(told).toEqual([fatal]);
  expect(told[0]).toBe(fatal);
});

test("a fatal error after a retry is told as it is, and the run's error names its attempt", async () => {
  const told: unknown[] = [];
  const fatal = new FatalError("enough");
  const machine = machineOf(
    {
      a: {
        config: { retry: fixed({ retries: 5, delay: 1 }) },
        run: (_, { attempt }) => {
          throw attempt === 3 ? fatal : new Error("busy");
        },
      },
    },
    { observers: [{ taskFailure: ({ error }) => told.push(error) }] },
  );
  expect(await outcomeOf(machine)).toMatchObject({ category: "task_execution", attempt: 3, cause: fatal });
  expect(told).toEqual([fatal]);
  expect(told[0]).toBe(fatal);
});

test("a fallback is given a fatal error itself, whichever attempt failed with it, and nothing of that is left to the states that follow", async () => {
  const given: unknown[] = [];
  const fatal = new FatalError("no");
  const fallback = (error: unknown): unknown => {
    given.push(error);
    return "after";
  };
  const run = (_resources: unknown, { attempt }: Context<unknown>): never => {
    throw attempt === 2 ? fatal : new Error("busy");
  };
  const machine = machineOf({
    a: { config: { fallback, retry: fixed({ retries: 5, delay: 1 }) }, run },
    after: {
      run: () => {
        throw new Error("down");
      },
    },
  });
  expect(await outcomeOf(machine)).toMatchObject({ state: "after", attempt: 1 });
  expect(given).toEqual([fatal]);
  expect(given[0]).toBe(fatal);
});

test.each([
  ["a fallback that throws", { fallback: broken }],
  ["a policy that throws", { retry: fixed({ retries: 5, delay: 1, retryIf: (error) => error !== "attempt 3" || broken() }) }],
  ["a delay that is none", { retry: custom(({ attempt }) => (attempt < 3 ? 1 : Number.NaN)) }],
])("%s after the third attempt names that", async (_, config) => {
  const retry = fixed({ retries: 2, delay: 1 });
  const machine = machineOf({
    a: {
      config: { retry, ...config },
      run: (_resources, { attempt }) => Promise.reject(`attempt ${attempt}`),
    },
  });
  expect(await outcomeOf(machine)).toMatchObject({ state: "a", attempt: 3 });
});

function broken(): never {
  throw new Error("broken");
}

test("the error of a nested workflow is passed on as it is", async () => {
  const inner = failing(new Error("deep"));
  const outer = machineOf({ x: { run: () => inner.workflow.orchestrate() } });
  expect(await outcomeOf(outer)).toMatchObject({ state: "b", path: ["a", "b"] });
});

test("an attempt that takes too long fails, is told so, and is tried again; what comes late is ignored", async () => {
  const reasons: unknown[] = [];
  const late: (() => void)[] = [];
  const machine = machineOf({
    a: {
      config: { retry: fixed({ retries: 1, delay: 5 }), attemptTimeout: 100 },
      run: (_, { signal, attempt }) => {
        signal.addEventListener("abort", () => reasons.push(signal.reason));
        return attempt === 1 ? new Promise((_resolve, reject) => late.push(() => reject(new Error("late")))) : "done";
      },
    },
  });
  expect(await outcomeOf(machine)).toEqual({ state: "done", output: undefined });
  for (const finish of late) finish();
  expect(reasons).toMatchObject([{ category: "timeout", code: "CANO7003", limit: 100 }]);
  expect([machine.clock.now(), machine.clock.pending]).toEqual([105, 0]);
});

test("the total timeout ends a run in the middle, during a back-off too", async () => {
  const hanging = machineOf({ a: { run: never } }, { totalTimeout: 50 });
  await hanging.clock.advance(1_000);
  expect(await outcomeOf(hanging)).toMatchObject({
    category: "workflow_timeout",
    code: "CANO7004",
    attempt: 0,
    elapsed: 50,
    limit: 50,
    path: ["a"],
  });
  const waiting = machineOf(
    { a: { config: { retry: exponential({ base: 1_000 }) }, run: () => Promise.reject(new Error("busy")) } },
    { totalTimeout: 50 },
  );
  expect(await outcomeOf(waiting)).toMatchObject({ category: "workflow_timeout" });
  expect([hanging.clock.pending, waiting.clock.pending]).toEqual([0, 0]);
});

test("a run that goes round for long keeps its newest states only", async () => {
  let turns = 0;
  const machine = machineOf({
    a: {
      run: () => {
        if (++turns > 20_000) throw new Error("enough");
        return "b";
      },
    },
    b: { run: () => "a" },
  });
  const error = await outcomeOf(machine);
  expect(isCanoError(error)).toBe(true);
  if (!isCanoError(error)) return;
  expect(error.path?.length).toBeGreaterThan(1_000);
  expect(error.path?.length).toBeLessThan(3_000);
  expect(error.path?.slice(-3)).toEqual(["a", "b", "a"]);
});

test.each([
  ["CANO7012", { state: "nowhere" }],
  ["CANO7011", {}],
])("%s: a request that cannot be served is refused by the promise", async (code, request) => {
  const machine = machineOf({ a: { run: () => "done" } });
  if (code === "CANO7011") await machine.workflow.close();
  expect(await outcomeOf(machine, request)).toMatchObject({ category: "configuration", code });
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("timeouts of %d are refused when the workflow is made", (ms) => {
  expect(() => machineOf({ a: { run: never } }, { totalTimeout: ms })).toThrow(/totalTimeout.*above 0/);
  expect(() => machineOf({ a: { config: { attemptTimeout: ms }, run: never } })).toThrow(/attemptTimeout.*above 0/);
});

test("a config that throws is a clear error", () => {
  const step = {
    get config(): never {
      throw new Error("no config today");
    },
    run: never,
  };
  expect(() => machineOf({ a: step })).toThrow("the config of `a` cannot be read: no config today");
});

// The same file under another address is another module, as a package is that is installed twice, or that a loader has compiled for `require`.
const copy = new URL("../../runtime/dist/errors/cano-error.js?again", import.meta.url).href;

test("an error of another copy of the package is known for what it is, and one that forbids a retry is not retried", async () => {
  const other = (await import(copy)) as Pick<typeof import("cano"), "CanoError" | "isCanoError">;
  const open = new other.CanoError("circuit_open", "open");
  expect(open).not.toBeInstanceOf(CanoError);
  expect([isCanoError(open), isCanoError(open, "circuit_open"), isCanoError(open, "timeout")]).toEqual([true, true, false]);
  expect(await outcomeOf(failing(open, 2))).toMatchObject({ category: "circuit_open", message: "open", attempt: 1 });
  expect(other.isCanoError(new CanoError("timeout", "slow"), "timeout")).toBe(true);
});

test.each([undefined, null, "CanoError", { name: "CanoError", category: "timeout" }, new Error("no")])(
  "%o is no CanoError",
  (thrown) => {
    expect(isCanoError(thrown)).toBe(false);
  },
);
