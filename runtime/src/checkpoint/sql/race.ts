/** Does again what somebody else was faster at. */

/** Thrown where somebody else has just written what was to be written: it is to be looked at again. */
export class LostRace extends Error {
  override readonly name = "LostRace";
}

/** So often something is tried while somebody else keeps writing to it. */
const RACES = 100;

/** See the file's first line. `work` must have left nothing behind when it loses. */
export async function race<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < RACES; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LostRace)) throw error;
    }
  }
  throw new Error("somebody else keeps writing to it");
}
