/** Logs what happens in runs: one child logger a run, one line an event. What is logged at which level is `log-events.ts`. */

import { requireMethod, requireOptions } from "../errors/require-shape.js";
import { errorFacts } from "../observe/error-facts.js";
import { type Hook, HOOKS } from "../observe/hooks.js";
import type { Observer, RunEvent } from "../observe/observer.js";
import { runKeyOf } from "../observe/run-key.js";
import { LOG_EVENTS } from "./log-events.js";
import type { LogLevel, PinoLogger } from "./pino-logger.js";

/** How runs are logged. */
export interface PinoObserverOptions {
  /**
   * Whether errors are handed to the logger as they are, as `err`, with all that they carry. Else `error` says type, message, stack, code and
   * category of them and of their causes. Inputs and outputs are in no event. Default: no.
   */
  readonly payloads?: boolean;
}

/**
 * An observer that logs to `logger`. The lines of a run carry `workflow` and `runId`, each has the name of its `event` and what the event tells.
 * Events of levels that the logger does not write when this is called are not even made. What must not be seen is up to pino's own `redact`.
 *
 * A run's logger is kept from its `runStart` to its `runEnd`: a filter around this observer lets both pass, or neither. Throws `configuration` when
 * it is given no logger, or an option that there is not.
 */
export function pinoObserver(logger: PinoLogger, options: PinoObserverOptions = {}): Observer {
  requireMethod("logger", logger, "child", "a logger of pino");
  requireOptions<PinoObserverOptions>("pinoObserver", options, { payloads: 1 });
  const { payloads = false } = options;
  const loggers = new RunLoggers(logger);
  const observer: Record<string, (event: RunEvent) => void> = {};
  for (const hook of HOOKS) {
    const isKeeper = hook === "runStart" || hook === "runEnd";
    if (isKeeper || logger.isLevelEnabled?.(LOG_EVENTS[hook].level) !== false)
      observer[hook] = (event) => {
        loggers.of(event, hook)[levelOf(hook, event)](fieldsOf(hook, event, payloads), LOG_EVENTS[hook].message);
      };
  }
  return observer;
}

/** The child loggers of the runs in progress. */
class RunLoggers {
  private readonly children = new Map<string, PinoLogger>();

  constructor(private readonly logger: PinoLogger) {}

  of(event: RunEvent, hook: Hook): PinoLogger {
    const { workflow, runId } = event;
    const key = runKeyOf(event);
    const child = this.children.get(key) ?? this.logger.child({ workflow, runId });
    if (hook === "runStart") this.children.set(key, child);
    else if (hook === "runEnd") this.children.delete(key);
    return child;
  }
}

function levelOf(hook: Hook, event: RunEvent): LogLevel {
  const { level, levelOf: dependent } = LOG_EVENTS[hook];
  // A hook and its event belong together, which the compiler cannot follow through an index.
  return (dependent as ((event: RunEvent) => LogLevel) | undefined)?.(event) ?? level;
}

/** The fields of a line, whose time is the logger's. A whole error is under the key by which pino knows errors. */
function fieldsOf(hook: Hook, event: RunEvent & { readonly error?: unknown }, payloads: boolean): object {
  const fields: Record<string, unknown> = { event: hook };
  for (const [name, fact] of Object.entries(event)) if (!KEPT_APART.has(name)) fields[name] = fact;
  const { error } = event;
  if (error !== undefined) fields[payloads ? "err" : "error"] = payloads ? error : errorFacts(error);
  return fields;
}

const KEPT_APART: ReadonlySet<string> = new Set(["workflow", "runId", "at", "error", "trace"]);
