/** The text of SVG elements: attributes, escapes, rounded numbers. Knows nothing of what is drawn. */

/** What an element says of itself; undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Renders an element around `children`, which are elements themselves, each on a line of its own. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const start = `<${name}${renderAttributes(attributes)}`;
  return children.length === 0 ? `${start}/>` : [`${start}>`, ...children, `</${name}>`].join("\n");
}

/** Renders an element that holds text. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  return `<${name}${renderAttributes(attributes)}>${escapeText(text)}</${name}>`;
}

/** A number with one decimal at the most: the same machine gives the same bytes, and no picture needs more. */
export function round(value: number): number {
  const rounded = Math.round(value * 10) / 10;
  return rounded === 0 ? 0 : rounded;
}

/** The value of a `transform` that moves. */
export function translate(x: number, y: number): string {
  return `translate(${round(x)} ${round(y)})`;
}

function renderAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) =>
      value === undefined ? "" : ` ${name}="${escapeText(typeof value === "number" ? String(round(value)) : value)}"`,
    )
    .join("");
}

// What XML 1.0 cannot hold, not even escaped, is shown as the mark of a lost character; white space of any kind is a space.
function escapeText(text: string): string {
  return text
    .replace(/\s/g, " ")
    .replace(/[^\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\u{FFFD}")
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
