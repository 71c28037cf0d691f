/** Codes 9xxx: faults of the generator itself. */

import { define } from "./define.js";

/** CANO9001 */
export const internalError = define<{ stage: string; error: string }>(
  "CANO9001",
  "error",
  {
    title: "cano-gen failed",
    reason:
      "Something happened inside the generator that it was not prepared for. That is a fault of the generator, whatever the source looks like. " +
      "Nothing was written.",
  },
  ({ stage, error }) => ({
    message: `internal error while ${stage}: ${error}`,
    help: "this is a fault of cano-gen: please report it with this message and the smallest source that shows it; `CANO_DEBUG=1` adds the stack",
  }),
);
