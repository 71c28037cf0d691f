import { expect, test } from "vitest";
import { pascalCase } from "../model/pascal-case.js";
import { camelCase, literal, memberAccess, Names } from "./names.js";

test.each([
  ["Reserve", "reserve"],
  ["in-progress", "inProgress"],
  ["HTTPCall", "httpCall"],
  ["HTTP", "http"],
  ["2nd", "state2nd"],
  ["ünïcode", "ünïcode"],
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
  ['a"b', '["a\\"b"]'],
])("memberAccess %s", (name, expected) => expect(memberAccess(name)).toBe(expected));

test("literals are JSON", () => {
  expect(literal('a"b\n')).toBe('"a\\"b\\n"');
  expect(literal(-1)).toBe("-1");
});

test("a name is handed out once, and never a word of the language or of the templates", () => {
  const names = new Names(["exit"]);
  expect([
    names.take("exit", "Task"),
    names.take("exit", "Task"),
    names.take("default", "Task"),
    names.take("run"),
    names.take("drive2", "Task"),
    names.take("ship"),
  ]).toEqual(["exitTask", "exitTask2", "defaultTask", "run2", "drive2Task", "ship"]);
});

test("an inner scope does not touch the outer one", () => {
  const outer = new Names();
  expect(outer.scope().take("a")).toBe("a");
  expect(outer.take("a")).toBe("a");
  expect(outer.scope().take("a")).toBe("a2");
});
