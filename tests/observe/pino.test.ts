/** What is logged of runs, with the real pino. */

import { fixed, type Log, type RunEvent } from "cano";
import { LOG_EVENTS, pinoLog, pinoObserver } from "cano/observe/pino";
import { RecordingObserver } from "cano/testing";
import { pino } from "pino";
import { expect, test } from "vitest";
import { durableMachineOf, reopened, toldBy } from "../durable/machine.js";
import { machineOf, never, outcomeOf } from "../runtime/machine.js";
import type { Step } from "../runtime/step.js";

interface Line {
  readonly level: number;
  readonly [field: string]: unknown;
}

/** A logger that keeps its lines, parsed. */
function loggerOf(options: pino.LoggerOptions = {}): { logger: pino.Logger; lines: Line[] } {
  const lines: Line[] = [];
  const logger = pino({ level: "trace", ...options }, { write: (line: string) => lines.push(JSON.parse(line) as Line) });
  return { logger, lines };
}

const shown = ({ level, event, state }: Line): string => `${pino.levels.labels[level]} ${String(event)} ${String(state)}`;

const failing: Step = {
  config: { retry: fixed({ retries: 1, delay: 5 }) },
  run: () => Promise.reject(Object.assign(new Error("refused", { cause: "no money" }), { card: "4111" })),
};

test("each event is a line with its level, through one logger a run", async () => {
  const { logger, lines } = loggerOf();
  const children: object[] = [];
  const child = logger.child.bind(logger);
  logger.child = (bindings: object) => (children.push(bindings), child(bindings));
  const machine = machineOf({ a: { run: () => "b" }, b: failing }, { observers: [pinoObserver(logger)] });
  await outcomeOf(machine, { runId: "run-1" });
  expect(lines.map(shown)).toEqual([
    "info runStart a",
    "debug stateEnter a",
    "debug taskStart a",
    "info taskSuccess a",
    "debug stateEnter b",
    "debug taskStart b",
    "warn retry b",
    "debug attempt b",
    "error taskFailure b",
    "error runEnd b",
  ]);
  expect(children).toEqual([{ workflow: "test", runId: "run-1" }]);
  expect(lines.every(({ workflow, runId }) => workflow === "test" && runId === "run-1")).toBe(true);
  expect(lines[6]).toMatchObject({ msg: "attempt failed, another follows", task: "Task_b", attempt: 1, delay: 5, visit: 2 });
});

test("runs whose workflows and ids have slashes are not taken for each other", () => {
  const { logger, lines } = loggerOf();
  const observer = pinoObserver(logger);
  const runs = [
    { workflow: "orders", runId: "refund/1" },
    { workflow: "orders/refund", runId: "1" },
  ];
  const begun = { state: "a", kind: "task", visit: 1, at: 0, resumed: false, version: undefined, trace: undefined } as const;
  for (const run of runs) observer.runStart?.({ ...run, ...begun });
  expect(lines.map(({ workflow, runId }) => ({ workflow, runId }))).toEqual(runs);
});

test("of an error is logged where it was thrown, five causes at the most, and nothing that cannot be read", async () => {
  const ring = new Error("ring");
  ring.cause = ring;
  const closed = Object.defineProperty(new Error("closed"), "cause", {
    get: () => {
      throw new Error("no reading");
    },
  });
  const told = async (error: Error): Promise<unknown> => {
    const { logger, lines } = loggerOf();
    await outcomeOf(machineOf({ a: { run: () => Promise.reject(error) } }, { observers: [pinoObserver(logger)] }));
    return lines.find(({ event }) => event === "taskFailure")?.["error"];
  };
  const stack = expect.stringContaining("pino.test") as string;
  const fact = { type: "Error", message: "ring", stack };
  expect(await told(ring)).toEqual({
    ...fact,
    cause: { ...fact, cause: { ...fact, cause: { ...fact, cause: fact } } },
  });
  expect(await told(new Error("plain"))).toEqual({ type: "Error", message: "plain", stack });
  expect(await told(closed)).toEqual({ type: "Error", message: "closed" });
});

test("of an error and its causes is logged what they are; what they carry only when asked for", async () => {
  const { logger, lines } = loggerOf();
  await outcomeOf(machineOf({ a: failing }, { observers: [pinoObserver(logger)] }));
  expect(lines.at(-1)?.["error"]).toMatchObject({
    type: "CanoError",
    code: "CANO7002",
    category: "retry_exhausted",
    cause: {
      type: "AggregateError",
      cause: { type: "Error", message: "refused", cause: { type: "string", message: "no money" } },
    },
  });
  expect(JSON.stringify(lines)).not.toContain("4111");
  lines.length = 0;
  await outcomeOf(machineOf({ a: failing }, { observers: [pinoObserver(logger, { payloads: true })] }));
  expect(lines.find(({ event }) => event === "taskFailure")?.["err"]).toMatchObject({ type: "CanoError", code: "CANO7002" });
  expect(lines.find(({ event }) => event === "retry")?.["err"]).toMatchObject({ type: "Error", card: "4111" });
});

test("what the logger does not write is not made, but for what frames a run", async () => {
  const { logger, lines } = loggerOf({ level: "warn" });
  const observer = pinoObserver(logger);
  expect(Object.keys(observer)).not.toContain("stateEnter");
  expect(Object.keys(observer)).toEqual(expect.arrayContaining(["runStart", "retry", "runEnd"]));
  await outcomeOf(machineOf({ a: failing }, { observers: [observer] }));
  expect(lines.map(shown)).toEqual(["warn retry a", "error taskFailure a", "error runEnd a"]);
});

test("a run that is cancelled, or a branch that fails, is no error", async () => {
  const { logger, lines } = loggerOf();
  const controller = new AbortController();
  const machine = machineOf({ a: { run: never } }, { observers: [pinoObserver(logger)] });
  machine.clock.schedule(() => controller.abort(), 5);
  await outcomeOf(machine, { signal: controller.signal });
  expect(lines.map(shown).slice(-2)).toEqual(["warn cancelled a", "warn runEnd a"]);
  const branch = {
    workflow: "w",
    runId: "r",
    state: "s",
    kind: "split",
    visit: 1,
    at: 0,
    task: "B[0]",
    branch: 0,
    branchKind: undefined,
    attempt: 1,
  } as const;
  expect(LOG_EVENTS.taskFailure.levelOf?.({ ...branch, elapsed: 1, error: "no" })).toBe("warn");
});

test("of a run that is resumed is said from which state, and who has it now; nothing of its trace", async () => {
  const { logger, lines } = loggerOf();
  const first = durableMachineOf(
    { a: { run: () => "b" }, b: { run: never } },
    { observers: [{ traceRun: () => ({ text: "t" }) }] },
  );
  first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
  await first.clock.runAll();
  const checkpoints = await reopened(first.checkpoints);
  const second = durableMachineOf(
    { a: { run: () => "b" }, b: { run: () => "done" } },
    { checkpoints, observers: [pinoObserver(logger)] },
  );
  await toldBy(second.clock, second.workflow.resume("run-1"));
  expect(lines.slice(0, 2)).toMatchObject([
    { event: "runStart", state: "b", resumed: true, version: 1, msg: "run started" },
    { event: "resume", state: "b", sequence: 1, owner: "this process", msg: "run resumed" },
  ]);
  expect(lines.filter((line) => "trace" in line)).toEqual([]);
});

test("every hook that there is has a line", () => {
  const hooks = Object.entries(new RecordingObserver()).flatMap(([name, hook]) => (typeof hook === "function" ? [name] : []));
  expect(Object.keys(LOG_EVENTS)).toEqual(hooks);
});

test("what tasks log says where, and goes where the logger's redaction has it", async () => {
  const { logger, lines } = loggerOf({ redact: ["card"] });
  let late: Log | undefined;
  const task: Step = {
    config: { retry: fixed({ retries: 1, delay: 5 }) },
    run(_, { log, attempt }) {
      log.info("charging", { card: "4111", attempt: undefined });
      log.debug("just so");
      late = log;
      if (attempt === 1) throw new Error("again");
      return "done";
    },
  };
  const machine = machineOf({ a: task }, { log: pinoLog(logger) });
  await outcomeOf(machine, { runId: "run-1" });
  late?.warn("late");
  late?.error("later");
  const told = lines.map(({ level, msg, workflow, runId, state, card }) => [level, msg, workflow, runId, state, card]);
  const where = ["test", "run-1", "a"];
  expect(told).toEqual([
    [30, "charging", ...where, "[Redacted]"],
    [20, "just so", ...where, undefined],
    [30, "charging", ...where, "[Redacted]"],
    [20, "just so", ...where, undefined],
    [40, "late", ...where, undefined],
    [50, "later", ...where, undefined],
  ]);
  expect(lines.map(({ attempt }) => attempt)).toEqual([1, 1, 2, 2, 2, 2]);
});

test("an event of a run whose start was not seen is logged with the run all the same", () => {
  const { logger, lines } = loggerOf();
  const event: RunEvent = { workflow: "w", runId: "r", state: "s", kind: "task", visit: 1, at: 0 };
  pinoObserver(logger).stateEnter?.(event);
  expect(lines).toMatchObject([{ workflow: "w", runId: "r", event: "stateEnter" }]);
});
