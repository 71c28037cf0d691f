/** The commands as values. `parse-arguments.ts` makes them, the `run-*.ts` beside it carry them out. */

import type { RunStatus } from "../checkpoint/checkpoint-store.js";

/** What somebody asked for. Paths are as they were typed. */
export type Command =
  | ListCommand
  | ShowCommand
  | TailCommand
  | GraphCommand
  | SchedulesCommand
  | { readonly kind: "help"; readonly topic: Topic }
  | { readonly kind: "version" };

/** What there is help on. */
export type Topic = "cano" | Group | CommandName;

/** What commands are about: their first words. */
export type Group = "runs" | "schedules";

/** The commands as they are typed. */
export type CommandName = "runs list" | "runs show" | "runs tail" | "runs graph" | "schedules list";

/** Where runs are kept. */
export interface Place {
  /** The path of a SQLite file, or the URL of a PostgreSQL database. */
  readonly database: string;
  /** Of PostgreSQL; undefined is the store's default. */
  readonly schema: string | undefined;
}

/** Says that runs of a workflow are meant; undefined means of all. */
interface OfWorkflow {
  readonly workflow: string | undefined;
}

/** `cano runs list <database>` */
export interface ListCommand extends OfWorkflow {
  readonly kind: "runs list";
  readonly place: Place;
  /** Undefined means all. */
  readonly statuses: readonly RunStatus[] | undefined;
  /** 1 or more. */
  readonly limit: number;
  readonly after: number | undefined;
  readonly before: number | undefined;
  readonly format: "table" | "json";
}

/** `cano runs show <database> <run id>` */
export interface ShowCommand extends OfWorkflow {
  readonly kind: "runs show";
  readonly place: Place;
  readonly runId: string;
  readonly payloads: boolean;
  readonly format: "timeline" | "json";
}

/** `cano runs tail <database>` */
export interface TailCommand extends OfWorkflow {
  readonly kind: "runs tail";
  readonly place: Place;
  readonly format: "text" | "json";
}

/** `cano runs graph <database> <run id> --graph <file>` */
export interface GraphCommand extends OfWorkflow {
  readonly kind: "runs graph";
  readonly place: Place;
  readonly runId: string;
  /** What `cano-gen graph --format json` has written. */
  readonly file: string;
  readonly format: "mermaid" | "svg";
}

/** `cano schedules list <database>` */
export interface SchedulesCommand {
  readonly kind: "schedules list";
  readonly place: Place;
  readonly format: "table" | "json";
}
