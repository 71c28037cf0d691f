/** Reads a flowchart as Mermaid itself does, by its own parser, without a browser. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createContext, runInContext } from "node:vm";

/** What Mermaid has understood. Texts are as they are shown, lines apart. */
export interface Flowchart {
  readonly states: ReadonlyMap<
    string,
    { readonly lines: readonly string[]; readonly shape: string; readonly classes: readonly string[] }
  >;
  readonly arrows: readonly {
    readonly start: string;
    readonly end: string;
    readonly text: string;
    readonly stroke: string;
    readonly isThick: boolean;
  }[];
}

interface Vertex {
  readonly id: string;
  readonly text: string;
  readonly type: string;
  readonly classes: readonly string[];
}

interface Edge {
  readonly start: string;
  readonly end: string;
  readonly text: string;
  readonly stroke: string;
  readonly style?: readonly string[];
}

interface Mermaid {
  parse(text: string): Promise<unknown>;
  readonly mermaidAPI: {
    getDiagramFromText(
      text: string,
    ): Promise<{ readonly type: string; readonly db: { getVertices(): Map<string, Vertex>; getEdges(): readonly Edge[] } }>;
  };
}

/** Mermaid is made for browsers: it is loaded into a world of its own, in which there is no document, and nothing is there to be cleaned for one. */
async function loadMermaid(): Promise<Mermaid> {
  const world: Record<string, unknown> = { console, setTimeout, clearTimeout, URL, structuredClone, TextEncoder };
  world["window"] = world;
  createContext(world);
  runInContext("Function.prototype.addHook = () => {}; Function.prototype.sanitize = (text) => text;", world);
  runInContext(readFileSync(createRequire(import.meta.url).resolve("@mermaid-js/tiny"), "utf8"), world);
  const loaded = world["mermaid"] as Mermaid;
  // The kinds of diagrams are known once something was parsed.
  await loaded.parse("flowchart TD");
  return loaded;
}

let mermaid: Promise<Mermaid> | undefined;

/** Rejects with what Mermaid says when it does not understand `text`. */
export async function readFlowchart(text: string): Promise<Flowchart> {
  mermaid ??= loadMermaid();
  const { type, db } = await (await mermaid).mermaidAPI.getDiagramFromText(text);
  if (type !== "flowchart-v2") throw new Error(`it is a ${type}`);
  const states = [...db.getVertices().values()].map(
    (vertex) =>
      [vertex.id, { lines: vertex.text.split("<br/>").map(decode), shape: vertex.type, classes: [...vertex.classes] }] as const,
  );
  const arrows = db.getEdges().map(({ start, end, text: label, stroke, style = [] }) => {
    return { start, end, text: decode(label), stroke, isThick: style.includes("stroke-width:3px") };
  });
  return { states: new Map(states), arrows };
}

/** Mermaid holds entities under a disguise until they are drawn. */
function decode(text: string): string {
  return text.replaceAll(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
