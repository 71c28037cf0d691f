/** Every durable fixture is stopped at every write to its log, before it and after it, and resumed: it must come to what it comes to undisturbed. */

import { MemoryCheckpoints } from "cano/checkpoints";
import { ManualClock, settled } from "cano/testing";
import { describe, expect, test } from "vitest";
import { type CrashingStore, crashingStore, type Death } from "./crashing-store.js";
import { type Disk, DISKS, type MakeDisk } from "./disks.js";
import { faultsOf } from "./legal-log.js";
import { listScenarios, type Scenario } from "./scenario.js";
import { expectRepair, numberVisits, outcomeOf, type Story } from "./story.js";

interface Life extends Story {
  readonly writes: number;
}

/** Runs `scenario`, in one process for each of `deaths` and a last one that lives. */
async function live(scenario: Scenario, disk: Disk, deaths: readonly Death[]): Promise<Life> {
  const { runId } = disk;
  const clock = new ManualClock(new Date("2026-01-01"));
  const effects: string[] = [];
  let writes = 0;
  for (const death of [...deaths, undefined]) {
    let isAlive = true;
    const crashing = crashingStore(await disk.open(), death, () => (isAlive = false));
    const { store } = crashing;
    const workflow = scenario.create({ clock, checkpoints: store, random: () => 0.5, log: SILENT }, async (what, key) => {
      // What a dead process does is not done.
      if (isAlive) effects.push(`${what} (${key})`);
      else await new Promise(() => undefined);
    });
    const known = await store.find({ workflow: workflow.graph.name, runId });
    let outcome: string | undefined;
    const run = known === undefined ? workflow.orchestrate({ ...scenario.request, runId }) : workflow.resume(runId);
    void outcomeOf(run).then((text) => (outcome = text));
    await untilOver(clock, crashing, () => outcome !== undefined);
    writes = crashing.writes();
    if (outcome !== undefined) return { outcome, effects: numberVisits(effects, runId), writes };
    expect(crashing.isDead(), "a process that is alive answers").toBe(true);
  }
  throw new Error("the last process has died");
}

/** Time passes only while the store has nothing to answer, so that no timeout runs out while it does. */
async function untilOver(clock: ManualClock, { answered, isDead }: CrashingStore, isOver: () => boolean): Promise<void> {
  for (;;) {
    await settled();
    if (await answered()) continue;
    if (isDead() || isOver() || !(await clock.runNext())) return;
  }
}

const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Runs `scenario` on a disk of its own, and hands over what it wrote there. */
async function liveOn(
  make: MakeDisk,
  scenario: Scenario,
  deaths: readonly Death[],
): Promise<Life & { readonly faults: readonly string[] }> {
  const disk = make();
  try {
    const story = await live(scenario, disk, deaths);
    const run = { workflow: workflowOf(scenario), runId: disk.runId };
    return { ...story, faults: faultsOf(await (await disk.open()).history(run, -1, 1_000)) };
  } finally {
    await disk.close();
  }
}

const scenarios = await listScenarios();

describe.each(scenarios)("$fixture: $name", (scenario) => {
  describe.each(Object.entries(DISKS))("in %s", (name, disk) => {
    test("a crash at every write", async () => {
      const undisturbed = await liveOn(disk, scenario, []);
      expect(undisturbed.writes).toBeGreaterThanOrEqual(3);
      for (let write = 0; write < undisturbed.writes; write++) {
        for (const when of ["before", "after"] as const) {
          const deaths = [{ write, when }];
          const story = await liveOn(disk, scenario, deaths);
          expectRepair(story, undisturbed, deaths.length);
          expect(story.faults, `${when} write ${write}`).toEqual([]);
        }
      }
    });

    // On PostgreSQL it would take a minute, and show nothing that SQLite does not.
    test.skipIf(name === "PostgreSQL")("a second crash at every write of the process that has resumed it", async () => {
      const undisturbed = await liveOn(disk, scenario, []);
      for (let first = 0; first < undisturbed.writes; first++) {
        for (let second = 0; second < undisturbed.writes - first; second++) {
          const deaths = [
            { write: first, when: "after" },
            { write: second, when: "before" },
          ] as const;
          expectRepair(await liveOn(disk, scenario, deaths), undisturbed, deaths.length);
        }
      }
    });
  });
});

function workflowOf(scenario: Scenario): string {
  return scenario.create({ checkpoints: new MemoryCheckpoints() }, async () => undefined).graph.name;
}
