/** The text of a lock: what is written is read again, and what cannot be read is told with its place. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shapeText } from "../shapes/shape-text.js";
import { objectOf, type Shape, simple } from "../shapes/shape.js";
import { parseShape } from "../shapes/testing/parse-shape.js";
import { anyShape } from "../shapes/testing/shapes-and-values.js";
import { decodeShape } from "./decode-shape.js";
import { encodeShape } from "./encode-shape.js";
import { JsonReader } from "./json-reader.js";
import { parseLock } from "./parse-lock.js";
import { renderLock } from "./render-lock.js";
import { lockOf, workflowOf } from "./testing/lock-of.js";

const order = workflowOf(
  "order",
  {
    version: 2,
    migrates: [1],
    codecs: { date: "dates", money: "{ cents: number }" },
    states: {
      reserve: { kind: "compensatable", to: ["quote"], input: "{ sku: string; notes?: string[] }", undo: "string" },
      quote: { kind: "stepped", to: ["done"], cursor: "number" },
      done: { output: "{ id: string } | undefined" },
    },
  },
  { version: 1, states: { "10": { to: ["2"] }, "2": { output: "undefined" } } },
);

test("is for people to read, sorted, and ends with a line end", () => {
  expect(renderLock(lockOf(order))).toBe(`{
  "generatedBy": "cano-gen",
  "format": 1,
  "workflows": {
    "order": {
      "source": "order.ts",
      "version": 2,
      "migrates": [
        1
      ],
      "codecs": {
        "date": {
          "canos": "dates",
          "encoded": "string"
        },
        "money": {
          "encoded": {
            "cents": "number"
          }
        }
      },
      "states": {
        "done": {
          "name": "Done",
          "kind": "exit",
          "output": {
            "$union": [
              "undefined",
              {
                "id": "string"
              }
            ]
          }
        },
        "quote": {
          "name": "Quote",
          "kind": "stepped",
          "targets": [
            "done"
          ],
          "cursor": "number"
        },
        "reserve": {
          "name": "Reserve",
          "kind": "compensatable",
          "targets": [
            "quote"
          ],
          "input": {
            "notes?": [
              "string"
            ],
            "sku": "string"
          },
          "undo": "string"
        }
      },
      "earlier": {
        "1": {
          "states": {
            "2": {
              "name": "2",
              "kind": "exit",
              "output": "undefined"
            },
            "10": {
              "name": "10",
              "kind": "task",
              "targets": [
                "2"
              ]
            }
          }
        }
      }
    }
  }
}
`);
});

test("what is written is read again, with the line ends of any platform", () => {
  const lock = lockOf(order, workflowOf("refund", { states: { __proto__: {}, run: {} } }));
  expect(parseLock(renderLock(lock))).toEqual({ kind: "lock", lock });
  expect(parseLock(`\uFEFF${renderLock(lock).replaceAll("\n", "\r\n")}`)).toEqual({ kind: "lock", lock });
});

test("in whatever order workflows and states are given, it is the same text", () => {
  const refund = workflowOf("refund", { states: { run: {}, a: {} } });
  const turned = { ...order, current: { ...order.current, states: order.current.states.toReversed() } };
  expect(renderLock(lockOf(refund, turned))).toBe(renderLock(lockOf(order, refund)));
});

describe("shapes", () => {
  const again = (shape: Shape): Shape => decodeShape(new JsonReader(JSON.parse(JSON.stringify(encodeShape(shape)))));

  test("any shape comes back as it was", () => {
    fc.assert(
      fc.property(anyShape(), (shape) => {
        expect(again(shape)).toEqual(shape);
      }),
    );
  });

  test("names and texts that could be taken for something else are quoted", () => {
    const names = ["", "$ref", "$others", "'", "'a'", "a?", "'a'?", "a\\'", "__proto__", "plain name", "?"];
    const shape = objectOf(
      names.flatMap((name) =>
        [true, false].map((optional) => ({ name: optional ? name : `${name}-`, optional, shape: simple("null") })),
      ),
    );
    expect(again(shape)).toEqual(shape);
    const texts = objectOf(names.map((name) => ({ name, optional: false, shape: { kind: "literal", value: name } })));
    expect(again(texts)).toEqual(texts);
    expect(encodeShape(parseShape('{ "$ref": 1; "a?": "it\'s"; "a"?: "string" }'))).toEqual({
      "'$ref'": 1,
      "'a?'": "'it\\'s'",
      "a?": "'string'",
    });
  });

  test("what is in the file in another order, or twice, is the shape that it means", () => {
    expect(shapeText(decodeShape(new JsonReader({ $union: ["string", "'a'", false, "null", "string"] })))).toBe(
      "false | null | string",
    );
  });
});

describe("what cannot be read", () => {
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
      text
        .replace('"states": {\n        "done"', '"states": [{\n        "done"')
        .replace(/(\n {6}\}),(\n {6}"earlier")/, "$1],$2"),
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
});
