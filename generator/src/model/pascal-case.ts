/** How a workflow's name becomes part of an identifier. */

/** `order`, `Order` and `order-items` become `Order`, `Order` and `OrderItems`; a text without letters becomes `State` and its digits. */
export function pascalCase(text: string): string {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^\p{L}/u.test(joined) ? joined : `State${joined}`;
}
