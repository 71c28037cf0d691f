/** Promises that are not quite those of the language: of another realm, with a `then` of their own, of a library. They count as what `await` makes of them. */

import { runInNewContext } from "node:vm";
import { all, type AnyBranch, bulkhead, type Context, fixed, split } from "cano";
import { combine, only } from "cano/observe";
import { describe, expect, test } from "vitest";
import { machineOf, outcomeOf } from "./machine.js";

/** Rejects, and nobody in its realm minds: who is given it has to. */
const foreign = (): Promise<never> => runInNewContext("Promise.reject(new Error('no network'))") as Promise<never>;

type Own = (fulfilled: () => void, rejected: (error: unknown) => void) => void;

/** Ways of a promise to have a `then` of its own that does something else. */
const OWN: Readonly<Record<string, Own>> = {
  "calls back twice": (fulfilled, rejected) => {
    fulfilled();
    rejected(new Error("and not"));
  },
  "calls back at once": (fulfilled) => fulfilled(),
  throws: () => {
    throw new Error("no then");
  },
  "never calls back": () => undefined,
};

/** A promise of `value` with such a `then`. */
function promiseOf<T>(value: T, own: Own): Promise<T> {
  // What is to be tried here.
  // eslint-disable-next-line unicorn/no-thenable
  return Object.defineProperty(Promise.resolve(value), "then", { value: own });
}

describe.each(Object.entries(OWN))("a promise whose own `then` %s", (_, own) => {
  test.each([{}, { bulkhead: 1 }])("is one branch of a split (%o)", async (options) => {
    const branches = Array.from({ length: 3 }, (): AnyBranch => ({ run: () => promiseOf(1, own) }));
    const outcome = await outcomeOf(machineOf({ a: split(branches, { next: "done", join: all(), ...options }) }));
    expect(outcome).toMatchObject({ state: "done", output: { successes: [{ value: 1 }, { value: 1 }, { value: 1 }] } });
  });

  test.each([{ attemptTimeout: 50 }, { hedge: { after: 5 } }])(
    "is waited for by what bounds and hedges it (%o)",
    async (config) => {
      const run = (): Promise<string> => promiseOf("done", own);
      const outcome = await outcomeOf(machineOf({ a: { config, run } }));
      expect(outcome).toMatchObject({ state: "done" });
    },
  );
});

const unread = (): Promise<number> =>
  Object.defineProperty(Promise.resolve(1), "constructor", {
    get: () => {
      throw new Error("no reading");
    },
  });

test.each([{}, { hedge: { after: 5 } }])("a promise that cannot be read keeps no place to itself (%o)", async (more) => {
  const hall = bulkhead({ limit: 1 });
  let calls = 0;
  const config = { bulkhead: hall, retry: fixed({ retries: 1, delay: 1 }), ...more };
  const run = (): unknown => (++calls === 1 ? unread() : "done");
  expect(await outcomeOf(machineOf({ a: { config, run } }, { totalTimeout: 100 }))).toMatchObject({ state: "done" });
  expect(hall.active).toBe(0);
});

test("a copy whose promise cannot be read fails, and the others go on", async () => {
  let copies = 0;
  const run = (_resources: unknown, { sleep }: Context<unknown>): unknown =>
    ++copies === 2 ? unread() : sleep(20).then(() => "done");
  const config = { hedge: { after: 5, max: 1 } };
  expect(await outcomeOf(machineOf({ a: { config, run } }))).toMatchObject({ state: "done" });
  expect(copies).toBe(2);
});

test.each([{}, { bulkhead: 1 }])("a promise that cannot be read fails its branch, and nothing else (%o)", async (options) => {
  const branches: readonly AnyBranch[] = [{ run: () => 1 }, { run: unread }, { run: () => 3 }];
  const outcome = await outcomeOf(machineOf({ a: split(branches, { next: "done", ...options }) }));
  expect(outcome).toMatchObject({ message: expect.stringContaining("2 of 3 branches succeeded; branch 1: no reading") });
});

test("a list of branches with an empty place is refused, and does not leave the run waiting", async () => {
  const branches: AnyBranch[] = [];
  branches[1] = { run: () => 1 };
  const outcome = await outcomeOf(machineOf({ a: split(() => branches, { next: "done" }) }));
  expect(outcome).toMatchObject({ category: "task_execution" });
});

test.each([
  ["alone", (hook: () => unknown) => ({ stateEnter: hook })],
  ["in one of several", (hook: () => unknown) => combine({ stateEnter: hook }, { stateEnter: () => undefined })],
  ["around a run", (hook: () => unknown) => ({ aroundRun: hook })],
  ["around a run, in one of several", (hook: () => unknown) => combine({ aroundRun: hook }, {})],
  ["around a run, behind a filter", (hook: () => unknown) => only({ aroundRun: hook }, {})],
])("a promise of another realm that a hook rejects with is reported (%s)", async (_, observerOf) => {
  const warnings: string[] = [];
  const log = { warn: (line: string) => void warnings.push(line) };
  const outcome = await outcomeOf(machineOf({ a: { run: () => "done" } }, { observers: [observerOf(foreign)], log }));
  expect(outcome).toMatchObject({ state: "done" });
  expect(warnings).toEqual([expect.stringContaining("no network")]);
});
