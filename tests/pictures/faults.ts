/** What would make a picture hard to read, found in its layout: things that overlap, texts that leave their card, lines that cross a card or a label. */

import type { Drawing } from "../../runtime/src/drawing/drawing.js";
import type { PlacedCard, Scene } from "../../runtime/src/drawing/svg/scene.js";
import { lineHeight, type TextLine, textWidth } from "../../runtime/src/drawing/svg/text-line.js";

interface Box {
  readonly what: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Lists the faults of the scene of a drawing, in words; none is expected. */
export function listFaults(scene: Scene, { states }: Drawing): readonly string[] {
  const cards = scene.cards.map((card) => boxAround(`card ${card.state.name}`, card.x, card.y, card.width, card.height));
  const dots = scene.entries.map(({ dot }, place) => boxAround(`dot ${place}`, dot.x, dot.y, 12, 12));
  const labels = scene.threads.flatMap(({ label, route }, place) =>
    route.label === undefined ? [] : [boxOf({ ...route.label, text: label, style: "note" }, `label ${place} ${label}`)],
  );
  const unplaced = scene.threads.filter(({ label, route }) => (label === "") !== (route.label === undefined));
  const things = [...cards, ...dots, ...labels];
  const picture = { what: "picture", left: 0, right: scene.width, top: 0, bottom: scene.height };
  return [
    ...unplaced.map(({ label }) => `label ${label} has no place`),
    ...overlaps(things),
    ...things.filter((thing) => !isInside(thing, picture)).map(({ what }) => `${what} leaves the picture`),
    ...scene.cards.flatMap(faultsOfTexts),
    ...scene.threads.flatMap(({ thread, route }, place) => {
      const own = `label ${place} `;
      // A router's sides are points: what leads to itself begins on them.
      const itself = thread.from === thread.to ? `card ${states[thread.from]?.name}` : "";
      const others = things.filter(({ what }) => what !== itself && !what.startsWith(own));
      return crossings(`line ${thread.from} to ${thread.to}`, route.line, others);
    }),
  ];
}

function faultsOfTexts(card: PlacedCard): readonly string[] {
  const frame = boxAround(`card ${card.state.name}`, card.width / 2, card.height / 2, card.width, card.height);
  const texts = card.lines.map((line) => boxOf(line, `text ${line.text}`));
  return [
    ...overlaps(texts),
    ...texts.filter((text) => !isInside(text, frame)).map(({ what }) => `${what} leaves ${frame.what}`),
  ];
}

function overlaps(boxes: readonly Box[]): readonly string[] {
  return boxes.flatMap((a, place) => boxes.slice(place + 1).flatMap((b) => (meet(a, b) ? [`${a.what} overlaps ${b.what}`] : [])));
}

/** Where a line passes through a box; it begins and ends at the sides of its own. */
function crossings(what: string, line: string, boxes: readonly Box[]): readonly string[] {
  const points = pointsOf(line);
  return boxes.flatMap((box) => {
    const inner = { ...box, left: box.left + 1, right: box.right - 1, top: box.top + 1, bottom: box.bottom - 1 };
    return points.some(([x, y]) => meet({ what, left: x, right: x, top: y, bottom: y }, inner))
      ? [`${what} crosses ${box.what}`]
      : [];
  });
}

/** Points on a path of `M`, `V` and `C`, near enough to each other. */
function pointsOf(line: string): readonly (readonly [x: number, y: number])[] {
  const points: (readonly [number, number])[] = [];
  let [x, y] = [0, 0];
  for (const [, command, rest = ""] of line.matchAll(/([MVC])([^MVC]*)/g)) {
    const numbers = rest.trim().split(/\s+/).map(Number);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] =
      command === "V"
        ? [x, y, x, numbers[0] ?? y, x, numbers[0] ?? y]
        : command === "M"
          ? [numbers[0], numbers[1], numbers[0], numbers[1], numbers[0], numbers[1]]
          : numbers;
    const [fromX, fromY] = command === "M" ? [e, f] : [x, y];
    for (let t = 0; t <= 1; t += 1 / 32) {
      const [p, q, r, s] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
      points.push([p * fromX + q * a + r * c + s * e, p * fromY + q * b + r * d + s * f]);
    }
    [x, y] = [e, f];
  }
  return points;
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function isInside(box: Box, frame: Box): boolean {
  // Places are rounded to a tenth of a pixel.
  const slack = 0.1;
  return (
    box.left >= frame.left - slack &&
    box.right <= frame.right + slack &&
    box.top >= frame.top - slack &&
    box.bottom <= frame.bottom + slack
  );
}

function boxOf({ x, y, text, style }: TextLine, what: string): Box {
  return boxAround(what, x, y, textWidth(text, style), lineHeight(style) - 1);
}

function boxAround(what: string, x: number, y: number, width: number, height: number): Box {
  return { what, left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}
