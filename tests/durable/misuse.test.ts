/** What durable workflows say to callers without types, or with values from a configuration, before anything is stored or removed. */

import { perRun } from "cano";
import { MemoryCheckpoints } from "cano/checkpoints";
import { createDurable } from "cano/codegen/v1";
import { describe, expect, test } from "vitest";
import { machineOf } from "../runtime/machine.js";
import { thrownBy } from "../runtime/thrown-by.js";
import { ECHO } from "./echo.js";
import { durableMachineOf } from "./machine.js";

describe("a durable workflow", () => {
  const definition = {
    graph: { name: "echo", initial: ["echo"], states: {} },
    states: ["echo"],
    version: 1,
    drive: async () => "never driven",
  };
  const bound = "`checkpoints` must be a store, such as `sqliteCheckpoints` makes, not ";

  test.each([
    ["no store", undefined, `${bound}undefined`],
    ["the path of one", "orders.db", `${bound}"orders.db"`],
    ["the class of one", MemoryCheckpoints, `${bound}a function`],
    ["a promise of one", Promise.resolve(new MemoryCheckpoints()), `${bound}a \`Promise\``],
  ])("with %s is refused when it is made", (_, checkpoints, message) => {
    const options = { checkpoints } as never;
    expect(thrownBy(() => createDurable(definition, options))).toMatchObject({ code: "CANO7009", message });
  });

  test("with a retention that there is not is refused", () => {
    const options = { checkpoints: new MemoryCheckpoints(), retention: "delete" } as never;
    const message = '`retention` must be "keep" or "clear", not "delete"';
    expect(thrownBy(() => createDurable(definition, options))).toMatchObject({ code: "CANO7009", message });
  });
});

describe("what is no signal", () => {
  const message = "`signal` must be an `AbortSignal`, not ";
  const wrong = [
    ["its controller", new AbortController(), "a `AbortController`"],
    ["null", null, "null"],
    ["a text", "abort", '"abort"'],
  ] as const;

  test.each(wrong)("%s, is refused before anybody is told of the run", async (_, signal, shown) => {
    const { workflow, recorder } = machineOf({ a: { call: () => "done" } } as never);
    const run = workflow.orchestrate({ signal: signal as never });
    await expect(run).rejects.toMatchObject({ category: "configuration", code: "CANO7009", message: message + shown });
    expect(recorder.events()).toEqual([]);
  });

  test.each(wrong)("%s, is refused before anything is set up or stored", async (_, signal, shown) => {
    const made: string[] = [];
    const { workflow } = durableMachineOf(ECHO, { resources: { r: perRun(() => made.push("r")) } });
    const refusal = { code: "CANO7009", message: message + shown };
    await expect(workflow.orchestrate({ input: 1, signal: signal as never })).rejects.toMatchObject(refusal);
    expect(made).toEqual([]);
    expect(await workflow.runs.list()).toEqual([]);
    const { workflow: bare } = durableMachineOf(ECHO);
    await expect(bare.orchestrate({ input: 1, signal: signal as never })).rejects.toMatchObject(refusal);
    expect(await bare.runs.list()).toEqual([]);
    await expect(bare.resumeAll({ signal: signal as never })).rejects.toMatchObject(refusal);
  });

  test("or has no name, is refused when a run is resumed", async () => {
    const { workflow } = durableMachineOf(ECHO);
    await workflow.orchestrate({ runId: "a", input: 1 });
    await expect(workflow.resume("a", AbortSignal.abort() as never)).rejects.toMatchObject({
      message: "`resume` must be given an object with options (`signal`), not a `AbortSignal`",
    });
  });
});

test("a request that is null is none", async () => {
  const { workflow } = durableMachineOf(ECHO);
  expect(await workflow.orchestrate(null as never)).toMatchObject({ state: "done" });
});

describe("a filter", () => {
  const statuses = "`running`, `compensating`, `completed`, `failed`, `cancelled`, `compensated`, `stuck`";

  test.each([
    ["is misspelt", { status: "failed" }, "has no option `status`, only `runId`, `statuses`,"],
    ["is of another method", { concurrency: 5 }, "has no option `concurrency`, only"],
    ["is none", null, "must be given an object with options (`runId`, `statuses`,"],
    ["has one status", { statuses: "failed" }, '`statuses` must be a list, not "failed"'],
    ["has a status that there is not", { statuses: ["done"] }, `\`statuses\` must be a list of ${statuses}, not "done"`],
  ])("that %s removes nothing, and lists nothing", async (_, filter, message) => {
    const { workflow } = durableMachineOf(ECHO);
    await workflow.orchestrate({ input: 1 });
    const refusal = { category: "configuration", code: "CANO7009", message: expect.stringContaining(message) as string };
    await expect(workflow.runs.prune(filter as never)).rejects.toMatchObject(refusal);
    await expect(workflow.runs.list(filter as never)).rejects.toMatchObject(refusal);
    expect(await workflow.runs.list()).toHaveLength(1);
  });

  test("that is not there removes nothing", async () => {
    const { workflow } = durableMachineOf(ECHO);
    await workflow.orchestrate({ input: 1 });
    await expect(workflow.runs.prune(undefined as never)).rejects.toMatchObject({ code: "CANO7009" });
    expect(await workflow.runs.list()).toHaveLength(1);
  });
});
