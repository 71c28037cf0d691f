/** The commands of the command line as values. `parse-arguments.ts` makes them, the `run-*.ts` beside it carry them out. */

import type { Request } from "../projects/request.js";

/** What somebody asked for. Paths are as they were typed. */
export type Command =
  | GenerateCommand
  | WatchCommand
  | GraphCommand
  | DiffCommand
  | ExplainCronCommand
  | { readonly kind: "explain"; readonly code: string }
  | { readonly kind: "help"; readonly topic: Topic }
  | { readonly kind: "version" }
  /** It cannot be told; `message` is one line without the program's name. */
  | { readonly kind: "usage-error"; readonly message: string };

/** What there is help on. */
export type Topic = "generate" | "graph" | "diff" | "explain" | "explain-cron";

/** `cano-gen [files…]` */
export interface GenerateCommand extends Request {
  readonly kind: "generate";
  readonly format: "text" | "json";
}

/** `cano-gen --watch [files…]` */
export interface WatchCommand {
  readonly kind: "watch";
  readonly generate: GenerateCommand;
  /** A command for the shell, to be run after each clean pass. */
  readonly exec: string | undefined;
}

/** `cano-gen graph <file>` */
export interface GraphCommand {
  readonly kind: "graph";
  readonly file: string;
  readonly tsconfig: string | undefined;
  readonly format: "mermaid" | "dot" | "svg" | "json";
  readonly workflow: string | undefined;
}

/** `cano-gen diff <old lock> [<new lock>]` */
export interface DiffCommand {
  readonly kind: "diff";
  readonly old: string;
  /** Undefined means what the project would record now. */
  readonly new: string | undefined;
  readonly tsconfig: string | undefined;
  readonly format: "text" | "json";
}

/** `cano-gen explain-cron <expression>` */
export interface ExplainCronCommand {
  readonly kind: "explain-cron";
  readonly expression: string;
  /** An IANA name, as it was typed. */
  readonly timeZone: string;
  /** How many firings are shown: a whole number, 1 or more. */
  readonly count: number;
  /** An ISO date, as it was typed; undefined means now. */
  readonly from: string | undefined;
  readonly format: "text" | "json";
}
