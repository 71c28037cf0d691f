/** Reads from an error how long the one who refused asks to wait, for `delayFrom` of a retry policy. */

// What else `Date.parse` takes for a date is none: "1.5", or "in 5". All three forms of RFC 9110, 5.6.7, begin with a day of the week.
const DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d\d:\d\d:\d\d/;
// The form of `asctime` names no zone, and means GMT.
const WITHOUT_ZONE = / \d{4}$/;

/**
 * The milliseconds that `error` asks for: its own `retryAfter` (a number, as errors of this package have it), or the header `Retry-After` of
 * its `headers` or of its `response`'s (whole seconds or a date: RFC 9110, 10.2.3), compared with the machine's date. Undefined when it asks for nothing.
 */
export function retryAfter(error: unknown): number | undefined {
  const own = property(error, "retryAfter");
  if (typeof own === "number") return delayOf(own);
  const header = headerOf(error) ?? headerOf(property(error, "response"));
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return delayOf(Number(header) * 1_000);
  if (!DATE.test(header)) return undefined;
  const at = Date.parse(WITHOUT_ZONE.test(header) ? `${header} GMT` : header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

/** Undefined where nobody could wait so long. */
function delayOf(time: number): number | undefined {
  return Number.isFinite(time) && time >= 0 ? time : undefined;
}

function headerOf(holder: unknown): string | undefined {
  const headers = property(holder, "headers");
  const get = property(headers, "get");
  // By what it can do: packages that fetch, as undici and node-fetch, have classes of their own, and so have other realms.
  const value: unknown =
    typeof get === "function"
      ? Reflect.apply(get, headers, ["retry-after"])
      : (property(headers, "retry-after") ?? property(headers, "Retry-After"));
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
