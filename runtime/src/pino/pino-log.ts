/** A pino logger as the log of a workflow: where its tasks and the engine's own few warnings are written. */

import type { Log } from "../context.js";
import { requireMethod } from "../errors/require-shape.js";
import type { PinoLogger } from "./pino-logger.js";

/**
 * For the option `log` of a workflow object: `context.log.info("charged", { amount })` becomes a line with these fields. What a task logs carries
 * `workflow`, `runId`, `state` and `attempt`, and `branch` in a split. Throws `configuration` when it is given no logger.
 */
export function pinoLog(logger: PinoLogger): Log {
  requireMethod("logger", logger, "child", "a logger of pino");
  return {
    debug: (message, fields = {}) => logger.debug(fields, message),
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
    child: (fields) => pinoLog(logger.child(fields)),
  };
}
