import { expect, test } from "vitest";
import { camelCase, pascalCase } from "../model/generated-names.js";
import { memberAccess } from "../text/member-access.js";
import { commentText, literal, Names } from "./names.js";

test.each([
  ["Reserve", "reserve"],
  ["in-progress", "inProgress"],
  ["HTTPCall", "httpCall"],
  ["HTTP", "http"],
  ["2nd", "state2nd"],
  ["ünïcode", "ünïcode"],
  ["m²", "m"],
  ["?!", "state"],
])("camelCase %s", (text, expected) => expect(camelCase(text)).toBe(expected));

test.each([
  ["order", "Order"],
  ["ping-host", "PingHost"],
  ["run odd-names!", "RunOddNames"],
  ["2nd", "State2nd"],
])("pascalCase %s", (text, expected) => expect(pascalCase(text)).toBe(expected));

test.each([
  ["Done", ".Done"],
  ["in progress", '["in progress"]'],
  ["2nd", '["2nd"]'],
  ["m²", '["m²"]'],
  ['a"b', '["a\\"b"]'],
])("memberAccess %s", (name, expected) => expect(memberAccess(name)).toBe(expected));

test("literals are JSON", () => {
  expect(literal('a"b\n')).toBe('"a\\"b\\n"');
  expect(literal(-1)).toBe("-1");
});

test.each([
  ["in progress", "in progress"],
  ["ünïcode */ bad() /*", "ünïcode *\\/ bad() /*"],
  ["a\n\r\tb", "a\\u{a}\\u{d}\\u{9}b"],
  ["a\u2028b\u2029", "a\\u{2028}b\\u{2029}"],
  // What turns the direction of a text hides what it says; half a sign is not written as it is.
  ["a\u202Eb\uD800", "a\\u{202e}b\\u{d800}"],
])("%j in a comment", (text, expected) => expect(commentText(text)).toBe(expected));

test("a name is handed out once, and never a word of the language or of the templates", () => {
  const names = new Names(["exit"]);
  expect([
    names.take("exit", "Task"),
    names.take("exit", "Task"),
    names.take("default", "Task"),
    // `exports` by itself is a name: in CommonJS, what the module exports is reached by it.
    names.take("exports", "Task"),
    names.take("run"),
    names.take("drive2", "Task"),
    names.take("ship"),
  ]).toEqual(["exitTask", "exitTask2", "defaultTask", "exportsTask", "run2", "drive2Task", "ship"]);
});

test("an inner scope does not touch the outer one", () => {
  const outer = new Names();
  expect(outer.scope().take("a")).toBe("a");
  expect(outer.take("a")).toBe("a");
  expect(outer.scope().take("a")).toBe("a2");
});
