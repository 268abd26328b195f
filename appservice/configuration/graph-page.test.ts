import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { MinutesOptions } from "../minutes/options.ts";
import { FILE_FORMATS } from "../protocol/format-list.ts";
import { EDGE_KINDS, NODE_KINDS } from "../protocol/meeting-graph.ts";

const DOCS = resolve(import.meta.dirname, "../../docs");
const page = readFileSync(resolve(DOCS, "graph.md"), "utf8");

test("the configurations on the page about the graph are taken as they stand", () => {
  const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, text = ""]) => parse(text) as { minutes: unknown },
  );
  expect(examples).toHaveLength(2);
  for (const { minutes } of examples) expect(MinutesOptions.parse(minutes).embeddings?.model).toBeTruthy();
});

test("the page names every kind of node and line and every format, and has its picture", () => {
  for (const name of [...NODE_KINDS, ...EDGE_KINDS, ...FILE_FORMATS.filter((format) => format.startsWith("graph"))])
    expect(page).toContain(`\`${name}\``);
  expect(existsSync(resolve(DOCS, "graph.png"))).toBe(true);
});
