/** Stored runs that are cancelled while a row is on its way: nothing begins behind the cancel, and nothing is stored behind the failure. */

import { fixed, undoable } from "cano";
import { expect, test } from "vitest";
import { type DurableStep, durableMachineOf, toldBy } from "./machine.js";

/** Tasks that tell when they are called, most of which would not notice that nobody waits for them. */
const KINDS: Readonly<Record<string, (called: () => void) => DurableStep>> = {
  "a task without a context": (called) => ({ isBare: true, run: async () => (called(), "done") }),
  "a plain task": (called) => ({ run: async () => (called(), "done") }),
  "a task that is retried": (called) => ({
    config: { retry: fixed({ retries: 1, delay: 5 }) },
    run: async () => (called(), "done"),
  }),
  "a task that can be undone": (called) => ({
    run: async () => (called(), undoable("done" as never, 1)),
    compensate: async () => undefined,
  }),
  "a stepped task": (called) => ({ step: async () => (called(), "done") }),
  "a stream": (called) => ({
    async *open() {
      called();
      for (let item = 0; item < 3; item++) yield item;
    },
    processItem: (_: unknown, item: number) => [item, item] as const,
    flushWindow: () => undefined,
    onClose: () => "done",
  }),
};

const MOMENTS = Array.from({ length: 8 }, (_, moment) => moment);

test.each(Object.entries(KINDS).flatMap(([kind, step]) => MOMENTS.map((moment) => ({ kind, step, moment }))))(
  "$kind, cancelled $moment microtasks after its row was stored, is not begun any more, or was begun before",
  async ({ step, moment }) => {
    const told: string[] = [];
    const controller = new AbortController();
    const abort = async (): Promise<void> => {
      for (let passed = 0; passed < moment; passed++) await Promise.resolve();
      controller.abort();
    };
    const { workflow, clock } = durableMachineOf(
      { a: { run: async () => "b" }, b: step(() => told.push("called")) },
      {
        observers: [
          { checkpoint: ({ state }) => (state === "b" ? void abort() : undefined), cancelled: () => told.push("cancelled") },
        ],
      },
    );
    await toldBy(clock, workflow.orchestrate({ runId: "run-1", signal: controller.signal }));
    expect(told.join(", ")).not.toContain("cancelled, called");
    const kinds = (await workflow.runs.history("run-1")).map(({ kind }) => kind);
    const end = kinds.findIndex((kind) => kind === "failure");
    if (end >= 0) expect(kinds.slice(end + 1).filter((kind) => kind !== "compensated" && kind !== "end")).toEqual([]);
  },
);
