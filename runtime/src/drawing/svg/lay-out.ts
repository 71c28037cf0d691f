/** Lays out boxes and links: columns and ranks first, then where links dock, then heights, then lines. */

import { arrange, type Link, type Size, type Stop } from "./arrange.js";
import { listWays, placeLevels } from "./levels.js";
import type { Dagre } from "./load-dagre.js";
import { placePorts } from "./ports.js";
import { middleOf, type Point, type Route, routeLink, routeLoop } from "./route.js";

/** A box, and where its sides are straight. */
export interface Box extends Size {
  /** How much of its upper and lower side is not straight, at either end. */
  readonly inset: number;
  /** How far its right side is from its width where a link to itself begins and ends. */
  readonly recess: number;
}

/** A box in its place, by its middle. */
export type PlacedBox = Box & Point;

/** What was laid out, in the order of what was given; the left upper corner is 0, 0. */
export interface Layout extends Size {
  readonly boxes: readonly PlacedBox[];
  readonly routes: readonly Route[];
}

/** Lays out `boxes`, of which there is at least one, and the `links` between them. Deterministic. */
export function layOut(dagre: Dagre, boxes: readonly Box[], links: readonly Link[]): Layout {
  const arrangement = arrange(dagre, boxes, links);
  const ports = placePorts(
    arrangement,
    links,
    boxes.map(({ inset }) => inset),
  );
  const ways = listWays(arrangement, links, ports);
  const levels = placeLevels(arrangement, ways);
  const placed = boxes.map((box, place): PlacedBox => {
    const { x, rank } = arrangement.spots[place] ?? { x: 0, rank: 0 };
    return { ...box, x, y: middleOf(levels.get(rank)) };
  });
  const route = ({ from, to }: Link, way: readonly Stop[]): readonly Route[] => {
    const [start, end] = [placed[from], placed[to]];
    if (start === undefined || end === undefined) return [];
    return [from === to ? routeLoop(way, start, start.recess) : routeLink(way, start, end, levels)];
  };
  return {
    width: arrangement.width,
    height: Math.max(...[...levels.values()].map(({ bottom }) => bottom)),
    boxes: placed,
    routes: links.flatMap((link, place) => route(link, ways[place] ?? [])),
  };
}
