/** Loads what is not needed before a run is watched, or somebody asks for health: in one place, so that who waits for it can tell when it is there. */

/** See the file's first line. */
export function loadOnDemand(): Promise<typeof import("./on-demand.js")> {
  return import("./on-demand.js");
}
