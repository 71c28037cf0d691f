/** From which versions runs may come, and by which they go on meanwhile. */

import { expect, test } from "vitest";
import { versionOf } from "../lock/testing/lock-of.js";
import { buildDraft } from "../model/build-draft.js";
import { listOrigins } from "./list-origins.js";
import { at, durabilityOf, number, reading } from "./testing/reading-builder.js";

/** The origins of a workflow in version 9, as `version by: place`. `lock` has what each version before it migrates, `now` what it itself does as recorded. */
function originsOf(migrations: readonly number[], lock: Readonly<Record<number, readonly number[]>>, now?: readonly number[]) {
  const draft = buildDraft(
    reading({
      states: ["A", "Done"],
      tasks: { A: { to: ["Done"] } },
      more: {
        durability: durabilityOf({ version: number(9, "version") }),
        migrations: migrations.map((version) => ({ version, span: at(`key ${version}`), states: [], undo: [] })),
      },
    }),
  );
  const earlier = Object.entries(lock).map(([version, migrates]) =>
    versionOf({ version: Number(version), migrates, states: {} }),
  );
  const recorded = now && versionOf({ version: 9, migrates: now, states: {} });
  return listOrigins(draft, earlier, recorded).map(({ version, by, span }) => `${version} ${by}: ${span.file}`);
}

test("without migrations there is none", () => {
  expect(originsOf([], { 1: [], 2: [1] })).toEqual([]);
});

test("versions that are migrated, in their order", () => {
  expect(originsOf([3, 1], { 1: [], 2: [], 3: [] })).toEqual(["1 undefined: key 1", "3 undefined: key 3"]);
});

test("those that such a version had migrated, however long ago", () => {
  expect(originsOf([3], { 1: [], 2: [1], 3: [2] })).toEqual(["1 3: key 3", "2 3: key 3", "3 undefined: key 3"]);
});

test("one that is migrated itself goes by none, whoever else had migrated it", () => {
  expect(originsOf([1, 2], { 1: [], 2: [1] })).toEqual(["1 undefined: key 1", "2 undefined: key 2"]);
});

test("of two by which it may go, the one that is written first", () => {
  expect(originsOf([3, 2], { 1: [], 2: [1], 3: [1] })).toEqual(["1 3: key 3", "2 undefined: key 2", "3 undefined: key 3"]);
});

test("those that this version had migrated when it was recorded, though it does not any more", () => {
  expect(originsOf([], { 1: [], 2: [1] }, [2])).toEqual(["1 9: version", "2 9: version"]);
});

test("a lock in which two versions migrate each other, as only a hand could write it, comes to an end", () => {
  expect(originsOf([2], { 1: [2], 2: [1] })).toEqual(["1 2: key 2", "2 undefined: key 2"]);
});
