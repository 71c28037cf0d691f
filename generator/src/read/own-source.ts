/** Tells the user's own files from declarations, packages and what the generator writes. */

/** Whether a file is the user's own source. */
export function isOwnSource(file: string): boolean {
  return !file.includes("/node_modules/") && !/\.d\.[cm]?ts$/.test(file) && !isGenerated(file);
}

/** Whether a file is one that the generator writes. */
export function isGenerated(file: string): boolean {
  return /\.cano\.[cm]?tsx?$/.test(file);
}
