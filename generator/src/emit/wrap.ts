/** Keeps what fits on one line, and gives the items of longer lists lines of their own. */

/** Columns, as much as the longest signatures need. */
const WIDTH = 130;

/** Whether a text fits on a line that has `taken` columns besides. */
export function isShort(text: string, taken = 0): boolean {
  return taken + text.length <= WIDTH;
}

/** `open` and `close` around items, on one line where there is room beside the `taken` columns. */
export function wrapped(open: string, items: readonly string[], close: string, taken: number): string {
  const line = `${open}${items.join(", ")}${close}`;
  return isShort(line, taken) ? line : [open.trimEnd(), ...items.map((item) => `  ${item},`), close.trimStart()].join("\n");
}
