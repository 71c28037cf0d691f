/** The generator as a library: what the command line uses, without the command line. */

export type { Diagnostic, Fix, Note, Severity, Span } from "./diagnostics/diagnostic.js";
export type { JsonDiagnostic, JsonFile, JsonPlace, JsonReport } from "./diagnostics/json.js";
export { type RenderOptions, renderDiagnostics } from "./diagnostics/render.js";
export { diskTexts, type SourceTexts } from "./diagnostics/source-texts.js";
export type { OutputFile } from "./files/output-file.js";
export { type Generated, generate, type GenerateOptions } from "./generate.js";
export { buildGraphJson, type GraphJson, type GraphReport, type GraphState, renderGraphJson } from "./graph/graph-json.js";
export type { LockedState, LockedVersion } from "./lock/lock.js";
export type { LockInput } from "./lock/recorded-lock.js";
export type { ExitNode, Machine, Node, SplitNode, Target, TaskNode } from "./model/machine.js";
export type { Shape, ShapeMember, TupleElement } from "./shapes/shape.js";
