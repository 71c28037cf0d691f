/** Loads dagre, which decides where the states of a picture stand. It is an optional peer: only pictures as SVG need it. */

import { loadPeer, PEERS } from "../../peers.js";

/** What is used of dagre. Its own declarations cannot be read by a project whose modules are resolved as Node does. */
export interface Dagre {
  readonly Graph: new (options: { readonly multigraph: true }) => DagreGraph;
  readonly layout: (graph: DagreGraph) => unknown;
}

/** A point of a picture. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** A graph of dagre. After the layout a node knows its rank and middle, an edge what it passes and, if it has a label, the label's middle. */
export interface DagreGraph {
  setGraph(options: Readonly<Record<string, string | number>>): unknown;
  setNode(id: string, node: Readonly<Record<string, number>>): unknown;
  setEdge(from: string, to: string, edge: Readonly<Record<string, string | number>>, name: string): unknown;
  node(id: string): Point & { readonly rank: number };
  edge(from: string, to: string, name: string): { readonly points: readonly Point[] } & Partial<Point>;
}

/** Loads dagre. Rejects with `configuration` (CANO7022) when it is not installed. */
export async function loadDagre(): Promise<Dagre> {
  return await loadPeer(PEERS.dagre, async () => (await import("@dagrejs/dagre").catch(passOn)) as Dagre);
}

/** An `import()` without a `catch` of its own has to be found when esbuild makes a bundle, also for who draws no such picture. */
function passOn(error: unknown): never {
  throw error;
}
