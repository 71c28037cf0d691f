import { renderDot, renderMermaid, renderSvg } from "cano/graph";
import { expect, test } from "vitest";
import { buildGraphJson, renderGraphJson } from "./graph-json.js";
import { sampleMachine } from "./testing/sample-machine.js";

test("Mermaid", () => {
  expect(renderMermaid(buildGraphJson(sampleMachine))).toBe(`flowchart TD
  s0{"Sort<br/>SortOrder"}
  s1[["Quote<br/>split: QuoteFrom, QuoteFrom<br/>join: quorum"]]
  s2["Charge"]
  s3((("Done")))
  s4((("say #34;no#34; #60;b#62;#92;")))
  start0((" "))
  start0 --> s0
  start1((" "))
  start1 --> s2
  s0 -. input .-> s1
  s0 -- fallback --> s4
  s1 -. joined .-> s2
  s2 --> s2
  s2 --> s3
  s2 -. input, fallback .-> s3
`);
});

test("DOT", () => {
  expect(renderDot(buildGraphJson(sampleMachine))).toBe(String.raw`digraph "order" {
  s0 [shape=diamond, label="Sort\nSortOrder"];
  s1 [shape=component, label="Quote\nsplit: QuoteFrom, QuoteFrom\njoin: quorum"];
  s2 [shape=box, label="Charge"];
  s3 [shape=doubleoctagon, label="Done"];
  s4 [shape=doubleoctagon, label="say \"no\" <b>\\"];
  start0 [shape=point, label=""];
  start0 -> s0;
  start1 [shape=point, label=""];
  start1 -> s2;
  s0 -> s1 [style=dashed, label="input"];
  s0 -> s4 [label="fallback"];
  s1 -> s2 [style=dashed, label="joined"];
  s2 -> s2;
  s2 -> s3;
  s2 -> s3 [style=dashed, label="input, fallback"];
}
`);
});

test("DOT shows names as they are, also where Graphviz would read an entity or end a string", () => {
  const exit = { name: "a &amp; b & c &#35; \0 \t\u0085", value: "", kind: "exit", reachable: true } as const;
  expect(renderDot({ name: "&lt;", durable: false, states: [exit], initial: [], transitions: [] })).toBe(`digraph "&amp;lt;" {
  s0 [shape=doubleoctagon, label="a &amp;amp; b & c &amp;#35; \uFFFD  \uFFFD"];
}
`);
});

test("SVG", async () => {
  const svg = await renderSvg(buildGraphJson(sampleMachine));
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" class="cano-graph" role="img" /);
  expect(svg.match(/(?<=<title>).*(?=<\/title>)/g)).toEqual([
    "Workflow order",
    "Sort to Quote, with an input",
    "Sort to say &#34;no&#34; &#60;b&#62;\\, by the fallback",
    "Quote to Charge, with the joined results",
    "Charge to Charge",
    "Charge to Done",
    "Charge to Done, with an input, by the fallback",
    "Sort, router SortOrder",
    "Quote, split",
    "Charge, task Charge",
    "Done, exit",
    "say &#34;no&#34; &#60;b&#62;\\, exit",
  ]);
});

test("JSON names states, and no path of the machine that made it", () => {
  const text = renderGraphJson([sampleMachine]);
  expect(text).not.toContain("/project");
  expect(JSON.parse(text)).toMatchObject({
    version: 1,
    workflows: [
      {
        name: "order",
        durable: false,
        initial: ["Sort", "Charge"],
        states: [
          { name: "Sort", value: "sort", kind: "router", task: "SortOrder", retry: false },
          { name: "Quote", value: "quote", kind: "split", branches: ["QuoteFrom", "QuoteFrom"], join: "quorum" },
          { name: "Charge", value: 7, kind: "task", task: "Charge", retry: true },
          { name: "Done", value: "done", kind: "exit", reachable: true },
          { kind: "exit", reachable: false },
        ],
        transitions: [
          { from: "Sort", to: "Quote", carries: "input", by: "method" },
          { from: "Sort", carries: "nothing" },
          { from: "Quote", to: "Charge", carries: "joined" },
          { from: "Charge", to: "Charge", carries: "nothing" },
          { from: "Charge", to: "Done", carries: "nothing" },
          { from: "Charge", to: "Done", carries: "input", by: "fallback" },
        ],
      },
    ],
  });
});
