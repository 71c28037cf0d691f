/** A project near the root of the disk, as `/srv/app` is: the compiler does not watch what it has not found there. */

import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { TSCONFIG, WatchedProject } from "./watched-project.js";

const ping = `import { workflow } from "cano";
export enum Ping { Send = "send", Done = "done" }
class Send { run() { return Ping.Done; } }
export const ping = workflow({ states: Ping, initial: Ping.Send, exits: [Ping.Done], tasks: { [Ping.Send]: Send } });
`;
const main = `import { createPing } from "./ping.cano.js";
export const { state } = await createPing().orchestrate();
`;

test.each([["include"], ["files"]])(
  "a module is used as soon as it is written, and when it is written again, in a project by `%s`",
  async (by) => {
    const place = mkdtempSync(join(tmpdir(), "cano-"));
    onTestFinished(() => {
      rmSync(place, { recursive: true });
    });
    using near = new WatchedProject(place, {
      "tsconfig.json": by === "include" ? TSCONFIG : TSCONFIG.replace('"include":["**/*.ts"]', '"files":["main.ts","ping.ts"]'),
      "ping.ts": ping,
      "main.ts": main,
    });
    symlinkSync(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(place, "node_modules"));
    expect(await near.start()).toMatchObject({ problems: [], written: ["ping.cano.ts"] });
    near.write({ "main.ts": `${main}// x\n` });
    expect(await near.next()).toEqual({ problems: [], written: [], changes: ["main.ts changed"] });
    near.remove("ping.cano.ts");
    expect(await near.next()).toEqual({ problems: [], written: ["ping.cano.ts"], changes: ["ping.cano.ts gone"] });
    near.write({ "main.ts": main });
    expect(await near.next()).toMatchObject({ problems: [] });
  },
);
