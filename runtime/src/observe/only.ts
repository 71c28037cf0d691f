/** Filters: an observer that is told of some events only. */

import { outOfRange } from "../errors/require.js";
import { requireHook, requireList, requireOptions } from "../errors/require-shape.js";
import { callHook, hears, type Hook, HOOKS, SURROUNDINGS } from "./hooks.js";
import { observed } from "./observed.js";
import type { Observer, RunEvent } from "./observer.js";

/** Which events pass. What is left out lets all pass. */
export interface EventFilter {
  /** By the hooks that they are told to. */
  readonly hooks?: readonly Hook[];
  /** By the names of their workflows. */
  readonly workflows?: readonly string[];
  /** By the states that they happen in, as the workflow's enum has them. */
  readonly states?: readonly (string | number)[];
  /** By anything else. What it throws counts as a fault of the observer, and the event does not pass. */
  readonly where?: (event: RunEvent) => boolean;
}

/**
 * `observer`, told of those events only that pass `filter`. Events of hooks that do not pass are not even made. What it sets up around runs and
 * attempts it does not where their events do not pass, whatever the hooks; tasks it wraps all the same. Throws `configuration` when the filter has an
 * option that there is not, or something else in the place of one.
 */
export function only(observer: Observer, filter: EventFilter): Observer {
  requireOptions<EventFilter>("only", filter, { hooks: 1, workflows: 1, states: 1, where: 1 });
  const { hooks = HOOKS, workflows, states, where } = filter;
  requireList("hooks", hooks);
  for (const hook of hooks) if (!HOOKS.includes(hook)) throw outOfRange("hooks", "a list of names of hooks", hook);
  // Of a text, any part would be one of its elements.
  if (workflows !== undefined) requireList("workflows", workflows);
  if (states !== undefined) requireList("states", states);
  requireHook("where", where);
  const passes = (event: RunEvent): boolean =>
    (workflows?.includes(event.workflow) ?? true) && (states?.includes(event.state) ?? true) && (where?.(event) ?? true);
  const filtered: Record<string, (event: RunEvent) => unknown> = {};
  for (const hook of hooks.filter((name) => hears(observer, name)))
    filtered[hook] = (event) => (passes(event) ? callHook(observer, hook, event) : undefined);
  const around: Record<string, (event: RunEvent, call: () => void) => void> = {};
  for (const hook of SURROUNDINGS.filter((name) => hears(observer, name)))
    around[hook] = (event, call) => (passes(event) ? observer[hook]?.(event as never, call) : call());
  return {
    ...filtered,
    ...around,
    wrap: (task) => observed({ observers: [observer] }, task),
    traceRun: (event) => (passes(event) ? observer.traceRun?.(event) : undefined),
  };
}
