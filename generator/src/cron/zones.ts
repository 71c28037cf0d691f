/** Time zones by their IANA names: which there are, what is meant by others, and how far each is from UTC. */

import { findNearest } from "../slips.js";
import { cronParser } from "./cron-parser.js";

/** Whether there is a time zone of that name, as the runtime has it. */
export function isZone(name: string): boolean {
  try {
    void formatOf(name);
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

/** How far a zone is ahead of UTC at a time, both in milliseconds. */
export type OffsetAt = (time: number) => number;

/** Makes the function that tells how far the zone is ahead of UTC. */
export function offsetsOf(timeZone: string): OffsetAt {
  const format = formatOf(timeZone);
  return (time) => {
    const text = format.formatToParts(time).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours = 0, minutes = 0, seconds = 0] = /([+-])(\d+):(\d+)(?::(\d+))?/.exec(text) ?? [];
    const ahead = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
    return sign === "-" ? -ahead : ahead;
  };
}

const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Finds the time that an ISO date means, in milliseconds since 1970: without an offset it is the zone's local time. Undefined when it is none. */
export function findTime(text: string, timeZone: string): number | undefined {
  if (!ISO.test(text)) return undefined;
  try {
    const { CronDate } = cronParser();
    return new CronDate(text, timeZone).getTime();
  } catch {
    // The 30th of February.
    return undefined;
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
}
