/** Begins for tsserver: takes what it hands over for each of its projects, and gives a language service back. */

import { describeThrown } from "../diagnostics/internal-error.js";
import { ts } from "../../typescript/index.cjs";
import { decorateLanguageService } from "./language-service.js";

/** The plugin as tsserver calls it. `host` is tsserver's compiler, whose programs are read. */
export function createPlugin(host: object): ts.server.PluginModule {
  return {
    create: ({ languageService, project }) => {
      const log = (line: string): void => {
        project.projectService.logger.info(line);
      };
      try {
        assertChosen(host);
        return decorateLanguageService({ languageService, log });
      } catch (error) {
        log(`cano-gen: ${describeThrown(error)}`);
        return languageService;
      }
    },
  };
}

/** Throws when this process reads with another compiler than the host's: numbers of flags would mean something else. */
export function assertChosen(host: object): void {
  if (ts !== host) throw new Error("the generator was loaded with another compiler before, and reads with that one");
}
