/** Who is alive: leases, processes that are gone, runs that are given up, requests that reach their drivers. */

import { ManualClock } from "cano/testing";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { describe, expect, test } from "vitest";
import { ownIdentity } from "../../runtime/src/checkpoint/sql/process-identity.js";
import { freshFile } from "../support/databases.js";
import { Other } from "../support/processes.js";
import { places, until } from "./places.js";
import { lock } from "./other-writer.js";
import { begin, entry, errorOf, idle, nameOf, sequencesOf, take } from "./rows.js";

const kindOf = async (claiming: ReturnType<typeof take>): Promise<string> => (await claiming).kind;

/** The clock of a machine that may have been asleep, for so many milliseconds: none of its timers has moved meanwhile. */
class Sleeper extends ManualClock {
  slept = 0;

  override epoch(): number {
    return super.epoch() + this.slept;
  }
}

describe.each(Object.entries(places))("%s", (_, makePlace) => {
  test("a run of a process that was killed can be claimed at once, one of a process that lives cannot", async () => {
    const place = await makePlace();
    await using store = place.open();
    await using other = new Other("checkpoint/driver-process.mjs", ...place.parameters, "a", "stay");
    expect(await other.line()).toBe("begun");
    expect(await kindOf(take(store, "a"))).toBe("driven");
    expect(await store.list({ abandoned: true, limit: 10 })).toEqual([]);
    const formerly = (await store.find(nameOf("a")))?.owner;
    expect(formerly).toMatch(/^.+\/\d+#\d+$/);
    await other.kill();
    expect(await store.list({ abandoned: true, limit: 10 })).toMatchObject([{ runId: "a", owner: undefined }]);
    expect(await store.requestCancel(nameOf("a"))).toBe(false);
    const claiming = await take(store, "a");
    expect(claiming).toMatchObject({ kind: "claimed", formerly });
    // Who lets go of a run has not been gone while it had it.
    if (claiming.kind === "claimed") await store.release(claiming.claim);
    expect(await take(store, "a")).toMatchObject({ kind: "claimed", formerly: undefined });
    expect(await sequencesOf(store, "a")).toEqual([0, 1, 2]);
  });

  test("every row that a killed process was told was written is there", async () => {
    const place = await makePlace();
    await using other = new Other("checkpoint/driver-process.mjs", ...place.parameters, "a", "write");
    expect(await other.line()).toBe("begun");
    let last = 0;
    while (last < 50) last = Number(await other.line());
    await other.kill();
    await using store = place.open();
    expect(await kindOf(take(store, "a"))).toBe("claimed");
    const sequences = await sequencesOf(store, "a");
    expect(sequences.length).toBeGreaterThanOrEqual(last + 2);
    expect(sequences).toEqual(sequences.map((__, at) => at));
  });

  test("of a process on another machine nothing is known until its lease ends", async () => {
    const place = await makePlace();
    await using other = new Other("checkpoint/driver-process.mjs", ...place.parameters, "a", "stay");
    await other.line();
    await other.kill();
    const clock = new ManualClock(Date.now());
    await using store = place.open(clock);
    await place.ask("update cano_owners set identity = $1", JSON.stringify({ ...ownIdentity(), host: "elsewhere", pid: 1 }));
    expect(await kindOf(take(store, "a"))).toBe("driven");
    await clock.advance(30_001);
    expect(await kindOf(take(store, "a"))).toBe("claimed");
  });

  test("a process whose number another one has been given is gone", async () => {
    const place = await makePlace();
    const first = place.open();
    await begin(first, "a");
    await using second = place.open();
    expect(await kindOf(take(second, "a"))).toBe("driven");
    await place.ask("update cano_owners set identity = $1", JSON.stringify({ ...ownIdentity(), started: "1" }));
    expect(await kindOf(take(second, "a"))).toBe("claimed");
    await first.close();
  });

  test("a store object that shows no sign of life loses its runs with its lease, and notices with its next row", async () => {
    const place = await makePlace();
    const [still, clock] = [new ManualClock(), new ManualClock()];
    await using first = place.open(still);
    await using second = place.open(clock);
    const claim = await begin(first, "a");
    await clock.advance(29_999);
    expect(await kindOf(take(second, "a"))).toBe("driven");
    await clock.advance(1);
    expect(await kindOf(take(second, "a"))).toBe("claimed");
    expect(await errorOf(first.append(claim, entry(1)))).toMatchObject({
      category: "run_conflict",
      code: "CANO7020",
      runId: "a",
    });
    expect(await sequencesOf(second, "a")).toEqual([0, 1]);
    // It drives nothing any more.
    await still.advance(2_000);
    await until(() => still.pending === 0);
  });

  test("a store object that was asleep beyond its lease tells the drivers of runs that others have, and of no others", async () => {
    const place = await makePlace();
    const [asleep, clock] = [new Sleeper(), new ManualClock()];
    await using first = place.open(asleep);
    await using second = place.open(clock);
    const lost: unknown[] = [];
    const driver = { ...idle, lose: (error: Error) => lost.push(error) };
    const [claim, kept] = [await begin(first, "a", driver), await begin(first, "b", driver)];
    await clock.advance(30_000);
    expect(await kindOf(take(second, "a"))).toBe("claimed");
    asleep.slept = 30_000;
    await asleep.advance(2_000);
    await until(() => lost.length > 0 && asleep.pending === 1);
    expect(lost).toEqual([await errorOf(first.append(claim, entry(1)))]);
    expect(lost).toMatchObject([{ category: "run_conflict", code: "CANO7020", runId: "a" }]);
    expect(await kindOf(take(second, "b"))).toBe("driven");
    await first.append(kept, entry(1), { status: "completed" });
  });

  test("a lease is renewed for as long as runs are driven, also when somebody took its owner for gone", async () => {
    const place = await makePlace();
    const clock = new ManualClock();
    await using first = place.open(clock);
    await using second = place.open(clock);
    await begin(first, "a");
    for (let turn = 0; turn < 40; turn++) {
      await clock.advance(2_000);
      await until(() => clock.pending === 1);
    }
    expect(clock.now()).toBe(80_000);
    expect(await kindOf(take(second, "a"))).toBe("driven");
    await place.ask("delete from cano_owners");
    expect((await second.find(nameOf("a")))?.owner).toBeUndefined();
    expect((await first.find(nameOf("a")))?.owner).toBeDefined();
    for (let turn = 0; turn < 6; turn++) {
      await clock.advance(2_000);
      await until(() => clock.pending === 1);
    }
    expect(await kindOf(take(second, "a"))).toBe("driven");
  });

  test("a lease is renewed when the date is put back, and is no longer than otherwise", async () => {
    const place = await makePlace();
    const [gone, clock] = [new Sleeper(1e9), new ManualClock(1e9 - 3_600_000 + 32_001)];
    await using first = place.open(gone);
    await begin(first, "a");
    gone.slept = -3_600_000;
    await gone.advance(2_000);
    await until(async () => (await place.ask("select key from cano_owners where expires < $1", 1e9)).length > 0);
    await using second = place.open(clock);
    expect(await kindOf(take(second, "a"))).toBe("claimed");
  });

  test("nothing ticks where nothing is driven, and a lease is renewed before it is needed again", async () => {
    const place = await makePlace();
    const clock = new ManualClock();
    await using first = place.open(clock);
    await using second = place.open(clock);
    const claim = await begin(first, "a");
    expect(clock.pending).toBe(1);
    await first.append(claim, entry(1), { status: "completed" });
    await clock.advance(2_000);
    await until(() => clock.pending === 0);
    await clock.advance(1_000_000);
    await begin(first, "b");
    expect(await kindOf(take(second, "b"))).toBe("driven");
  });

  test("a request to cancel reaches the process that drives the run", async () => {
    const place = await makePlace();
    await using store = place.open();
    await using other = new Other("checkpoint/driver-process.mjs", ...place.parameters, "a", "stay");
    await other.line();
    expect(await store.requestCancel(nameOf("a"))).toBe(true);
    expect(await other.line()).toBe("cancel");
  });

  test("a request is heard with the next look, two seconds later at the most, and each driver once", async () => {
    const place = await makePlace();
    const clock = new ManualClock();
    await using first = place.open(clock);
    await using second = place.open(clock);
    const told: string[] = [];
    for (const runId of ["a", "b", "c"]) await begin(first, runId, { cancel: () => told.push(runId) });
    await second.requestCancel(nameOf("b"));
    for (let turn = 0; turn < 3; turn++) {
      await clock.advance(2_000);
      await until(() => clock.pending === 1);
      expect(told).toEqual(["b"]);
    }
  });

  test("a process with an open store ends when it has nothing more to do", async () => {
    const place = await makePlace();
    await using other = new Other("checkpoint/driver-process.mjs", ...place.parameters, "a", "");
    await other.line();
    expect(await other.ended).toBe(0);
    await using store = place.open();
    expect(await kindOf(take(store, "a"))).toBe("claimed");
  });
});

test("a release that fails is tried again", async () => {
  const path = freshFile();
  const clock = new ManualClock();
  await using first = sqliteCheckpoints({ path, clock });
  await using second = sqliteCheckpoints({ path, clock });
  const claim = await begin(first, "a");
  const unlock = lock(path);
  await first.release(claim);
  expect(await second.find(nameOf("a"))).toMatchObject({ owner: expect.any(String) });
  unlock();
  expect(await kindOf(take(second, "a"))).toBe("driven");
  await clock.advance(2_000);
  expect(await kindOf(take(second, "a"))).toBe("claimed");
  await first.release(claim);
});

test("a run that is still in the way of who released it can be claimed by itself", async () => {
  const path = freshFile();
  const clock = new ManualClock();
  await using store = sqliteCheckpoints({ path, clock });
  const claim = await begin(store, "a");
  const unlock = lock(path);
  await store.release(claim);
  unlock();
  expect(await store.begin({ ...nameOf("a"), version: 1 }, entry(0), idle)).toBeUndefined();
  const claiming = await take(store, "a");
  expect(claiming).toMatchObject({ kind: "claimed", claim: { fence: 2 } });
  await clock.advance(10_000);
  expect((await store.find(nameOf("a")))?.owner).toBeDefined();
});
