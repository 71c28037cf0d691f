/** The bounds of points in time. */

/** Milliseconds since 1970: a `Date` can be no later, and no earlier than the negative. */
export const LAST_TIME = 8.64e15;
