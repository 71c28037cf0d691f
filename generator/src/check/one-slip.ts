/** Tells a slip of the pen from another word. */

/** Whether the two differ by one letter missing, added, replaced or swapped with its neighbour, or by upper and lower case only. */
export function isOneSlip(found: string, meant: string): boolean {
  if (found === meant) return false;
  if (found.toLowerCase() === meant.toLowerCase()) return true;
  const [short, long] = found.length <= meant.length ? [found, meant] : [meant, found];
  const start = commonLength(short, long);
  const shortRest = short.slice(start);
  const longRest = long.slice(start);
  if (short.length + 1 === long.length) return longRest.slice(1) === shortRest;
  if (short.length !== long.length) return false;
  const replaced = shortRest.slice(1) === longRest.slice(1);
  const swapped = shortRest[0] === longRest[1] && shortRest[1] === longRest[0] && shortRest.slice(2) === longRest.slice(2);
  return replaced || swapped;
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
