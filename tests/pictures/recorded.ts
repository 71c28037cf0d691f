/** The pictures in the guides: made anew and compared, or written when fixtures are recorded. They are what `cano-gen graph --format svg` prints. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as dagre from "@dagrejs/dagre";
import { expect } from "vitest";
import { buildGraphJson } from "../../generator/src/graph/graph-json.js";
import type { Machine } from "../../generator/src/model/machine.js";
import type { Dagre } from "../../runtime/src/drawing/svg/load-dagre.js";
import { renderSvg } from "../../runtime/src/drawing/svg/render-svg.js";
import { buildScene } from "../../runtime/src/drawing/svg/scene.js";
import { listFaults } from "./faults.js";

const recording = process.env["CANO_RECORD"] === "1";
if (recording && process.env["CI"] !== undefined) throw new Error("pictures are recorded by people, never in CI");

/** The folder of the pictures. */
export const PICTURES: string = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));

/** A picture: its file's name, and its text. */
export interface Picture {
  readonly file: string;
  readonly text: string;
}

/** Draws the machines of a fixture, in which nothing must overlap; one is named after the fixture, several after themselves as well. Fixtures that show a diagnostic are not drawn. */
export async function drawMachines(fixture: string, machines: readonly Machine[]): Promise<readonly Picture[]> {
  if (/^CANO\d/.test(fixture)) return [];
  return await Promise.all(
    machines.map(async (machine) => {
      const drawing = buildGraphJson(machine);
      expect(listFaults(buildScene(dagre as Dagre, drawing, undefined), drawing)).toEqual([]);
      const file = machines.length === 1 ? `${fixture}.svg` : `${fixture}-${machine.name}.svg`;
      return { file, text: await renderSvg(drawing) };
    }),
  );
}

/** Compares pictures with the recorded ones, or records them. */
export function expectPictures(pictures: readonly Picture[]): void {
  for (const { file, text } of pictures) {
    const path = join(PICTURES, file);
    if (recording) {
      mkdirSync(PICTURES, { recursive: true });
      writeFileSync(path, text);
    } else expect(existsSync(path) ? readFileSync(path, "utf8") : `no ${file}`).toBe(text);
  }
}
