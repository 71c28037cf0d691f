/** The text of a lock: what is written is read again. What cannot be read is `parse-lock.test.ts`. */

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
import { order } from "./testing/order.js";

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
