/** What the pipeline makes, and this folder writes. */

/** A file that is to be written. */
export interface OutputFile {
  /** Absolute path. */
  readonly path: string;
  /** Absolute path of the source that it was made from. */
  readonly source: string;
  readonly text: string;
}
