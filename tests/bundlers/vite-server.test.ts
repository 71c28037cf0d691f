/** A real Vite dev server with the plugin, asked through HTTP, and a page that hears what it is told. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { Other } from "../support/processes.js";
import { LOST, ParcelApp, SCRIPTS } from "./parcel-app.js";
import { Page, type Told } from "./web-socket.js";

let app: ParcelApp;
let server: Other;
let url: string;
let page: Page;
const wrote: string[] = [];

async function start(): Promise<void> {
  server = new Other(SCRIPTS.vite, app.path, "--host", "127.0.0.1", "--port", "0");
  url = (await until(/Local:\s+(\S+)/))[1] ?? "";
  page = await Page.open(url);
}

/** Waits for a line of the server's. */
async function until(line: RegExp): Promise<RegExpExecArray> {
  for (;;) {
    const printed = await server.line();
    if (/wrote /.test(printed)) wrote.push(printed);
    const found = line.exec(printed);
    if (found) return found;
  }
}

/** What the server answers, without the source map. */
async function get(path: string, status = 200): Promise<string> {
  const response = await fetch(url + path);
  const [text = ""] = (await response.text()).split("//# sourceMappingURL");
  expect([path, response.status, response.status === status ? "" : text]).toEqual([path, status, ""]);
  return text;
}

/** What a page is told next that is of a type. */
async function nextOf(type: string): Promise<Told> {
  for (;;) {
    const told = await page.next();
    if (told.type === type) return told;
  }
}

beforeEach(({ task }) => {
  app = new ParcelApp(`vite-${task.id}`);
  wrote.length = 0;
});
afterEach(async () => {
  page[Symbol.dispose]();
  await server.kill();
});

const MODULE = "src/parcel.cano.ts";
// What the module holds once a parcel may turn out to be too heavy when it is sent.
const REFUSED = "exit(run, 1, 3, Parcel.TooHeavy)";

test("an edit of a task is served as soon as pages hear of it; a mistake is an overlay until it is mended", async () => {
  await start();
  expect(wrote).toEqual([expect.stringContaining(`wrote ${MODULE}`)]);
  expect(await get(MODULE)).not.toContain(REFUSED);

  app.edit("src/parcel.ts", "return to(Parcel.Sent", "if (kilos === 13) return Parcel.TooHeavy;\n    return to(Parcel.Sent");
  expect(["update", "full-reload"]).toContain((await page.next()).type);
  expect(await get(MODULE)).toContain(REFUSED);

  app.lose();
  const overlay = await nextOf("error");
  expect(overlay.err).toMatchObject({ stack: "", id: app.at("src/parcel.ts"), plugin: "cano-gen" });
  expect(overlay.err?.message).toContain(`${LOST}\n  --> src/parcel.ts:4:92\n`);
  expect(overlay.err?.message).toContain("^^^^");
  // A page that is opened now gets the same, and nothing that is generated.
  expect(await get(MODULE, 500)).toContain(LOST);
  // Vite itself tells all pages what it could not serve.
  expect((await page.next()).type).toBe("error");
  // Another edit that mends nothing changes no page.
  app.edit("src/main.ts", "input: 12", "input: 14");
  expect((await page.next()).type).toBe("error");

  app.find();
  expect((await page.next()).type).toBe("full-reload");
  expect(await get(MODULE)).toContain(REFUSED);
  expect(await get("src/main.ts")).toContain("input: 14");
  await until(/no errors/);
  // The module is what it was before the mistake: it was written once for each of the two machines.
  expect(wrote).toHaveLength(2);
});

test("started with a mistake, the server goes on, and has what it takes once that is mended", async () => {
  app.lose();
  await start();
  expect(await get("src/main.ts", 500)).toContain(LOST);
  app.find();
  expect((await nextOf("full-reload")).type).toBe("full-reload");
  expect(await get("src/main.ts")).toContain("createParcel");
  expect(await get(MODULE)).not.toContain(REFUSED);
});

test("a module that was removed is written again", async () => {
  await start();
  app.remove(MODULE);
  await until(/wrote /);
  expect(await get(MODULE)).toContain("createParcel");
});
