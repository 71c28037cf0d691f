/** The firing times of a cron expression by croner 10.0.1, which shares no code with cron-parser. Its expressions are put into the words that it knows. */

import { Cron } from "croner";
import { vi } from "vitest";
import type { Window } from "./cron-windows.js";

/** What croner does not read as others do: how it is put for croner, and why. */
export const notShared: readonly {
  readonly written: RegExp;
  readonly croner: string;
  readonly example: string;
  readonly why: string;
}[] = [
  {
    written: /(?<=^| )(\d+)\/(\d+)(?= )/,
    croner: "$1-59/$2",
    example: "7/20 * * * *",
    why: "croner refuses a step from a value on; Quartz, cronie and cron-parser take it for a range up to the end of the field",
  },
  {
    written: /(?<= )\?(?= )/,
    croner: "*",
    example: "30 2 ? * 1",
    why: "croner has `?` as `*`, as it says, but not where it looks whether a day field names days: either will do, so that every day does",
  },
];

/** The expression in the words of croner. */
export function toCroner(expression: string): string {
  return notShared.reduce((text, { written, croner }) => text.replace(written, croner), expression);
}

/**
 * The times of `expression` from `from`, which is not in a gap or an overlap of the zone's, to `to`: in ascending order, each once. About `expected` of them are:
 * it takes long for each.
 */
export function cronerTimes(expression: string, timeZone: string, { from, to }: Window, expected: number): readonly number[] {
  // Either day will do, as in Vixie cron: its default.
  const cron = new Cron(toCroner(expression), { timezone: timeZone, domAndDow: false });
  const found = new Set<number>();
  // It goes by local times: in a gap, the same points in time come again.
  for (
    let count = expected + 1, last: Date | undefined = new Date(from - 1000);
    last !== undefined;
    count = 1 + (expected >> 3)
  ) {
    const times: readonly Date[] = cron.nextRuns(count, last);
    for (const time of times) if (time.getTime() >= from && time.getTime() <= to) found.add(time.getTime());
    last = times.some((time) => time.getTime() > to) ? undefined : times.at(-1);
  }
  return [...found].sort((a, b) => a - b);
}

/**
 * Has `Intl` give each format once, until `vi.unstubAllGlobals()`: croner makes one for each time, which takes longer than all the rest. Formats do not change, so
 * that nothing else does.
 */
export function shareFormats(): void {
  const { DateTimeFormat } = Intl;
  const formats = new Map<string, Intl.DateTimeFormat>();
  const shared = function (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify([locale, options]);
    const known = formats.get(key) ?? new DateTimeFormat(locale, options);
    formats.set(key, known);
    return known;
  };
  vi.stubGlobal("Intl", Object.create(Intl, { DateTimeFormat: { value: shared } }));
}
