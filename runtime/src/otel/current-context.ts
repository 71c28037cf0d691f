/** The context of OpenTelemetry that a run's dispatcher runs in: whatever the run is at is what is current. */

import type { Context } from "@opentelemetry/api";

/** Who knows what is current. */
export interface Current {
  readonly context: Context;
}

/** See the file's first line. What is derived of it is derived of what is current then, and stays so. */
export class CurrentContext implements Context {
  constructor(readonly current: Current) {}

  getValue(key: symbol): unknown {
    return this.current.context.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return this.current.context.setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return this.current.context.deleteValue(key);
  }
}

/** `active` itself, or where that is what a run's dispatcher runs in, what is current in it now. */
export function currentOf(active: Context): Context {
  return active instanceof CurrentContext ? active.current.context : active;
}
