/** Small marks of twelve by twelve pixels, drawn with strokes, so that they need no font and no colour. */

import { element, translate } from "./xml.js";

/** The side of an icon, in pixels. */
export const ICON = 12;

/** The marks that there are. */
export type IconName = keyof typeof PATHS;

const PATHS = {
  router: "M6 1 11 6 6 11 1 6z",
  poll: "M5 1.5a3.5 3.5 0 1 0 .01 0M7.6 7.6 10.7 10.7",
  timer: "M6 1.3a4.7 4.7 0 1 0 .01 0M6 3.4V6L8 7.2",
  batch: "M1.5 4.5h6v6h-6zM4.5 4.5v-3h6v6h-3",
  stepped: "M1.2 10.5V7.5h3.2v-3h3.2v-3h3.2",
  stream: "M1 4.2c1.7-2 3.3-2 5 0s3.3 2 5 0M1 8.2c1.7-2 3.3-2 5 0s3.3 2 5 0",
  undo: "M4.3 1.7 1.7 4.3 4.3 6.9M1.7 4.3h5.6a3.1 3.1 0 0 1 0 6.2H4.5",
  retry: "M10.2 6a4.2 4.2 0 1 1-1.3-3M9.2.6v2.7H6.5",
  timeout: "M2.8 1.2h6.4M2.8 10.8h6.4M3.6 1.2v2L6 6l2.4-2.8v-2M3.6 10.8v-2L6 6l2.4 2.8v2",
  join: "M1.8 1.2v2.6L6 7.2l4.2-3.4V1.2M6 7.2v3.8",
  stored: "M2 2.8c0-1.9 8-1.9 8 0v6.4c0 1.9-8 1.9-8 0zM2 2.8c0 1.9 8 1.9 8 0",
  failed: "M4.1 1h3.8L11 4.1v3.8L7.9 11H4.1L1 7.9V4.1zM6 3.4v3.1M6 8.4v.2",
  standing: "M3 1.6v8.8L10.2 6z",
  finished: "M1.8 6.4 4.7 9.3 10.2 3",
} as const;

/** Draws an icon whose left upper corner is at `x` and `y`. */
export function drawIcon(name: IconName, x: number, y: number): string {
  return element("path", { class: "icon", transform: translate(x, y), d: PATHS[name] });
}
