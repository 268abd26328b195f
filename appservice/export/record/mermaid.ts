import { shortened } from "../../language/shortened.ts";
import type { NodeKind } from "../../protocol/meeting-graph.ts";
import type { GraphFormat } from "../file-format.ts";

/** Shapes of Mermaid's flowcharts (https://mermaid.js.org/syntax/flowchart.html); all other kinds are boxes. */
const SHAPES: Readonly<Partial<Record<NodeKind, readonly [string, string]>>> = {
  participant: ["([", "])"],
  circle: ["((", "))"],
  theme: ["(", ")"],
  decision: ["{{", "}}"],
  task: ["[[", "]]"],
  question: [">", "]"],
};
const LETTERS = 120;

/** Graph for pages that draw Mermaid's text themselves: GitLab, GitHub, many wikis. */
export default {
  about: "For pages that draw Mermaid's text: GitLab, GitHub, many wikis",
  extension: "mmd",
  mediaType: "text/vnd.mermaid",
  draw({ nodes, edges }, t) {
    const names = new Map(nodes.map(({ id }, at) => [id, `n${at + 1}`]));
    return [
      "flowchart LR",
      ...nodes.map(({ id, kind, text }) => {
        const [open, close] = SHAPES[kind] ?? ["[", "]"];
        return `  ${names.get(id)}${open}"${plain(text)}"${close}:::${kind}`;
      }),
      ...edges.map(
        ({ kind, source, target }) =>
          `  ${names.get(source)} ${kind === "same" ? "---" : "-->"}|"${plain(t(`graph.edge.${kind}`))}"| ${names.get(target)}`,
      ),
      "  classDef decision fill:#e6f4f2,stroke:#0f6e66",
      "  classDef task fill:#f3eefc,stroke:#6d3fc0",
      "  classDef objection stroke:#c62828",
      "  classDef agreement stroke:#15803d",
      "",
    ].join("\n");
  },
} satisfies GraphFormat;

/**
 * Escapes a text, so that nothing in it is markup of Mermaid, HTML or Markdown: letters that could be are written as
 * codes.
 */
function plain(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  // Mermaid looks for formulas and icons once the codes are letters again.
  const parted = shortened(line, LETTERS)
    .replace(/\$(?=\$)/g, `$${NOTHING}`)
    .replace(/\bfa[a-z]?:(?=fa)/gi, (icon) => `${icon}${NOTHING}`);
  return parted.replace(/["#&<>`*_\\|%{}:;]/g, (letter) => `#${letter.codePointAt(0)};`) || "…";
}

/** Space of no width. */
const NOTHING = "\u200b";
