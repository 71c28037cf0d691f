/** Firings on request: at once, also beside runs in progress, and each with an id of its own. */

import { describe, expect, test } from "vitest";
import { benchOf, HOUR, MINUTE, START } from "./job.js";

describe("a trigger", () => {
  test("fires at once, and resolves before the run has ended", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "goes on";
    await scheduler.cron("report", job, "@daily", { request: { input: "now" } }).start();
    await clock.advance(HOUR);
    await job.end();
    const firing = await scheduler.trigger("report");
    expect(firing).toEqual({
      schedule: "report",
      due: START + HOUR,
      cause: "trigger",
      runId: "report/2026-01-01T01:00:00.000Z",
      at: START + HOUR,
    });
    expect(job.requests.at(-1)).toMatchObject({ runId: firing.runId, input: "now" });
    await scheduler.stop();
  });

  test("is refused while a run is in progress", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, HOUR).start();
    await clock.advance(0);
    await expect(scheduler.trigger("poll")).rejects.toMatchObject({ category: "workflow", code: "CANO7038" });
    expect((await scheduler.status("poll")).skipped).toBe(0);
    await scheduler.stop();
  });

  test("waits for the run with `queue`, and ends it with `cancel`", async () => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "goes on";
    scheduler.manual("patient", job, { overlap: "queue" }).manual("urgent", job, { overlap: "cancel" });
    await scheduler.start();
    await scheduler.trigger("patient");
    const waiting = await scheduler.trigger("patient");
    expect((await scheduler.status("patient")).waiting).toBe(waiting.due);
    await job.end();
    expect(job.requests.map(({ runId }) => runId)).toEqual(["patient/2026-01-01T00:00:00.000Z", waiting.runId]);
    await job.end();
    events.length = 0;
    await scheduler.trigger("urgent");
    await scheduler.trigger("urgent");
    await clock.advance(0);
    expect(events.map((event) => event.split(" ")[0])).toEqual(["fired", "cancelled", "fired"]);
    await scheduler.stop();
  });

  test.each(["a pause", "a back-off"])("that waits fires in %s, too, and as what it is", async (when) => {
    const causes: string[] = [];
    const { clock, job, scheduler } = benchOf({ observers: [{ fired: ({ cause }) => causes.push(cause) }] });
    job.behaviour = "goes on";
    await scheduler.cron("report", job, "@daily", { overlap: "queue" }).start();
    await clock.advance(HOUR);
    await job.end();
    const first = await scheduler.trigger("report");
    const waiting = await scheduler.trigger("report");
    if (when === "a pause") await scheduler.pause("report");
    await (when === "a pause" ? job.end() : job.fail());
    expect(job.requests.slice(1).map(({ runId }) => runId)).toEqual([first.runId, waiting.runId]);
    expect(await scheduler.status("report")).toMatchObject({ fired: 3, skipped: 0, waiting: undefined });
    expect(causes.slice(1)).toEqual(["trigger", "trigger"]);
    await scheduler.stop();
  });

  test("a hundred in one millisecond are a hundred runs with ids of their own", async () => {
    const { clock, job, scheduler } = benchOf();
    await scheduler.manual("repair", job, { overlap: { allow: 100 } }).start();
    await Promise.all(Array.from({ length: 100 }, () => scheduler.trigger("repair")));
    await clock.advance(0);
    expect(new Set(job.dues).size).toBe(100);
    await scheduler.stop();
  });

  test("finds a moment of its own, also where every millisecond is due, and where one that is over may be made up for yet", async () => {
    const { clock, job, scheduler } = benchOf();
    scheduler.every("busy", job, 1, { mode: "rate", from: START + 10 }).every("paused", job, MINUTE, { mode: "rate" });
    await scheduler.start();
    await scheduler.pause("paused");
    await scheduler.trigger("busy");
    await clock.advance(2 * MINUTE);
    const { due } = await scheduler.trigger("paused");
    expect(due).toBe(START + 2 * MINUTE + 1);
    await scheduler.trigger("busy");
    await scheduler.stop();
  });
});
