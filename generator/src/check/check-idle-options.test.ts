/** Options that stand where nothing reads them are told, once, and not where something else is told of them. */

import { describe, expect, it } from "vitest";
import type { Reading, TaskReading } from "../read/reading.js";
import { outcomeOf, problemsOf } from "./testing/problems-of.js";
import { at, durabilityOf, type MachineSpec, number, reading, type SplitSpec } from "./testing/reading-builder.js";

const states = ["A", "Done"];
const undone = { compensateConfig: undefined, shapes: [{ kind: "compensatable", span: at("x") }] } as const;
const whole = (more: Partial<Reading>, task: Partial<TaskReading> = {}): MachineSpec => ({
  states,
  tasks: { A: { to: ["Done"], task } },
  more,
});
const split = (join: SplitSpec["join"], hasty = true): MachineSpec => ({
  states,
  tasks: { A: { branches: [{}, {}], next: "Done", ...(join && { join }), split: hasty ? { hasty: at("settle") } : {} } },
});
const narrow = (places: number | undefined, branches: SplitSpec["branches"] = [{}, {}]): MachineSpec => ({
  states,
  tasks: { A: { branches, next: "Done", split: { bulkhead: number(places, "bulkhead") } } },
});
const task = (name: string, more: Partial<TaskReading> = {}): MachineSpec =>
  whole({}, { idleOptions: [{ name, span: at(name) }], ...more });
const config = (name: string, more: Partial<TaskReading> = {}): MachineSpec =>
  whole({}, { idleConfigs: [{ name, span: at(name) }], ...more });
const member = (name: string): TaskReading["otherMembers"] => [{ name, span: at(name) }];

describe("idle options", () => {
  it.each<[what: string, spec: MachineSpec, problems: readonly string[]]>([
    [
      "what is said of stored runs",
      whole({ durability: durabilityOf({ durable: false, idle: [{ option: "version", span: at("version") }] }) }),
      ["CANO3018 version"],
    ],
    ["a timeout of nothing to undo", whole({ compensationTimeout: number(5, "limit") }), ["CANO3018 limit"]],
    ["a timeout of something to undo", whole({ compensationTimeout: number(5, "limit") }, undone), []],
    [
      "a timeout where undoing is misspelt",
      whole({ compensationTimeout: number(5, "limit") }, { otherMembers: member("compensat") }),
      ["CANO1015 compensat"],
    ],
    ["the first failure of any", split(["any"]), ["CANO3018 settle"]],
    ["the first failure of a quorum", split(["quorum", 2]), ["CANO3018 settle"]],
    ["the first failure of all", split(["all"]), []],
    ["the first failure by default", split(undefined), []],
    ["the first failure of who knows", split(["unknown"]), []],
    ["any, and no word of the first failure", split(["any"], false), []],
    ["a bulkhead with a place for each branch", narrow(2), ["CANO3018 bulkhead"]],
    ["a bulkhead with more", narrow(3), ["CANO3018 bulkhead"]],
    ["a bulkhead with less", narrow(1), []],
    ["a bulkhead that cannot be", narrow(Number.POSITIVE_INFINITY), ["CANO3004 bulkhead"]],
    ["a bulkhead that is not known", narrow(undefined), []],
    ["a bulkhead of branches that are computed", narrow(2, "dynamic"), []],
    ["an option of polls on a plain task", task("backoff"), ["CANO3018 backoff"]],
    ["an option of compensatable tasks", task("compensateConfig"), ["CANO3018 compensateConfig"]],
    [
      "one of a task that says it is of that kind",
      task("compensateConfig", { implemented: [{ kind: "compensatable", name: "CompensatableTask", span: at("implements") }] }),
      ["CANO1013 implements"],
    ],
    ["one of a task with half a batch", task("concurrency", { otherMembers: member("processItem") }), []],
    // The method of its own kind says nothing of another.
    [
      "one beside a slip of its own kind",
      task("compensateConfig", { otherMembers: member("runs") }),
      ["CANO1015 runs", "CANO3018 compensateConfig"],
    ],
    ["what belongs into a config", task("retry"), ["CANO3018 retry"]],
    ["a config by another name", config("policy"), ["CANO3018 policy"]],
    ["a config that is misspelt", config("confg", { otherMembers: member("confg") }), ["CANO1015 confg"]],
  ])("%s", (_, spec, problems) => {
    expect(problemsOf(spec)).toEqual(problems);
  });

  const read = { span: at("there"), unknownKeys: [], retry: undefined, attemptTimeout: undefined, guards: [] };
  it.each<[what: string, spec: MachineSpec, help: string]>([
    ["a policy beside the config", task("retry"), "leave `retry` out, or write it into `config`"],
    ["a config by another name", config("policy"), "leave `policy` out, or call it `config`"],
    ["a second config", config("policy", { config: read }), "leave `policy` out, or write what it holds into `config`"],
    ["one for undoing", config("undoOptions", { config: read }), "leave `undoOptions` out, or call it `compensateConfig`"],
    [
      "a second one for undoing",
      config("compensationConfig", { ...undone, compensateConfig: read }),
      "leave `compensationConfig` out, or write what it holds into `compensateConfig`",
    ],
  ])("the cure of %s", (_, spec, help) => {
    expect(outcomeOf(reading(spec)).diagnostics.map((diagnostic) => diagnostic.help)).toEqual([help]);
  });
});
