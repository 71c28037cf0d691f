import { expect, test } from "vitest";
import { at, type MachineSpec, number, reading, type SplitSpec, type TaskSpec } from "../check/testing/reading-builder.js";
import { buildDraft } from "./build-draft.js";
import { findLeastWait } from "./find-least-wait.js";

function timer(wait: number, ...to: readonly string[]): TaskSpec {
  const waits = { times: [number(wait, `wait ${wait}`)], byBackoff: false };
  return { to, task: { shapes: [{ kind: "timer", span: at("wait") }], waits } };
}

function leastWait(tasks: MachineSpec["tasks"], initial = ["A"]): string {
  const { total, waits } = findLeastWait(
    buildDraft(reading({ states: ["A", "B", "C", "D", "E"], initial, exits: ["E"], tasks })),
  );
  return [total, ...waits.map(({ state, time }) => `${state} ${time}`)].join(", ");
}

const plain = (...to: readonly string[]): TaskSpec => ({ to });
const end = { D: plain("E") };

test("the shortest way counts, not the one with the fewest states", () =>
  expect(leastWait({ A: plain("B", "D"), B: timer(10, "C"), C: timer(20, "E"), D: timer(100, "E") })).toBe("30, B 10, C 20"));

test("the wait of a state is waited before its exit", () => expect(leastWait({ A: timer(5, "A", "E") })).toBe("5, A 5"));

test("of several initial states, the one from which least is waited", () =>
  expect(leastWait({ A: timer(50, "C"), B: timer(10, "C"), C: plain("E") }, ["A", "B"])).toBe("10, B 10"));

test("what may lead anywhere may lead to an exit", () =>
  expect(leastWait({ A: timer(5, "B"), B: plain("?", "C"), C: timer(70, "E") })).toBe("5, A 5"));

test("what always fails ends a run, too", () =>
  expect(leastWait({ A: plain("B", "C"), B: timer(70, "E"), C: { to: [], method: { neverReturns: true } } })).toBe("0"));

test("what a fallback may cut short does not count", () =>
  expect(leastWait({ A: { ...timer(70, "E"), guards: { fallback: "unknown" } } })).toBe("0"));

test.each([-5, 0, Number.NaN, Number.POSITIVE_INFINITY])("nor does a wait of %s", (wait) =>
  expect(leastWait({ A: timer(wait, "E") })).toBe("0"),
);

test.each<[what: string, times: readonly (number | undefined)[], least: string]>([
  ["the shortest of what a timer may wait counts", [9, 7, 8], "7, A 7"],
  ["none of it where one is not known", [9, undefined, 8], "0"],
])("%s", (_, waited, least) => {
  const times = waited.map((time, place) => number(time, `wait ${place}`));
  expect(leastWait({ A: { ...timer(0, "E"), task: { ...timer(0, "E").task, waits: { times, byBackoff: false } } } })).toBe(least);
});

test("what a poll waits need not be waited", () => {
  const task = { ...timer(5, "E").task, shapes: [{ kind: "poll", span: at("poll") }] as const };
  expect(leastWait({ A: { to: ["E"], task } })).toBe("0");
});

test("no exit, no wait", () => expect(leastWait({ A: timer(5, "A") })).toBe("0"));

test.each<[join: NonNullable<SplitSpec["join"]>, least: string]>([
  [["all"], "30, A 30"],
  [["any"], "10, A 10"],
  [["quorum", 2], "20, A 20"],
  [["quorum", undefined], "0"],
  [["quorum", 0], "0"],
  [["partialTimeout"], "0"],
])("a split under `%s`", (join, least) =>
  expect(leastWait({ A: { branches: [timer(20), timer(10), timer(30)], next: "D", join }, ...end })).toBe(least),
);

test("a split with branches that are not known, or do not wait", () => {
  expect(leastWait({ A: { branches: "dynamic", next: "D" }, ...end })).toBe("0");
  expect(leastWait({ A: { branches: [timer(20), plain()], next: "D", join: ["any"] }, ...end })).toBe("0");
});
