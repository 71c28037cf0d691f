/** Where links leave and reach boxes: spread over the straight part of a side, each as near as can be to where it goes or comes from. */

import type { Arrangement, Link, Spot } from "./arrange.js";

/** The columns in which a link leaves a box and reaches another. */
export interface Ports {
  readonly start: number;
  readonly end: number;
}

// Links on one side keep this much between them if there is room, and from where the side begins to bend.
const BETWEEN = 16;
const FROM_BEND = 2;
// A bend of less than this looks like a mistake.
const LEAST_BEND = 14;

interface Dock {
  readonly link: number;
  readonly end: keyof Ports;
  /** The column that it would like. */
  readonly wish: number;
  /** The next column on its way: links that dock in the order of these do not cross. */
  readonly next: number;
}

/** Places the ports of each link; `insets` are how much of a box's sides is not straight, at either end. A link from a box to itself has none. */
export function placePorts(arrangement: Arrangement, links: readonly Link[], insets: readonly number[]): readonly Ports[] {
  const wishes = arrangement.trails.map(({ leave, reach }) => ({ start: leave, end: reach }));
  const first = settle(arrangement, links, insets, wishes);
  // A link that passes nothing ends where it begins if that is near enough.
  const again = first.map(({ start, end }, place) => {
    const direct = arrangement.trails[place]?.stops.length === 0;
    return direct && Math.abs(start - end) < LEAST_BEND ? { start, end: start } : (wishes[place] ?? { start, end });
  });
  return settle(arrangement, links, insets, again);
}

function settle(
  arrangement: Arrangement,
  links: readonly Link[],
  insets: readonly number[],
  wishes: readonly Ports[],
): readonly Ports[] {
  const ports = wishes.map((wish) => ({ ...wish }));
  arrangement.spots.forEach((spot, box) => {
    for (const side of ["above", "below"] as const) {
      const docks = links
        .flatMap((link, place) => docksOf(link, place, box, side, arrangement, wishes))
        .sort((a, b) => a.next - b.next || a.link - b.link);
      const columns = spread(docks, spot, insets[box] ?? 0);
      docks.forEach(({ link, end }, order) => {
        const pair = ports[link];
        if (pair !== undefined) pair[end] = columns[order] ?? spot.x;
      });
    }
  });
  return ports;
}

function docksOf(
  { from, to }: Link,
  link: number,
  box: number,
  side: "above" | "below",
  { spots, trails }: Arrangement,
  wishes: readonly Ports[],
): readonly Dock[] {
  const [start, end, wish] = [spots[from], spots[to], wishes[link]];
  if (from === to || start === undefined || end === undefined || wish === undefined) return [];
  const stops = trails[link]?.stops ?? [];
  const down = end.rank > start.rank;
  if (from === box && side === (down ? "below" : "above"))
    return [{ link, end: "start", wish: wish.start, next: stops[0]?.x ?? end.x }];
  if (to === box && side === (down ? "above" : "below"))
    return [{ link, end: "end", wish: wish.end, next: stops.at(-1)?.x ?? start.x }];
  return [];
}

/** Columns for docks from left to right: each at its wish, moved apart, and inside. */
function spread(docks: readonly Dock[], { x, width }: Spot, inset: number): readonly number[] {
  const straight = Math.max(0, width / 2 - inset - FROM_BEND);
  const [left, right] = [x - straight, x + straight];
  const between = Math.min(BETWEEN, (right - left) / Math.max(1, docks.length - 1));
  // From the left so that none is too near to the one before, then from the right so that all are inside.
  const columns: number[] = [];
  docks.forEach(({ wish }, order) => {
    const inside = Math.min(Math.max(wish, left), right);
    columns.push(order === 0 ? inside : Math.max(inside, (columns[order - 1] ?? left) + between));
  });
  let bound = right;
  for (let order = columns.length - 1; order >= 0; order--) {
    columns[order] = Math.min(columns[order] ?? bound, bound);
    bound = (columns[order] ?? bound) - between;
  }
  return columns;
}
