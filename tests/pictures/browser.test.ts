/** The recorded pictures as a real browser shows them, with the fonts that it has. Skipped, and said so, where no Chromium is installed. */

/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "./find-chromium.js";
import { PICTURES } from "./recorded.js";

const executablePath = findChromium();
if (executablePath === undefined) console.warn("no Chromium on the path: pictures are not looked at in a browser");

// What a browser draws is not cut at whole pixels.
const SLACK = 0.6;

describe.skipIf(executablePath === undefined)("in Chromium", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
    browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args });
    page = await browser.newPage();
  });
  afterAll(async () => await browser.close());

  test.each(readdirSync(PICTURES))("%s: texts overlap nothing and stay in their cards", async (file) => {
    await show(page, file);
    expect(await page.evaluate(findFaults, SLACK)).toEqual([]);
  });

  test.each(readdirSync(PICTURES))("%s is XML", async (file) => {
    const faults = await page.evaluate(
      (text) => [...new DOMParser().parseFromString(text, "image/svg+xml").querySelectorAll("parsererror")].map(String),
      readFileSync(join(PICTURES, file), "utf8"),
    );
    expect(faults).toEqual([]);
  });

  test("a font that is wider than the one that was measured keeps to the same room", async () => {
    await show(page, "every-kind.svg");
    await page.addStyleTag({ content: ".cano-graph text { font-family: monospace !important }" });
    expect(await page.evaluate(findFaults, SLACK)).toEqual([]);
    // Left to itself, it would not.
    await page.evaluate(() => document.querySelectorAll("text").forEach((text) => text.removeAttribute("textLength")));
    expect(await page.evaluate(findFaults, SLACK)).not.toEqual([]);
  });

  test("light and dark, as the reader's system is", async () => {
    await show(page, "order.svg");
    const paper = async (colorScheme: "light" | "dark"): Promise<string> => {
      await page.emulateMedia({ colorScheme });
      return await page.evaluate(() => getComputedStyle(document.querySelector(".paper") ?? document.body).fill);
    };
    expect(await paper("dark")).not.toBe(await paper("light"));
  });
});

async function show(page: Page, file: string): Promise<void> {
  await page.setContent(`<!doctype html><body style="margin:0">${readFileSync(join(PICTURES, file), "utf8")}</body>`);
}

/** Runs in the browser. */
function findFaults(slack: number): string[] {
  const meet = (a: DOMRect, b: DOMRect): boolean =>
    a.left + slack < b.right && b.left + slack < a.right && a.top + slack < b.bottom && b.top + slack < a.bottom;
  const isInside = (a: DOMRect, frame: DOMRect): boolean =>
    a.left + slack >= frame.left &&
    a.right - slack <= frame.right &&
    a.top + slack >= frame.top &&
    a.bottom - slack <= frame.bottom;
  const paper = document.querySelector(".paper")?.getBoundingClientRect() ?? new DOMRect();
  const texts = [...document.querySelectorAll("text")].map((text) => ({
    name: text.textContent ?? "",
    box: text.getBoundingClientRect(),
    frame: text.closest("g.state")?.querySelector(".outline")?.getBoundingClientRect() ?? paper,
  }));
  const chips = [...document.querySelectorAll(".state .chip rect")].map((chip) => chip.getBoundingClientRect());
  const cards = [...document.querySelectorAll(".state > .outline")].map((card) => card.getBoundingClientRect());
  return [
    ...texts.filter(({ box, frame }) => !isInside(box, frame)).map(({ name }) => `${name} leaves its card`),
    ...texts.flatMap((a, place) =>
      texts.slice(place + 1).flatMap((b) => (meet(a.box, b.box) ? [`${a.name} overlaps ${b.name}`] : [])),
    ),
    // A text lies on one chip as a whole, or on none.
    ...texts.flatMap(({ name, box }) =>
      chips.some((chip) => meet(box, chip) && !isInside(box, chip)) ? [`${name} leaves its chip`] : [],
    ),
    ...cards.flatMap((a, place) => cards.slice(place + 1).flatMap((b) => (meet(a, b) ? ["two cards overlap"] : []))),
    ...(texts.length === 0 || cards.length === 0 ? ["nothing is shown"] : []),
  ];
}
