/** What is decided about a schedule on what others have made of it meanwhile: moments that two processes rarely come to. */

import type { ScheduleView } from "cano/checkpoints";
import { ManualClock } from "cano/testing";
import { describe, expect, test } from "vitest";
import { define, offer, trigger } from "../../runtime/src/scheduler/decisions.js";
import { type Definition, defineEvery } from "../../runtime/src/scheduler/definition.js";
import { firingFor } from "../../runtime/src/scheduler/firings.js";
import { newRecord } from "../../runtime/src/scheduler/record.js";
import { HOUR, Job, MINUTE, SECOND, START } from "./job.js";

const job = new Job(new ManualClock());
const DELAY = defineEvery("s", job, MINUTE, {});
const RATE = defineEvery("s", job, MINUTE, { mode: "rate" });

/** How the schedule stands: due at `next`, with runs in progress. */
const viewOf = ({ text }: Definition, next: number | undefined, change: object = {}, open: ScheduleView["open"] = []) => ({
  record: { ...newRecord("s", text, next), ...change },
  open,
});

const runOf = (definition: Definition, due: number, at: number, cause: "due" | "backfill" = "due") => ({
  ...firingFor(definition, due, at, cause),
  isAlive: true,
});

describe("a schedule that is there already is taken up", () => {
  test("with a due time, where whoever was to settle that after a run is gone", () => {
    expect(define(DELAY, viewOf(DELAY, undefined), START)).toMatchObject({ record: { next: START } });
    const madeUp = runOf(DELAY, START - HOUR, START, "backfill");
    expect(define(DELAY, viewOf(DELAY, undefined, {}, [madeUp]), START)).toMatchObject({ record: { next: START } });
  });

  test("as it is, where a run will settle it, or it is settled, or over", () => {
    const run = runOf(DELAY, START - MINUTE, START - MINUTE);
    expect(define(DELAY, viewOf(DELAY, undefined, {}, [run]), START)).toEqual({});
    expect(define(DELAY, viewOf(DELAY, START + SECOND), START)).toEqual({});
    expect(define(RATE, viewOf(RATE, undefined), START)).toEqual({});
  });

  test("counted from now on, where its due time is further away than an interval and what clocks differ by", () => {
    const latest = START + MINUTE + 60 * SECOND;
    expect(define(RATE, viewOf(RATE, latest), START)).toEqual({});
    expect(define(RATE, viewOf(RATE, latest + 1), START)).toMatchObject({ record: { next: START + MINUTE } });
  });
});

describe("a due time that has come", () => {
  const plan = { due: START, next: START + MINUTE, isPatient: false };

  test.each([
    ["was fired by somebody else", viewOf(RATE, START + MINUTE)],
    ["is another definition's", viewOf(RATE, START, { definition: "another" })],
    ["is paused", viewOf(RATE, START, { paused: true })],
    ["is tripped", viewOf(RATE, START, { tripped: true })],
    ["is not known", { record: undefined, open: [] }],
  ])("and %s meanwhile, fires nothing, and nothing is counted", (_, view) => {
    expect(offer(RATE, view, plan, START, START)).toEqual({ decision: {}, next: { kind: "changed" } });
  });

  test("fires once nobody was faster", () => {
    const { decision, next } = offer(RATE, viewOf(RATE, START), plan, START, START);
    expect(decision).toMatchObject({ record: { next: START + MINUTE, fired: 1 }, begin: { due: START } });
    expect(next).toMatchObject({ kind: "fired" });
  });

  test("in a back-off is skipped, or put off to its end, unless the schedule is over by then", () => {
    const eligible = START + HOUR;
    expect(offer(RATE, viewOf(RATE, START, { eligible }), plan, START, START)).toEqual({
      decision: { record: { ...viewOf(RATE, START + MINUTE, { eligible }).record, skipped: 1 } },
      next: { kind: "skipped", reason: "backoff" },
    });
    for (const [until, next] of [
      [eligible, eligible],
      [eligible - 1, undefined],
    ] as const) {
      const definition = defineEvery("s", job, MINUTE, { until });
      const view = viewOf(definition, START, { eligible });
      const offered = offer(definition, view, { ...plan, next: undefined }, START, START);
      expect(offered).toEqual({ decision: { record: { ...view.record, next } }, next: { kind: "postponed" } });
    }
  });

  test("waits its turn behind a run that makes up for one that was missed, and else is skipped", () => {
    const catching = defineEvery("s", job, MINUTE, { mode: "rate", misfire: { catchUp: 5 } });
    const { grace } = catching.lateness;
    const offerBehind = (...open: ScheduleView["open"]) =>
      offer(catching, viewOf(catching, START, {}, open), plan, START, START + HOUR).next;
    const due = START - MINUTE;
    const late = runOf(catching, due, due + grace + 1);
    const madeUp = runOf(catching, due - HOUR, START, "backfill");
    expect(offerBehind(late)).toEqual({ kind: "later" });
    expect(offerBehind(madeUp, late)).toEqual({ kind: "later" });
    expect(offerBehind(runOf(catching, due, Math.min(START, due + grace)))).toEqual({ kind: "skipped", reason: "running" });
    // Within the grace, but the next one had come before it was fired.
    expect(offerBehind(runOf(catching, START - 2, START + 1))).toEqual({ kind: "later" });
    const spread = { ...catching, lateness: { ...catching.lateness, jitter: SECOND } };
    const within = viewOf(spread, START, {}, [runOf(spread, START - 2, START + 1)]);
    expect(offer(spread, within, plan, START, START + HOUR).next, "it may have come later").toMatchObject({ kind: "skipped" });
    expect(offerBehind(madeUp, runOf(catching, due, due))).toEqual({
      kind: "skipped",
      reason: "running",
    });
  });
});

test("a schedule that somebody has tripped meanwhile is not triggered", () => {
  expect(trigger(RATE, viewOf(RATE, START + MINUTE, { tripped: true }), START, START)).toEqual({
    decision: {},
    next: { kind: "refused", reason: "tripped" },
  });
});
