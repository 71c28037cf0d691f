/** The door for logs: an observer that logs runs with pino, and a pino logger as the log of tasks. Loads nothing of pino. */

export { LOG_EVENTS, type LogEvent } from "./log-events.js";
export { pinoLog } from "./pino-log.js";
export type { LogLevel, PinoLogger } from "./pino-logger.js";
export { pinoObserver, type PinoObserverOptions } from "./pino-observer.js";
