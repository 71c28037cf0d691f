/** What pictures say when they are given something else than a drawing. */

import { buildDrawing, renderDot, renderMermaid, renderSvg } from "cano/graph";
import { expect, test } from "vitest";
import { thrownBy } from "../runtime/thrown-by.js";

const graph = { name: "order", initial: ["a"], states: { a: { kind: "exit", name: "A" } } } as const;

test.each<readonly [string, () => unknown, string]>([
  [
    "a graph in Mermaid",
    () => renderMermaid(graph as never),
    "`drawing` must be what `buildDrawing` makes of a graph, not an object",
  ],
  ["a graph in DOT", () => renderDot(graph as never), "`drawing` must be what `buildDrawing` makes of a graph, not an object"],
  ["nothing", () => renderDot(undefined as never), "`drawing` must be what `buildDrawing` makes of a graph, not undefined"],
  [
    "a workflow object",
    () => buildDrawing({ graph } as never, { durable: false }),
    "`graph` must be that of a generated module, not an object",
  ],
  [
    "a graph without options",
    () => buildDrawing(graph, undefined as never),
    "`buildDrawing` must be given an object with options (`durable`), not undefined",
  ],
])("%s is not drawn", (_, draw, message) => {
  expect(thrownBy(draw)).toMatchObject({ category: "configuration", code: "CANO7009", message });
});

test("a graph as SVG is not drawn", async () => {
  await expect(renderSvg(graph as never)).rejects.toMatchObject({ category: "configuration", code: "CANO7009" });
});
