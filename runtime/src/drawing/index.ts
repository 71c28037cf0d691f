/** Pictures of workflows: as Mermaid and as SVG, with the way of a run on it, and in Graphviz' DOT. Needs no compiler. */

export type { Drawing, DrawingOptions, DrawnState, DrawnTransition, Walk } from "./drawing.js";
export { buildDrawing } from "./build-drawing.js";
export { renderDot } from "./render-dot.js";
export { renderMermaid } from "./render-mermaid.js";
export { renderSvg } from "./svg/render-svg.js";
