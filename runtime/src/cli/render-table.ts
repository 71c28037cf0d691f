/** Lays out a table for a terminal. */

/** A column: its heading, and on which side its texts stand. */
export interface Column {
  readonly heading: string;
  readonly align?: "left" | "right";
  /** Colours the text of row number `at`, once it has its width. */
  readonly paint?: (text: string, at: number) => string;
}

/** Renders rows of texts under headings; nothing but spaces between columns, so that lines can be cut by other tools. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ heading }, at) =>
    rows.reduce((most, row) => Math.max(most, (row[at] ?? "").length), heading.length),
  );
  const line = (texts: readonly string[], paint: (column: Column, text: string) => string): string =>
    columns
      .map((column, at) => {
        const text = texts[at] ?? "";
        const room = " ".repeat((widths[at] ?? 0) - text.length);
        const painted = paint(column, text);
        return column.align === "right" ? room + painted : painted + room;
      })
      .join("  ")
      .trimEnd();
  const headings = columns.map(({ heading }) => heading);
  const lines = [
    line(headings, (_, text) => text),
    ...rows.map((row, at) => line(row, ({ paint }, text) => paint?.(text, at) ?? text)),
  ];
  return `${lines.join("\n")}\n`;
}
