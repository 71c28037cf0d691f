/** Says on a terminal what is going on, once it has taken longer than a second, and wipes it away at the end. */

import type { Surroundings } from "./request.js";

/** Milliseconds after which silence becomes uncomfortable. */
const patience = 1_000;

/** A line that changes; nothing where nobody watches. */
export interface Progress {
  show(stage: string): void;
  clear(): void;
}

/** Starts to watch the time. The stages are synchronous, so only their beginnings can be shown. */
export function startProgress({ isTerminal, stderr, now }: Surroundings): Progress {
  const startedAt = now();
  let shown = false;
  return {
    show(stage) {
      if (!isTerminal || now() - startedAt < patience) return;
      stderr(`\r\u001B[Kcano-gen: ${stage}…`);
      shown = true;
    },
    clear() {
      if (shown) stderr("\r\u001B[K");
      shown = false;
    },
  };
}
