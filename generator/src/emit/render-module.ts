/** Turns a finished view into text with the templates. Of the sources the only one that knows Handlebars; `scripts/bundle-command.mjs` compiles them beforehand. */

import { readdirSync, readFileSync } from "node:fs";
import Handlebars from "handlebars";
import type { ModuleView } from "./view.js";

const TEMPLATES = new URL("../../templates/", import.meta.url);

/** The names of the templates, the module's own and the partials. */
export function templateNames(): readonly string[] {
  return readdirSync(TEMPLATES).map((file) => file.replace(/\.hbs$/, ""));
}

/** A template's text. */
export function templateText(name: string): string {
  return readFileSync(new URL(`${name}.hbs`, TEMPLATES), "utf8");
}

/** How they are compiled. */
export const TEMPLATE_OPTIONS = { strict: true, noEscape: true, preventIndent: true, knownHelpersOnly: true } as const;

let render: ((view: ModuleView) => string) | undefined;

/** The text of a module. */
export function renderModule(view: ModuleView): string {
  render ??= compileTemplates();
  return render(view);
}

function compileTemplates(): (view: ModuleView) => string {
  const handlebars = Handlebars.create();
  for (const name of templateNames()) {
    // Compiled here, since a partial that Handlebars compiles itself does not get all of these options.
    if (name !== "module") handlebars.registerPartial(name, handlebars.compile(templateText(name), TEMPLATE_OPTIONS));
  }
  return handlebars.compile<ModuleView>(templateText("module"), TEMPLATE_OPTIONS);
}
