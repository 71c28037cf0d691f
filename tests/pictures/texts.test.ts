/** Texts in pictures: how wide they are, where long ones break, and that no text can end the element that it stands in. */

import { describe, expect, test } from "vitest";
import type { Drawing, DrawnState } from "../../runtime/src/drawing/drawing.js";
import { renderSvg } from "../../runtime/src/drawing/svg/render-svg.js";
import { textWidth } from "../../runtime/src/drawing/svg/text-line.js";
import { wrapText } from "../../runtime/src/drawing/svg/wrap-text.js";

function drawOne(name: string, state: Partial<DrawnState> = {}): Promise<string> {
  const states = [{ name, value: 1, kind: "exit", reachable: true, ...state }] as Drawing["states"];
  return renderSvg({ name, durable: false, initial: [name], states, transitions: [] });
}

test.each<[text: string, thousandths: number]>([
  ["", 0],
  ["il", 444],
  ["Wm", 1_777],
  ["é", 556],
  ["漢字", 2_000],
  ["🙂", 1_000],
  ["Ж", 750],
])("width of %j", (text, thousandths) => {
  expect(textWidth(text, "note")).toBeCloseTo((thousandths * 11) / 1_000);
});

describe("long names", () => {
  test.each<[text: string, lines: readonly string[]]>([
    ["Short", ["Short"]],
    ["", [""]],
    ["AwaitTheAnswerOfTheWarehouse", ["AwaitTheAnswerOf", "TheWarehouse"]],
    ["wait_for_the_answer_of_the_bank", ["wait_for_the_", "answer_of_the_", "bank"]],
    ["the answer of the warehouse", ["the answer of the", "warehouse"]],
    ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ["aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaa"]],
  ])("%s", (text, lines) => {
    expect(wrapText(text, "task", 100)).toEqual(lines);
  });
});

test("what would be markup is text, and what XML cannot hold is marked", async () => {
  const svg = await drawOne('</text><script>&"\n\u0000\uD800');
  expect(svg).not.toContain("<script");
  expect(svg).toContain("&#60;/text&#62;&#60;script&#62;&#38;&#34; \uFFFD\uFFFD");
});

test("a split of many branches counts those that are not shown", async () => {
  const branches = Array.from({ length: 30 }, (_, at) => `Branch${at % 20}`);
  const svg = await drawOne("Fan", { kind: "split", branches, join: "all" });
  expect(svg).toMatch(/>Branch0 ×2<.*>Branch11<.*>and 8 more</s);
  expect(svg).not.toContain(">Branch12<");
  expect(await drawOne("Fan", { kind: "split", branches: "dynamic" })).toContain(">computed branches<");
});

test("an exit that no path reaches says so", async () => {
  expect(await drawOne("Lost", { kind: "exit", reachable: false })).toContain(">never reached<");
  expect(await drawOne("Lost")).not.toContain(">never reached<");
});
