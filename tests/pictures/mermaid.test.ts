/** Flowcharts as Mermaid itself reads them: whatever names states and tasks have, and with the way of a run. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { labelLines, transitionLabel } from "../../runtime/src/drawing/labels.js";
import { renderMermaid } from "../../runtime/src/drawing/render-mermaid.js";
import { anyDrawing, anyWalk } from "./random-drawing.js";
import { readFlowchart } from "./read-mermaid.js";

const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));

test("what is no flowchart is refused, so that what is not is one", async () => {
  await expect(readFlowchart('flowchart TD\n  s0{"Ask}\n')).rejects.toThrow("Parse error");
  await expect(readFlowchart("flowchart TD\n  s0 -- input -> s1\n")).rejects.toThrow("Parse error");
});

test("Mermaid reads every state with its shape and its texts, and every arrow", async () => {
  await fc.assert(
    fc.asyncProperty(anyDrawing, async (drawing) => {
      const { states, arrows } = await readFlowchart(renderMermaid(drawing));
      drawing.states.forEach((state, at) => expect(states.get(`s${at}`)?.lines).toEqual(labelLines(state)));
      expect(states.size).toBe(drawing.states.length + drawing.initial.length);
      const shapes = drawing.states.map(({ kind }, at) => `${kind}: ${states.get(`s${at}`)?.shape}`);
      for (const shape of shapes) expect(SHAPES).toContain(shape);
      const place = (name: string): string => `s${drawing.states.findIndex((state) => state.name === name)}`;
      expect(arrows.slice(drawing.initial.length)).toEqual(
        drawing.transitions.map((transition) => ({
          start: place(transition.from),
          end: place(transition.to),
          text: transitionLabel(transition),
          stroke: transition.carries === "nothing" ? "normal" : "dotted",
          isThick: false,
        })),
      );
    }),
    { numRuns: 15 },
  );
});

test.each([" ", " a", "a  ", "  "])("the spaces at the ends of %j stay", async (name) => {
  const exit = { name, value: name, kind: "exit", reachable: true } as const;
  const { states } = await readFlowchart(
    renderMermaid({ name: "spaces", durable: false, states: [exit], initial: [name], transitions: [] }),
  );
  expect(states.get("s0")?.lines).toEqual([name]);
});

test("with the way of a run, each state has one look, and what was taken is thick", async () => {
  const drawn = anyDrawing.chain((drawing) => anyWalk(drawing).map((walk) => ({ drawing, walk })));
  await fc.assert(
    fc.asyncProperty(drawn, async ({ drawing, walk }) => {
      const { states, arrows } = await readFlowchart(renderMermaid(drawing, { walk }));
      const entered = new Set(walk.path);
      drawing.states.forEach(({ name }, at) => {
        const { classes = [], lines = [] } = states.get(`s${at}`) ?? {};
        const look = !entered.has(name) ? "away" : name === walk.path.at(-1) ? "last" : "passed";
        expect([name, classes]).toEqual([name, [look]]);
        expect(lines.length > labelLines(drawing.states[at] as never).length).toBe(
          look === "last" || walk.path.filter((state) => state === name).length > 1,
        );
      });
      const steps = new Set(walk.path.slice(1).map((to, at) => JSON.stringify([walk.path[at], to])));
      drawing.transitions.forEach(({ from, to, by }, at) => {
        const { isThick } = arrows[drawing.initial.length + at] ?? {};
        if (!steps.has(JSON.stringify([from, to]))) expect(isThick).toBe(false);
        else if (by === "method") expect(isThick).toBe(true);
      });
    }),
    { numRuns: 15 },
  );
});

test("every flowchart in the guides is one", async () => {
  const charts = readdirSync(DOCS)
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) => [...readFileSync(`${DOCS}${file}`, "utf8").matchAll(/^```\w*\n(flowchart [\s\S]*?)```$/gm)])
    .map(([, chart = ""]) => chart);
  expect(charts.length).toBeGreaterThan(0);
  for (const chart of charts) expect((await readFlowchart(chart)).states.size).toBeGreaterThan(1);
});

const SHAPES = [
  "task: square",
  "router: diamond",
  "compensatable: lean_left",
  "poll: hexagon",
  "timer: stadium",
  "batch: lean_right",
  "stepped: trapezoid",
  "stream: cylinder",
  "split: subroutine",
  "exit: doublecircle",
];
