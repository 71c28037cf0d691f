/** The checks of what the kinds of tasks with several methods have: flows, results, cursors, options. */

import { describe, expect, it } from "vitest";
import type { TaskKind } from "../kinds/kinds.js";
import type { TaskReading } from "../read/reading.js";
import { outcomeOf, problemsOf } from "./testing/problems-of.js";
import { at, type MachineSpec, number, reading } from "./testing/reading-builder.js";

const bound = (kind: TaskKind, task: Partial<TaskReading>) =>
  ({ states: ["A", "Done"], tasks: { A: { to: ["Done"], task: { shapes: [{ kind, span: at(kind) }], ...task } } } }) as const;
const option = (path: string, value: number | undefined) => ({ options: [{ path, number: number(value, path) }] });
const misfit = { kind: "misfit", path: "[].value", sent: "string", taken: "number" } as const;
const flow = (fit: TaskReading["flows"][number]["fit"]) => ({
  flows: [{ from: "processItem", to: "finish", span: at("outcomes"), fit }],
});

type Case = readonly [name: string, spec: MachineSpec, problems: readonly string[]];

describe("loops", () => {
  it.each<Case>([
    ["4006: a misfit", bound("batch", flow(misfit)), ["CANO4006 outcomes"]],
    ["4006: a fit", bound("batch", flow({ kind: "fits" })), []],
    [
      "4007: a wrong result",
      bound("timer", {
        wrongResults: [{ method: "wait", given: "string", lack: "is no time", wanted: "a time", span: at("wait") }],
      }),
      ["CANO4007 wait"],
    ],
    [
      "4008: a date in a cursor",
      bound("stepped", { cursorLosses: [{ path: ".due", type: "Date", why: "has methods", span: at("cursor") }] }),
      ["CANO4008 cursor"],
    ],
    ...["concurrency", "window.count"].flatMap(
      (path) =>
        [
          [`3014: ${path} 0`, bound("batch", option(path, 0)), [`CANO3014 ${path}`]],
          [`3014: ${path} 1.5`, bound("batch", option(path, 1.5)), [`CANO3014 ${path}`]],
          [`3014: ${path} NaN`, bound("batch", option(path, Number.NaN)), [`CANO3014 ${path}`]],
          [`3014: ${path} 1`, bound("batch", option(path, 1)), []],
          [`3014: ${path} unknown`, bound("batch", option(path, undefined)), []],
        ] satisfies Case[],
    ),
    ...["itemErrors.tolerate", "pollErrors.tolerate"].flatMap(
      (path) =>
        [
          [`3014: ${path} -1`, bound("poll", option(path, -1)), [`CANO3014 ${path}`]],
          [`3014: ${path} 0`, bound("poll", option(path, 0)), []],
        ] satisfies Case[],
    ),
    ...["itemTimeout", "closeTimeout", "window.duration"].flatMap(
      (path) =>
        [
          [`3006: ${path} 0`, bound("stream", option(path, 0)), [`CANO3006 ${path}`]],
          [`3006: ${path} Infinity`, bound("stream", option(path, Number.POSITIVE_INFINITY)), [`CANO3006 ${path}`]],
          [`3006: ${path} 1`, bound("stream", option(path, 1)), []],
          [`3006: ${path} unknown`, bound("stream", option(path, undefined)), []],
        ] satisfies Case[],
    ),
  ])("%s", (_, spec, problems) => {
    expect(problemsOf(spec)).toEqual(problems);
  });

  it("warns of a retry that a stream never makes, and not of `none`", () => {
    const config = (policy: "fixed" | "none" | "unknown") =>
      ({
        config: {
          span: at("config"),
          unknownKeys: [],
          retry: { policy, options: [], asks: false, span: at("retry") },
          attemptTimeout: undefined,
          guards: [],
        },
      }) as const;
    const severities = (kind: TaskKind, policy: "fixed" | "none" | "unknown") =>
      outcomeOf(reading(bound(kind, config(policy)))).diagnostics.map(({ code, severity }) => `${severity} ${code}`);
    expect(severities("stream", "fixed")).toEqual(["warning CANO3013"]);
    expect(severities("stream", "none")).toEqual([]);
    expect(severities("stream", "unknown")).toEqual([]);
    expect(severities("batch", "fixed")).toEqual([]);
  });

  it("judges the numbers of an item's retry and of a back-off", () => {
    const options = [{ name: "base", number: number(-1, "base") }] as const;
    const policies = [{ policy: "exponential", options, asks: false, span: at("backoff") }] as const;
    expect(problemsOf(bound("poll", { policies }))).toEqual(["CANO3007 base"]);
  });

  it.each(["timer", "poll"] as const)("judges what a %s waits", (kind) => {
    const times = [-1, Number.NaN, 0, undefined].map((time) => number(time, `time ${time}`));
    expect(problemsOf(bound(kind, { waits: { times, byBackoff: false } }))).toEqual(["CANO3007 time -1", "CANO3007 time NaN"]);
  });

  it("says what the runtime itself gives as it is", () => {
    const first = { from: "the first call", to: "step", span: at("cursor"), fit: { ...misfit, path: "", sent: "undefined" } };
    expect(outcomeOf(reading(bound("stepped", { flows: [first] }))).diagnostics[0]).toMatchObject({
      message: "`step` of `TaskA` takes `number`, but the first call gives it `undefined`",
      help: "let the parameter of `step` take it",
    });
  });
});
