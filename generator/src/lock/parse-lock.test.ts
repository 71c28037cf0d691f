/** Locks that cannot be read: what is wrong with each, and where. */

import { expect, test } from "vitest";
import { parseLock } from "./parse-lock.js";
import { renderLock } from "./render-lock.js";
import { lockOf } from "./testing/lock-of.js";
import { order } from "./testing/order.js";

const text = renderLock(lockOf(order));

test.each<[what: string, text: string, problem: string, why: string, at: string]>([
  [
    "a merge conflict",
    text.replace(
      '      "source": "order.ts",\n',
      '<<<<<<< HEAD\n"source": "order.ts",\n=======\n"source": "shop.ts",\n>>>>>>> shop\n',
    ),
    "conflict",
    "has the mark of a merge conflict",
    "<<<<<<<",
  ],
  [
    "what both sides of a merge have, of which only one would count",
    text.replace('"cursor": "number"', '"cursor": "string",\n          "cursor" : "number"'),
    "repeated",
    "has `cursor` twice in one place",
    '"cursor"',
  ],
  [
    "a member that must be there on one side of a merge only",
    text.replace('"sku": "string"', '"sku": "string",\n            "sku?": "string"'),
    "broken",
    "is not what cano-gen writes, at `workflows.order.states.reserve.input`: it has `sku` both with and without a `?`",
    '"input"',
  ],
  ["no JSON", text.replace('"version": 2,', '"version" 2,'), "broken", "is not valid JSON", "2"],
  ["deeper than the stack, and no JSON", "[".repeat(100_000), "broken", "is nested too deeply", "["],
  [
    "a shape that is deeper than the stack",
    text.replace('"cursor": "number"', `"cursor": ${'{ "a": '.repeat(100_000)}1${"}".repeat(100_000)}`),
    "broken",
    "is nested too deeply",
    "{",
  ],
  [
    "a newer format",
    text.replace('"format": 1', '"format": 7'),
    "newer",
    "is of format 7, and this cano-gen knows none above 1",
    '"format"',
  ],
  ["no format", text.replace('"format": 1,', ""), "broken", "has no `format`", "{"],
  [
    "a state of an unknown kind",
    text.replace('"stepped"', '"stopped"'),
    "broken",
    "is not what cano-gen writes, at `workflows.order.states.quote.kind`: it is none of `task`, `router`, `compensatable`, `poll`, `timer`, `batch`, `stepped`, `stream`, `split`, `exit`",
    '"kind"',
  ],
  [
    "a shape that is none",
    text.replace('"cursor": "number"', '"cursor": "numbers"'),
    "broken",
    "is not what cano-gen writes, at `workflows.order.states.quote.cursor`: it is none of `string`, `number`, `boolean`, `null`, `undefined`, `unknown`, `never`",
    '"cursor"',
  ],
  [
    "a reference to nothing",
    text.replace('"cursor": "number"', '"cursor": { "a": { "$ref": 0 } }'),
    "broken",
    'is not what cano-gen writes, at `workflows.order.states.quote.cursor.a`: it refers to `"$id": 0`, which is not around it',
    '"a"',
  ],
  [
    "states that are a list",
    text.replace('"states": {\n        "done"', '"states": [{\n        "done"').replace(/(\n {6}\}),(\n {6}"earlier")/, "$1],$2"),
    "broken",
    "is not what cano-gen writes, at `workflows.order.states`: it is no object",
    '"states"',
  ],
  [
    "a version that is no number",
    text.replace('"1": {', '"one": {'),
    "broken",
    "is not what cano-gen writes, at `workflows.order.earlier.one`: it is no whole number, 0 or more",
    '"one"',
  ],
])("%s", (_, broken, problem, why, at) => {
  expect(broken).not.toBe(text);
  const parsed = parseLock(broken);
  expect(parsed).toMatchObject({ kind: "unreadable", problem, why });
  if (parsed.kind !== "unreadable") throw new Error("it was read");
  expect(broken.slice(parsed.place.start, parsed.place.end)).toBe(at);
});

test("of what is there twice, the second is shown", () => {
  const twice = text.replace('"version": 2,', '"version": 2,\n      "version": 3,');
  expect(parseLock(twice)).toMatchObject({ place: { start: twice.indexOf('"version": 3') } });
});

test.each(["", "{}", "[]", '{ "generatedBy": "somebody else" }', '"cano-gen"'])("%j is somebody else's file", (foreign) => {
  expect(parseLock(foreign)).toEqual({ kind: "foreign" });
});
