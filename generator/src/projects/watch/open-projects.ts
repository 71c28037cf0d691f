/** The projects of a watch, each kept open for as long as it is asked for. */

import { pathsOf } from "../../files/tsconfig-chain.js";
import { optionsFor } from "../../read/open-project.js";
import type { Change, OpenProject } from "../../read/watch-project.js";
import { watchProject } from "../../read/watch-project.js";
import type { WatchedDisk } from "../../read/watched-disk.js";
import type { ProjectRequest } from "../find-projects.js";

/** A request with its project. */
export type OpenRequest = ProjectRequest & Required<Pick<ProjectRequest, "open">>;

/** A set of open projects. */
export class OpenProjects {
  private readonly known = new Map<string, OpenProject>();

  constructor(private readonly disk: WatchedDisk) {}

  /** Closes the projects that are not asked for any more and brings the others up to date. Throws what the compiler throws. */
  keep(requests: readonly ProjectRequest[]): readonly Change[] {
    const wanted = new Set(requests.map(keyOf));
    for (const [key, project] of this.known) if (!wanted.has(key)) this.drop(key, project);
    return this.update();
  }

  /** The projects that are asked for, as of the last update; those that are new are opened. */
  all(requests: readonly ProjectRequest[]): readonly OpenRequest[] {
    return requests.map((request) => {
      const key = keyOf(request);
      const project = this.known.get(key) ?? watchProject(optionsFor(request), this.disk);
      this.known.set(key, project);
      return { ...request, open: project.project };
    });
  }

  /** Brings all projects up to date. */
  update(): readonly Change[] {
    return [...this.known.values()].flatMap((project) => project.update());
  }

  /** Has everything read anew. */
  forget(): void {
    for (const project of this.known.values()) project.forget();
  }

  close(): void {
    for (const [key, project] of this.known) this.drop(key, project);
  }

  private drop(key: string, project: OpenProject): void {
    this.known.delete(key);
    project.close();
  }
}

// With a base that is found elsewhere than before it is another project: nobody tells the compiler that a package has changed its mind.
function keyOf({ tsconfig, chain, files }: ProjectRequest): string {
  return JSON.stringify([tsconfig, chain && pathsOf(chain), files]);
}
