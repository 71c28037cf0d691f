/** A cancel that comes when a run has reached its exit, and before its caller has heard of that: it is too late. */

import { expect, test, vi } from "vitest";
import { endOf, type SagaStep, sagaOf } from "./saga.js";

const UNDOABLE: SagaStep = { undo: () => undefined };

test.each([1, 2, 3, 4])("%i microtasks after the exit was told of, nothing is undone, and no cancel is told", async (moment) => {
  const caller = new AbortController();
  const saga = sagaOf({ a: UNDOABLE, b: UNDOABLE });
  const { recorder } = saga;
  const cancel = async (): Promise<void> => {
    for (let passed = 0; passed < moment; passed++) await Promise.resolve();
    caller.abort();
  };
  vi.spyOn(recorder, "stateEnter").mockImplementation((event) => {
    if ("state" in event && event.state === "done") void cancel();
  });
  expect(await endOf(saga, caller.signal)).toBe("done");
  expect(caller.signal.aborted).toBe(true);
  expect(saga.log).toEqual(["a", "b"]);
  expect(recorder.events().map(({ hook }) => hook)).not.toContain("cancelled");
});
