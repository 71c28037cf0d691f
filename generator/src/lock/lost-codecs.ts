/** Tells which codecs of one version of a workflow have stored what the codecs of another cannot read. */

import type { CodecLoss } from "../diagnostics/catalogue/migrations.js";
import { findShapeMisfit } from "../shapes/find-shape-misfit.js";
import { differenceWords } from "../shapes/list-differences.js";
import type { LockedCodec, LockedVersion } from "./lock.js";

/** The codecs of `was` whose work `is` cannot read, by their names. */
export function listLostCodecs(was: LockedVersion, is: LockedVersion): readonly CodecLoss[] {
  return was.codecs.flatMap(
    (codec) =>
      lossOf(
        codec,
        is.codecs.find(({ name }) => name === codec.name),
      ) ?? [],
  );
}

function lossOf(was: LockedCodec, is: LockedCodec | undefined): CodecLoss | undefined {
  const codec = was.name;
  if (is === undefined) return { codec, kind: "gone" };
  // A date and a big integer are both stored as texts, and neither codec can do anything with those of the other.
  if (was.canos !== undefined && is.canos !== undefined)
    return was.canos === is.canos ? undefined : { codec, kind: "other", was: was.canos, is: is.canos };
  const misfit = findShapeMisfit(was.encoded, is.encoded);
  return misfit && { codec, kind: "encoded", difference: differenceWords(misfit) };
}
