/** The look of a picture: quiet, with one colour for what a run did, in light and dark surroundings. Whatever a colour says, a shape or a word says too. */

import { FONTS } from "./text-line.js";

const FAMILY = `"Helvetica Neue", Helvetica, Arial, "Liberation Sans", Arimo, sans-serif`;

interface Palette {
  readonly paper: string;
  readonly card: string;
  readonly exit: string;
  readonly chip: string;
  readonly border: string;
  readonly line: string;
  readonly ink: string;
  readonly soft: string;
  readonly walked: string;
  readonly onWalked: string;
  readonly failed: string;
}

const LIGHT: Palette = {
  paper: "#fbfcfe",
  card: "#ffffff",
  exit: "#f1f5f9",
  chip: "#f1f5f9",
  border: "#8593a8",
  line: "#7b8aa1",
  ink: "#101828",
  soft: "#55637a",
  walked: "#1d4ed8",
  onWalked: "#ffffff",
  failed: "#b42318",
};

const DARK: Palette = {
  paper: "#0e131b",
  card: "#182130",
  exit: "#0f1622",
  chip: "#243044",
  border: "#6b7b93",
  line: "#76869e",
  ink: "#e8edf5",
  soft: "#a3b1c6",
  walked: "#7aa2ff",
  onWalked: "#0e131b",
  failed: "#ff8a7a",
};

/** The rules. Each begins with the class of the picture, so that they touch nothing of a page that it is put into. */
export function renderStyleSheet(): string {
  const fonts = Object.entries(FONTS).map(
    ([style, { size, bold }]) => `.${style}{font-size:${size}px;font-weight:${bold ? 600 : 400}}`,
  );
  return [
    ...scope([`text{font-family:${FAMILY};text-anchor:middle}`, ...fonts, ...SHAPES, ...colours(LIGHT)]),
    `@media (prefers-color-scheme:dark){`,
    ...scope(colours(DARK)),
    "}",
  ].join("\n");
}

const SHAPES = [
  ".line,.icon,.inner,.outline,.chip rect{fill:none;stroke-width:1.25;stroke-linejoin:round;stroke-linecap:round}",
  ".icon{stroke-width:1.3}",
  ".chip rect{stroke-width:1}",
  ".fallback .line,.computed rect,.dashed rect{stroke-dasharray:4 3}",
  ".walked>.line{stroke-width:2.5}",
  ".walked>.outline{stroke-width:2.25}",
  ".away:not(.label),.label.away text{opacity:.42}",
] as const;

function colours({ paper, card, exit, chip, border, line, ink, soft, walked, onWalked, failed }: Palette): readonly string[] {
  return [
    `.paper,.under{fill:${paper}}`,
    `text{fill:${ink}}`,
    `.task,.note{fill:${soft}}`,
    `.outline,.inner{fill:${card};stroke:${border}}`,
    `.exit>.outline,.exit>.inner{fill:${exit}}`,
    `.bar,.dot{fill:${ink}}`,
    `.line,.icon{stroke:${line}}`,
    `.head{fill:${line}}`,
    `.bead{fill:${line};stroke:${line}}`,
    `.hollow{fill:${paper}}`,
    `.icon{stroke:${soft}}`,
    `.chip rect{fill:${chip};stroke:${chip}}`,
    `.dashed rect,.branch rect,.computed rect{fill:${card};stroke:${border}}`,
    `.walked>.outline,.walked>.inner,.walked>.line,.walked>.bead{stroke:${walked}}`,
    `.walked>.head,.walked>.bead{fill:${walked}}`,
    `.walked>.hollow{fill:${paper}}`,
    `.visits rect,.finished rect,.standing rect{fill:${walked};stroke:${walked}}`,
    `.failed rect{fill:${failed};stroke:${failed}}`,
    `.chip.finished .icon,.chip.standing .icon,.chip.failed .icon{stroke:${onWalked}}`,
    `.on{fill:${onWalked}}`,
    `.stopped>.outline,.stopped>.inner{stroke:${failed}}`,
  ];
}

function scope(rules: readonly string[]): readonly string[] {
  return rules.map((rule) => {
    const [selectors = "", body = ""] = rule.split(/(?=\{)/);
    return (
      selectors
        .split(",")
        .map((selector) => `.cano-graph ${selector}`)
        .join(",") + body
    );
  });
}
