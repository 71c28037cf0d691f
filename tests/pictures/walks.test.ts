/** The way of a run on a picture: what is counted, what is marked, and what is said of it. */

import { expect, test } from "vitest";
import { buildDrawing } from "../../runtime/src/drawing/build-drawing.js";
import type { Drawing, DrawnState, DrawnTransition, Walk } from "../../runtime/src/drawing/drawing.js";
import { renderMermaid } from "../../runtime/src/drawing/render-mermaid.js";
import { renderSvg } from "../../runtime/src/drawing/svg/render-svg.js";
import type { Graph } from "../../runtime/src/graph.js";

const task = (name: string, value: number): DrawnState => ({ name, value, kind: "task", task: name });
const go = (from: string, to: string, by: DrawnTransition["by"] = "method"): DrawnTransition => ({
  from,
  to,
  carries: "nothing",
  by,
});

const drawing: Drawing = {
  name: "loop",
  durable: false,
  initial: ["Ask", "Wait"],
  states: [task("Ask", 1), task("Wait", 2), { name: "Done", value: 3, kind: "exit", reachable: true }],
  transitions: [go("Ask", "Wait"), go("Wait", "Ask"), go("Wait", "Wait"), go("Ask", "Done"), go("Ask", "Done", "fallback")],
};

/** The titles of what is marked as passed or as away, and the chips on the cards. */
async function draw(walk: Walk, what: Drawing = drawing): Promise<Record<"walked" | "away" | "chips", readonly string[]>> {
  const svg = await renderSvg(what, { walk });
  const titles = (look: string): readonly string[] =>
    [...svg.matchAll(new RegExp(`<g class="(?:state|thread) [^"]*\\b${look}\\b[^"]*"[^>]*>\\n<title>([^<]*)`, "g"))].map(
      ([, title = ""]) => title,
    );
  return {
    walked: titles("walked"),
    away: titles("away"),
    chips: [...svg.matchAll(/class="(?:chip|note)[^"]*"[^>]*>([^<]*)</g)].map(([, text = ""]) => text),
  };
}

test("states and transitions are counted, by value or by name", async () => {
  const { walked, away, chips } = await draw({ path: [1, 2, "Wait", 2, 1, 2], end: "standing" });
  expect(walked).toEqual([
    "Ask to Wait, taken 2×",
    "Wait to Ask, taken 1×",
    "Wait to Wait, taken 2×",
    "Ask, task Ask, entered 2×",
    "Wait, task Wait, entered 4×, stands here",
  ]);
  expect(away).toEqual(["Ask to Done, taken 0×", "Ask to Done, by the fallback, taken 0×", "Done, exit, entered 0×"]);
  expect(chips).toEqual(
    expect.arrayContaining(
      ["this run: 6 visits, stands in Wait", "2×", "4×", "stands here"].map((text) => expect.stringContaining(text) as string),
    ),
  );
});

test.each<[end: Walk["end"], said: string]>([
  ["finished", "ended here"],
  ["failed", "failed here"],
  ["standing", "stands here"],
])("a run that is %s", async (end, said) => {
  const { walked } = await draw({ path: [1, 3], end });
  // Where a method and a fallback lead to one state, the path does not tell which it was: it is counted once.
  expect(walked).toEqual(["Ask to Done, taken 1×", "Ask, task Ask, entered 1×", `Done, exit, entered 1×, ${said}`]);
});

test("as Mermaid: what was passed is marked, counted and named", () => {
  expect(renderMermaid(drawing, { walk: { path: [1, 2, "Wait", "Old", 1, 3], end: "finished" } })).toBe(`flowchart TD
  s0["Ask<br/>2#215;"]
  s1["Wait<br/>2#215;"]
  s2((("Done<br/>ended here")))
  start0((" "))
  start0 --> s0
  start1((" "))
  start1 --> s1
  s0 --> s1
  s1 --> s0
  s1 --> s1
  s0 --> s2
  s0 -- fallback --> s2
  classDef passed stroke-width:3px
  classDef last stroke-width:5px
  class s0,s1 passed
  class s2 last
  linkStyle 2,4,5 stroke-width:3px
  %% not in this machine: Old
`);
  const standing = renderMermaid(drawing, { walk: { path: [1], end: "standing" } });
  expect(standing).toContain('s0["Ask<br/>stands here"]');
  expect(standing).toContain(
    "  classDef away opacity:0.4\n  classDef last stroke-width:5px\n  class s1,s2 away\n  class s0 last\n",
  );
  expect(standing).not.toContain("linkStyle");
});

test("what is no state of this machine is named", async () => {
  const svg = await renderSvg(drawing, { walk: { path: ["Old", 1, "Old", 2], end: "standing" } });
  expect(svg).toContain("<desc>2 states, 1 exit; this run: 4 visits, stands in Wait; not in this machine: Old</desc>");
});

test("a run that has entered nothing yet", async () => {
  expect((await draw({ path: [], end: "standing" })).walked).toEqual([]);
});

test("an exit that many states lead to is drawn at each, and marked where the run went", async () => {
  const names = ["A", "B", "C", "D"];
  const many: Drawing = {
    ...drawing,
    initial: ["A"],
    states: [...names.map(task), { name: "Done", value: 9, kind: "exit", reachable: true }],
    transitions: [go("A", "B"), go("B", "C"), go("C", "D"), ...names.map((name) => go(name, "Done"))],
  };
  const { walked, away } = await draw({ path: [0, 1, 9], end: "finished" }, many);
  expect(walked.filter((title) => title.startsWith("Done"))).toEqual(["Done, exit, entered 1×, ended here"]);
  expect(away.filter((title) => title.startsWith("Done"))).toHaveLength(3);
});

test("a drawing of what a generated module says", () => {
  const graph: Graph = {
    name: "fan",
    initial: [1],
    states: {
      1: { kind: "split", name: "Fan", branches: [], targets: [2] },
      2: { kind: "poll", name: "Look", task: "LookUp", targets: [2, 3] },
      3: { kind: "exit", name: "Done" },
    },
  };
  expect(buildDrawing(graph, { durable: true })).toMatchObject({ name: "fan", durable: true, initial: ["Fan"] });
  expect(renderMermaid(buildDrawing(graph, { durable: true }))).toBe(`flowchart TD
  s0[["Fan<br/>split into computed branches"]]
  s1{{"Look<br/>poll: LookUp"}}
  s2((("Done")))
  start0((" "))
  start0 --> s0
  s0 --> s1
  s1 --> s1
  s1 --> s2
`);
});
