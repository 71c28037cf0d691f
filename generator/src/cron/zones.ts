/** Time zones by their IANA names: which there are, and what is meant by others; and the times that their clocks show. */

import type { ZoneClock } from "cano/cron";
import { findNearest } from "../text/slips.js";
import { loadCron } from "./load-cron.js";

/** Whether there is a time zone of that name, as the scheduler has it. */
export function isZone(name: string): boolean {
  const { ZoneClock } = loadCron();
  try {
    void new ZoneClock(name);
    return true;
  } catch {
    // That is how it says that there is none.
    return false;
  }
}

/** Finds the zone that is most likely meant by a name that is none: its city alone, or a slip. */
export function findNearestZone(name: string): string | undefined {
  const zones = [...Intl.supportedValuesOf("timeZone"), "UTC"];
  const city = `/${name.replaceAll(" ", "_")}`.toLowerCase();
  return zones.find((zone) => zone.toLowerCase().endsWith(city)) ?? findNearest(name, zones);
}

const ISO = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Finds the time that an ISO date means, in milliseconds since 1970: without an offset it is what `clock` shows. Undefined when it is none. */
export function findTime(text: string, clock: ZoneClock): number | undefined {
  const [, day, hours, offset] = ISO.exec(text) ?? [];
  if (day === undefined) return undefined;
  const time = Date.parse(hours === undefined || offset !== undefined ? text : `${text}Z`);
  // The 30th of February would be the 2nd of March.
  if (Number.isNaN(time) || new Date(day).toISOString().slice(0, 10) !== day) return undefined;
  return offset === undefined ? clock.timesOf(time)[0] : time;
}
