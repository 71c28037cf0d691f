/**
 * The plugin's part for Vite's dev server, which must not end with an error: it is shown as an overlay, nothing that is generated is served until it
 * is mended, and then pages begin anew. Builds are `unplugin.ts`'s.
 */

import type { Logger, Plugin, ViteDevServer } from "vite";
import { displayPath } from "../diagnostics/display-path.js";
import type { BuildFailure } from "./build-failure.js";
import { importsGenerated, isGeneratedModule } from "./generated-modules.js";
import type { Generation, Standing } from "./generation.js";

/** Milliseconds from an event to the look at the disk: some editors empty a file before they write it. */
const gathering = 10;

/** What may decide how workflows stand: sources, configurations, the lock. */
const matters = /\.(?:[cm]?tsx?|json)$/;

/** One dev server. */
export class ViteServer {
  private standing: Standing | undefined;
  private next: Promise<void> | undefined;
  private server: ViteDevServer | undefined;

  constructor(
    private readonly generation: Generation,
    private readonly root: string,
    private readonly logger: Logger,
  ) {}

  /** The hooks that only a dev server has. */
  listen(server: ViteDevServer): void {
    this.server = server;
    server.watcher.on("all", (_, path) => {
      if (matters.test(path)) void this.update();
    });
  }

  /** Brings the modules up to date, and tells pages when that goes wrong or is mended. */
  update(): Promise<void> {
    // Whoever asks while nobody has looked yet gets the same look.
    this.next ??= new Promise((look) => setTimeout(look, gathering)).then(async () => {
      this.next = undefined;
      const before = this.standing;
      const now = await this.generation.update();
      this.standing = now;
      if (now.isNew) this.tell(before, now);
    });
    return this.next;
  }

  /** Where what `path` changes would end: nowhere while something is wrong, so that a page stays as it was. */
  async hotUpdate(path: string): Promise<[] | undefined> {
    if (!matters.test(path)) return undefined;
    await this.update();
    return this.failure ? [] : undefined;
  }

  /** Why a generated module cannot be served. */
  get failure(): BuildFailure | undefined {
    return this.standing?.failure;
  }

  private tell(before: Standing | undefined, { failure, warnings, written, inputs }: Standing): void {
    const { logger, server } = this;
    server?.watcher.add([...inputs]);
    for (const path of written) logger.info(`wrote ${displayPath(path, this.root)}`, { timestamp: true });
    if (warnings !== undefined) logger.warn(warnings, { timestamp: true });
    if (failure || written.length > 0) this.forgetModules();
    if (failure) {
      logger.error(failure.message, { timestamp: true, error: failure });
      const { message, id, loc, plugin } = failure;
      server?.ws.send({ type: "error", err: { message, stack: "", plugin, ...(id !== undefined && loc ? { id, loc } : {}) } });
    } else if (before?.failure) {
      logger.info("cano-gen: no errors", { timestamp: true });
      server?.ws.send({ type: "full-reload" });
    }
  }

  /** What was served before is not served again: of what has been written Vite hears later than pages do of the edit. */
  private forgetModules(): void {
    for (const { moduleGraph } of Object.values(this.server?.environments ?? {}))
      for (const module of moduleGraph.idToModuleMap.values())
        if (isGeneratedModule.test(module.id ?? "")) moduleGraph.invalidateModule(module);
  }
}

/** Vite's own hooks; `find` gives the dev server, and undefined in a build. */
export function viteHooks(find: () => ViteServer | undefined): Partial<Plugin> {
  const refuse = (): undefined => {
    const failure = find()?.failure;
    if (failure) throw failure;
  };
  return {
    configureServer: (server) => find()?.listen(server),
    hotUpdate: ({ file }) => find()?.hotUpdate(file),
    // While something is wrong a module may not be there yet; Vite would say no more than that.
    resolveId: {
      filter: { id: importsGenerated },
      async handler(source, importer, options) {
        if (!find()?.failure) return;
        if (!(await this.resolve(source, importer, { ...options, skipSelf: true }))) refuse();
      },
    },
    load: { filter: { id: isGeneratedModule }, handler: refuse },
  };
}
