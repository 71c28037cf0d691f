/** Pictures that belong to no single fixture: a large workflow, and the way of a run, drawn from a generated module alone. And that the guide shows all there are, and says of each what it has. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { buildDrawing } from "../../runtime/src/drawing/build-drawing.js";
import { renderSvg } from "../../runtime/src/drawing/svg/render-svg.js";
import type { Graph } from "../../runtime/src/graph.js";
import { loadFixture } from "../runtime/load-fixture.js";
import { listFixtures } from "../support/fixtures.js";
import { expectPictures, PICTURES } from "./recorded.js";
import { sixtyStates } from "./sixty-states.js";

test("sixty states", async () => {
  expect(sixtyStates.states.length).toBe(60);
  expectPictures([{ file: "sixty-states.svg", text: await renderSvg(sixtyStates) }]);
});

test("the way of a run, on what its module says of the machine", async () => {
  const { reviewGraph, Review } = await loadFixture("cycle-with-exit", "review");
  const path = [Review.Write, Review.Read, Review.Decide, Review.Write, Review.Read];
  const drawing = buildDrawing(reviewGraph as Graph, { durable: false });
  expectPictures([{ file: "way-of-a-run.svg", text: await renderSvg(drawing, { walk: { path, end: "failed" } }) }]);
});

test("every picture is of a fixture, or one of these, and the guide shows it", () => {
  const guide = readFileSync(fileURLToPath(new URL("../../docs/graphs.md", import.meta.url)), "utf8");
  const known = [...listFixtures().map(({ name }) => name), "sixty-states", "way-of-a-run"];
  const files = readdirSync(PICTURES);
  expect(files.filter((file) => !guide.includes(`pictures/${file}`))).toEqual([]);
  expect(files.filter((file) => !known.some((name) => file === `${name}.svg` || file.startsWith(`${name}-`)))).toEqual([]);
  const rows = [...guide.matchAll(/^\| \[`[\w-]+`\]\(pictures\/(\S+)\) *\| (.*?) *\| (.*?) *\|$/gm)];
  expect(rows.length).toBeGreaterThan(50);
  for (const [, file = "", name, has] of rows) {
    const picture = readFileSync(PICTURES + file, "utf8");
    const said = /<title>Workflow (.*?)<\/title>.*?<desc>(.*?)<\/desc>/s.exec(picture);
    expect([file, said?.[1], said?.[2]]).toEqual([file, name, has]);
  }
});
