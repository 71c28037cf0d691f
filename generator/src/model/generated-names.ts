/** How a workflow's name becomes part of identifiers, and what its generated module exports under them. */

/** `order`, `Order` and `order-items` become `Order`, `Order` and `OrderItems`; a text without letters becomes `State` and its digits. */
export function pascalCase(text: string): string {
  const words = text.match(/(?:(?=\p{ID_Continue})[\p{L}\p{N}])+/gu) ?? [];
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^\p{L}/u.test(joined) ? joined : `State${joined}`;
}

/** `quote-parcel` and `QuoteParcel` both become `quoteParcel`. */
export function camelCase(text: string): string {
  const pascal = pascalCase(text);
  // A leading acronym goes down as a whole: `HTTPCall` becomes `httpCall`.
  return pascal.replace(/^\p{Lu}+(?!\p{Ll})|^\p{Lu}/u, (start) => start.toLowerCase());
}

/** What a generated module exports of the workflow `name`: its factory, the machine as data, and its types. */
export function exportedNames(name: string): readonly string[] {
  const prefix = pascalCase(name);
  const types = ["State", "Resources", "Request", "Result", "Options"].map((type) => `${prefix}${type}`);
  return [`create${prefix}`, `${camelCase(name)}Graph`, ...types];
}
