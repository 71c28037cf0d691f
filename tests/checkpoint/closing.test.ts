/** A SQLite store that is closed while another process is writing. */

import { ManualClock } from "cano/testing";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { expect, test } from "vitest";
import { freshFile } from "../support/databases.js";
import { lock } from "./other-writer.js";
import { begin, errorOf, nameOf, take } from "./rows.js";

test("the runs of a store that is closed while another process is writing are free once that is done", async () => {
  const path = freshFile();
  const clock = new ManualClock();
  const first = sqliteCheckpoints({ path, clock });
  await begin(first, "a");
  const unlock = lock(path);
  const closed = first.close();
  await clock.advance(1_000);
  unlock();
  await clock.advance(50);
  await closed;
  await using second = sqliteCheckpoints({ path, clock });
  expect(await take(second, "a")).toMatchObject({ kind: "claimed" });
});

test("who writes for longer than the store tries is not waited for", async () => {
  const path = freshFile();
  const clock = new ManualClock();
  const store = sqliteCheckpoints({ path, clock, busyTimeout: 200 });
  await begin(store, "a");
  const unlock = lock(path);
  const closed = store.close();
  await clock.advance(200);
  await closed;
  unlock();
});

test("who waits for another process when the store is closed is told that it is", async () => {
  const path = freshFile();
  const clock = new ManualClock();
  const store = sqliteCheckpoints({ path, clock, busyTimeout: 200 });
  await store.find(nameOf("a"));
  const unlock = lock(path);
  const waiting = errorOf(store.prune({ limit: 1 }));
  await clock.advance(1);
  await store.close();
  await clock.advance(200);
  expect(await waiting).toMatchObject({
    category: "checkpoint_store",
    message: "the checkpoint store could not be used: it is closed",
  });
  unlock();
});
