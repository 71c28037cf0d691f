/** How high the ranks of a picture are and what is between them: the farther a link has to go sideways, the more room it gets to bend. */

import type { Arrangement, Link, Spot, Stop } from "./arrange.js";
import type { Ports } from "./ports.js";

/** The upper and lower end of a rank, in pixels from the uppermost. */
export interface Level {
  readonly top: number;
  readonly bottom: number;
}

/** The ranks that hold a box or a label, from above. */
export type Levels = ReadonlyMap<number, Level>;

// The room between two ranks: without a bend, with the least, and the most. There is less where links only pass a label.
const STRAIGHT = { boxes: 32, label: 20 } as const;
const NEAREST = { boxes: 42, label: 30 } as const;
const FARTHEST = 90;
// Of the way that a link goes sideways.
const SLOPE = 1 / 7;

/** Places the ranks. */
export function placeLevels(arrangement: Arrangement, ways: readonly (readonly Stop[])[]): Levels {
  const { heights } = arrangement;
  const levels = new Map<number, Level>();
  let last: { readonly rank: number; readonly bottom: number } | undefined;
  for (const rank of [...heights.keys()].sort((a, b) => a - b)) {
    const top: number = last === undefined ? 0 : last.bottom + roomBetween(last.rank, rank, arrangement, ways);
    const bottom = top + (heights.get(rank) ?? 0);
    levels.set(rank, { top, bottom });
    last = { rank, bottom };
  }
  return levels;
}

/** What each link passes from box to box: its ports, and its stops between them. */
export function listWays(
  { spots, trails }: Arrangement,
  links: readonly Link[],
  ports: readonly Ports[],
): readonly (readonly Stop[])[] {
  return links.map(({ from, to }, place) => {
    const { start, end } = ports[place] ?? { start: 0, end: 0 };
    return [atBox(spots[from], start), ...(trails[place]?.stops ?? []), atBox(spots[to], end)];
  });
}

function atBox(spot: Spot | undefined, x: number): Stop {
  return { x, rank: spot?.rank ?? 0, label: undefined };
}

function roomBetween(above: number, below: number, { spots }: Arrangement, ways: readonly (readonly Stop[])[]): number {
  const aside = ways.flatMap((way) =>
    way.flatMap((stop, step) => {
      const next = way[step + 1];
      const passes = next !== undefined && Math.min(stop.rank, next.rank) === above && Math.max(stop.rank, next.rank) === below;
      return passes ? [Math.abs(next.x - stop.x)] : [];
    }),
  );
  const farthest = Math.max(0, ...aside);
  const kind = [above, below].every((rank) => spots.some((spot) => spot.rank === rank)) ? "boxes" : "label";
  return farthest < 1 ? STRAIGHT[kind] : Math.round(Math.min(FARTHEST, Math.max(NEAREST[kind], farthest * SLOPE)));
}
