/** Pictures of workflows: as Mermaid, in Graphviz' DOT, and as SVG with the way of a run on it. Needs no compiler. */

export type { Drawing, DrawnState, DrawnTransition, Walk } from "./drawing.js";
export { buildDrawing } from "./build-drawing.js";
export { renderDot } from "./render-dot.js";
export { renderMermaid } from "./render-mermaid.js";
export { renderSvg, type SvgOptions } from "./svg/render-svg.js";
