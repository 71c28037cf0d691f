/** What a failure is known by to programs. */

/** The code of an error, as Node's and databases' have one; undefined where it has none. Errors of Node are no `Error` of Jest's, nor of any other realm. */
export function codeOf(error: unknown): string | undefined {
  const code: unknown = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
