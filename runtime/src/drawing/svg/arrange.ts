/**
 * Places boxes in ranks and leads links between them, through dagre. It decides ranks, order and columns; heights are decided elsewhere.
 * In a rank each link has a column of its own, beside those of boxes and labels. Knows nothing of what the boxes show.
 */

import type { Dagre, DagreGraph } from "./load-dagre.js";

/** The room that something takes, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A link between two boxes, by their places in the list of boxes. */
export interface Link {
  readonly from: number;
  readonly to: number;
  /** The room for its label. */
  readonly label: Size | undefined;
  /** How much it should be straight and short; 1 and more. */
  readonly weight: number;
}

/** Where a box stands, by its middle; rank 0 is the uppermost. */
export interface Spot extends Size {
  readonly x: number;
  readonly rank: number;
}

/** A column of a rank that a link passes. */
export interface Stop {
  readonly x: number;
  readonly rank: number;
  /** The link's label, if it stands here, with its middle in the column. */
  readonly label: Size | undefined;
}

/** The way of a link. */
export interface Trail {
  /** The columns in which it would best leave its box and reach the other. */
  readonly leave: number;
  readonly reach: number;
  /** What it passes in between: columns of ranks that hold something. A link from a box to itself has one, where its label stands: right of the box, `LOOP` pixels away. */
  readonly stops: readonly Stop[];
}

/** What was decided, in the order of what was given. It begins at column 0. */
export interface Arrangement {
  readonly width: number;
  readonly spots: readonly Spot[];
  readonly trails: readonly Trail[];
  /** The heights of the ranks that hold a box or a label; the others are no places of their own. */
  readonly heights: ReadonlyMap<number, number>;
}

// What two boxes, and two links, keep between them. Between a box and a link it is the half of both.
const BESIDE_BOX = 30;
const BESIDE_LINK = 18;

/** The room on the right of a box in which a link to itself bends. */
export const LOOP: number = (BESIDE_BOX + BESIDE_LINK) / 2;

/** Arranges boxes and links. Deterministic: the same lists give the same numbers. */
export function arrange(dagre: Dagre, boxes: readonly Size[], links: readonly Link[]): Arrangement {
  const graph = new dagre.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: BESIDE_BOX, edgesep: BESIDE_LINK });
  boxes.forEach(({ width, height }, place) => graph.setNode(`${place}`, { width, height }));
  links.forEach(({ from, to, label, weight }, place) => {
    const room = { width: label?.width ?? 0, height: label?.height ?? 0, labelpos: "c" };
    graph.setEdge(`${from}`, `${to}`, { ...room, weight }, `${place}`);
  });
  dagre.layout(graph);
  const spots = boxes.map(({ width, height }, place) => {
    const { x, rank } = graph.node(`${place}`);
    return { x, rank, width, height };
  });
  const passed = links.map((link, place) => listStops(graph, link, place, spots));
  const heights = measureRanks(spots, passed);
  const trails = passed.map((stops, place): Trail => {
    const { from = 0, to = 0 } = links[place] ?? {};
    const [start, end] = [spots[from]?.x ?? 0, spots[to]?.x ?? 0];
    return { leave: stops[0]?.x ?? end, reach: stops.at(-1)?.x ?? start, stops: stops.filter(({ rank }) => heights.has(rank)) };
  });
  return moveToZero({ spots, trails, heights });
}

/** The points of an edge are one for each rank between its ends, with one more at either end. */
function listStops(graph: DagreGraph, { from, to, label }: Link, place: number, spots: readonly Spot[]): readonly Stop[] {
  const edge = graph.edge(`${from}`, `${to}`, `${place}`);
  const [first, last] = [spots[from]?.rank ?? 0, spots[to]?.rank ?? 0];
  if (from === to) return [{ x: edge.x ?? 0, rank: first, label }];
  return edge.points.slice(1, -1).map(({ x, y }, step) => ({
    x,
    rank: first + Math.sign(last - first) * (step + 1),
    label: x === edge.x && y === edge.y ? label : undefined,
  }));
}

function measureRanks(spots: readonly Spot[], passed: readonly (readonly Stop[])[]): ReadonlyMap<number, number> {
  const heights = new Map<number, number>();
  const labels = passed.flat().flatMap(({ rank, label }) => (label === undefined ? [] : [{ rank, height: label.height }]));
  for (const { rank, height } of [...spots, ...labels]) heights.set(rank, Math.max(heights.get(rank) ?? 0, height));
  return heights;
}

/** Lets the leftmost thing begin at column 0. A link to itself counts as its stop, which is farther than it bends. */
function moveToZero({ spots, trails, heights }: Omit<Arrangement, "width">): Arrangement {
  const stops = trails.flatMap((trail) => trail.stops.map(({ x, label }) => ({ x, width: label?.width ?? BESIDE_LINK / 2 })));
  let [left, right] = [Infinity, -Infinity];
  for (const { x, width } of [...spots, ...stops]) {
    left = Math.min(left, x - width / 2);
    right = Math.max(right, x + width / 2);
  }
  return {
    width: right - left,
    heights,
    spots: spots.map((spot) => ({ ...spot, x: spot.x - left })),
    trails: trails.map(({ leave, reach, stops }) => ({
      leave: leave - left,
      reach: reach - left,
      stops: stops.map((stop) => ({ ...stop, x: stop.x - left })),
    })),
  };
}
