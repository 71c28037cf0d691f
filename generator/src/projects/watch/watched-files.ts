/** Files that decide a pass and are no part of a program: configurations, named files, locks, generated modules. Tells which are not as they were. */

import { ABSENT, askProbe } from "../../files/probe.js";
import type { Change } from "../../read/watch-project.js";
import type { WatchedDisk } from "../../read/watched-disk.js";

/** A set of files, each watched and remembered as it was. */
export class WatchedFiles {
  private readonly known = new Map<string, { answer: string; readonly stop: () => void }>();

  constructor(private readonly disk: Pick<WatchedDisk, "watch">) {}

  /** Watches these files and no others, which need not exist. Those that are new are remembered as they are now. */
  retain(paths: ReadonlySet<string>): void {
    for (const [path, { stop }] of this.known) {
      if (paths.has(path)) continue;
      stop();
      this.known.delete(path);
    }
    for (const path of paths) {
      if (!this.known.has(path)) this.known.set(path, { stop: this.disk.watch(path), answer: askProbe("file", path) });
    }
  }

  /** Which files are not as they are remembered; they are remembered as they are now. */
  take(): readonly Change[] {
    return [...this.known].flatMap(([path, entry]): Change[] => {
      const before = entry.answer;
      entry.answer = askProbe("file", path);
      if (entry.answer === before) return [];
      return [{ path, kind: entry.answer === ABSENT ? "gone" : before === ABSENT ? "new" : "changed" }];
    });
  }

  /** Remembers a file that is watched as it is now. */
  accept(path: string): void {
    const entry = this.known.get(path);
    if (entry) entry.answer = askProbe("file", path);
  }
}
