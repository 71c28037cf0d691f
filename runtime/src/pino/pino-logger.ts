/** What of a pino logger is used. */

/** The levels that lines are logged at. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";

/** A logger of pino, or anything that has its level methods and `child`. */
export interface PinoLogger extends Record<LogLevel, (fields: object, message?: string) => void> {
  /** A logger whose lines all carry `bindings`. */
  child(bindings: object): PinoLogger;
  /** Whether lines of a level are written at all. Without it, all are taken to be. */
  isLevelEnabled?(level: string): boolean;
}
