/** The span of a split that was not joined, as a real SDK sees it, where what the run has done before is undone. */

import { SpanStatusCode } from "@opentelemetry/api";
import { type Branch, split, undoable } from "cano";
import { compensator, createSaga, exit, fork, type Graph, keepUndo, prepareSplit, type SagaRun, undo } from "cano/codegen/v1";
import { ManualClock } from "cano/testing";
import { expect, test } from "vitest";
import { never } from "../runtime/machine.js";
import { observers } from "./traced.js";
import { setUpTracing, spanOf, spanTree } from "./tracing.js";

setUpTracing();

const graph: Graph<string> = {
  name: "test",
  initial: ["hold"],
  states: {
    hold: { kind: "compensatable", name: "hold", task: "Hold", targets: ["ask"] },
    ask: { kind: "split", name: "ask", branches: ["Ask"], targets: ["done"] },
    done: { kind: "exit", name: "done" },
  },
};

/** Holds something, and then asks somebody, for 100 milliseconds at the most. */
function sagaWithSplit(asked: Branch["run"], holding = 0) {
  const clock = new ManualClock(new Date("2026-01-01"));
  const hold = {
    run: async () => {
      await new Promise<void>((resolve) => void clock.schedule(resolve, holding));
      return undoable("ask", 1);
    },
    compensate: async () => undefined,
  };
  const ask = prepareSplit(split([{ run: asked }], { next: "done" }), ["Ask"]);

  async function drive(run: SagaRun<object, Record<number, undefined>>): Promise<object> {
    let s = 0;
    try {
      run.watch?.enter(0);
      await keepUndo(run, 0, () => hold.run());
      run.hand(1, undefined);
      s = 1;
      run.watch?.enter(1);
      return exit(run, 1, 2, "done", await fork<object, Record<number, undefined>, 1, unknown>(run, 1, ask));
    } catch (error) {
      throw await undo(run, s, error);
    }
  }

  const compensators = { 0: compensator("Hold", hold) };
  const machine = { graph, states: Object.keys(graph.states), drive, compensators, totalTimeout: 100 };
  return { clock, workflow: createSaga(machine, { clock, observers }) };
}

test.each<[string, Branch["run"], string, string]>([
  ["was not joined", () => Promise.reject(new Error("away")), "workflow", "join `all` was not met"],
  ["was out of time", never, "workflow_timeout", "the run took longer than 100 ms"],
])("a split that %s has failed, also where that is undone before the run ends", async (_, ask, type, message) => {
  const { workflow, clock } = sagaWithSplit(ask);
  const run = workflow.orchestrate({}).catch((error: unknown) => error);
  await clock.runAll();
  expect(await run).toMatchObject({ category: type });
  expect(spanTree()).toEqual(["run test !", "  state hold", "  state ask !", "    branch Ask[0] !", "  compensate Hold"]);
  const { status, attributes } = spanOf("state ask");
  expect(status).toEqual({ code: SpanStatusCode.ERROR, message });
  expect(attributes).toMatchObject({ "error.type": type });
});

test("a state that can be undone, and takes too long, has not failed, nor has the split that comes too late", async () => {
  const { workflow, clock } = sagaWithSplit(never, 200);
  const run = workflow.orchestrate({}).catch((error: unknown) => error);
  await clock.runAll();
  expect(await run).toMatchObject({ category: "workflow_timeout" });
  expect(spanTree()).toEqual(["run test !", "  state hold", "  compensate Hold"]);
});
