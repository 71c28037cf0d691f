/** Whatever a workflow looks like, its picture can be read: nothing overlaps, no text leaves its card, no line crosses what it does not belong to. */

import * as dagre from "@dagrejs/dagre";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Dagre } from "../../runtime/src/drawing/svg/load-dagre.js";
import { renderSvg } from "../../runtime/src/drawing/svg/render-svg.js";
import { buildScene } from "../../runtime/src/drawing/svg/scene.js";
import { listFaults } from "./faults.js";
import { anyDrawing, anyWalk } from "./random-drawing.js";
import { sixtyStates } from "./sixty-states.js";

test("random workflows, with and without the way of a run", () => {
  fc.assert(
    fc.property(
      anyDrawing.chain((drawing) => fc.tuple(fc.constant(drawing), fc.option(anyWalk(drawing), { nil: undefined }))),
      ([drawing, walk]) => {
        expect(listFaults(buildScene(dagre as Dagre, drawing, walk), drawing)).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
});

test("sixty states", () => {
  expect(listFaults(buildScene(dagre as Dagre, sixtyStates, undefined), sixtyStates)).toEqual([]);
});

test("the same workflow gives the same bytes, whatever was drawn before", async () => {
  await fc.assert(
    fc.asyncProperty(anyDrawing, anyDrawing, async (drawing, other) => {
      const first = await renderSvg(drawing);
      await renderSvg(other);
      expect(await renderSvg(structuredClone(drawing))).toBe(first);
    }),
    { numRuns: 10 },
  );
});
