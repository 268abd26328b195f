import { shortened } from "../../language/shortened.ts";
import type { GraphNode, MeetingGraph, NodeKind } from "../../protocol/meeting-graph.ts";
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
  draw({ meetings, nodes, edges }, t) {
    const names = new Map(nodes.map(({ id }, at) => [id, `n${at + 1}`]));
    const drawn = ({ id, kind, text }: GraphNode) => {
      const [open, close] = SHAPES[kind] ?? ["[", "]"];
      return `  ${names.get(id)}${open}"${plain(text)}"${close}:::${kind}`;
    };
    const groups = groupsOf(meetings, nodes);
    const grouped = new Set([...groups.values()].flat());
    return [
      "flowchart LR",
      ...[...groups].flatMap(([name, within], at) => [
        `  subgraph g${at + 1}["${plain(name)}"]`,
        ...within.map((node) => `  ${drawn(node)}`),
        "  end",
      ]),
      ...nodes.filter((node) => !grouped.has(node)).map(drawn),
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

/** Nodes of each ring of an assembly. Those of several rings stand beside the groups. */
function groupsOf(meetings: MeetingGraph["meetings"], nodes: readonly GraphNode[]): Map<string, GraphNode[]> {
  const groupOf = new Map(meetings.flatMap(({ id, group }) => (group === undefined ? [] : [[id, group] as const])));
  const groups = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const [only, ...others] = new Set(node.meetings.map((meeting) => groupOf.get(meeting)));
    if (only !== undefined && others.length === 0) groups.set(only, [...(groups.get(only) ?? []), node]);
  }
  return groups;
}

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
