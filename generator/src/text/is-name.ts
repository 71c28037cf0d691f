/** Tells whether a text can stand as a name in code. */

/** Whether a property of this name can be written as `.name`. A sign that only looks like a digit, as the one in `m²`, is not of a name. */
export function isName(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text);
}
