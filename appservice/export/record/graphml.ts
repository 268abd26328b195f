import { escapeHtml } from "../../language/escape-html.ts";
import { shortened } from "../../language/shortened.ts";
import type { GraphEdge, GraphNode, MeetingGraph } from "../../protocol/meeting-graph.ts";
import type { GraphFormat } from "../file-format.ts";

/** Names of attributes whose keys are called otherwise: no two keys may have one id. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["nodeKnownBy", "knownBy"],
  ["edgeKnownBy", "knownBy"],
  ["nodeLabel", "label"],
  ["edgeLabel", "label"],
]);

/** Keys of the attributes; Gephi and others write "label" beside a node. */
const KEYS = [
  ["nodeLabel", "node", "string"],
  ["edgeLabel", "edge", "string"],
  ["kind", "node", "string"],
  ["text", "node", "string"],
  ["people", "node", "string"],
  ["circle", "node", "int"],
  ["from", "node", "string"],
  ["nodeKnownBy", "node", "string"],
  ["centrality", "node", "double"],
  ["meetings", "node", "string"],
  ["group", "node", "string"],
  ["relation", "edge", "string"],
  ["weight", "edge", "double"],
  ["edgeKnownBy", "edge", "string"],
] as const;
/** Letters of a label, as many as can be read beside a node; the whole is in its text. */
const LABEL_LETTERS = 120;

type Key = (typeof KEYS)[number][0];

/** GraphML 1.0 (http://graphml.graphdrawing.org/specification.html), as Gephi, yEd and networkx read it. */
export default {
  about: "For Gephi, yEd, networkx",
  extension: "graphml",
  mediaType: "application/graphml+xml",
  draw: ({ meetings, nodes, edges }) =>
    [
      `<?xml version="1.0" encoding="UTF-8"?>`,
      `<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">`,
      ...KEYS.map(
        ([id, of, type]) => `  <key id="${id}" for="${of}" attr.name="${NAMES.get(id) ?? id}" attr.type="${type}"/>`,
      ),
      `  <graph id="meeting" edgedefault="directed">`,
      ...nodes.map((node) => nodeElement(node, meetings)),
      ...edges.map(edgeElement),
      `  </graph>`,
      `</graphml>`,
      ``,
    ].join("\n"),
} satisfies GraphFormat;

function nodeElement(
  { id, kind, text, people, circle, from, knownBy, centrality, meetings }: GraphNode,
  all: MeetingGraph["meetings"],
): string {
  const groups = all.flatMap(({ id: meeting, group }) => (group && meetings.includes(meeting) ? [group] : []));
  const facts = [
    data("nodeLabel", shortened(text, LABEL_LETTERS) || kind),
    data("kind", kind),
    data("text", text),
    data("people", people.join(" ")),
    data("circle", circle === null ? null : circle + 1),
    data("from", from.join(" ")),
    data("nodeKnownBy", knownBy),
    data("centrality", centrality),
    data("meetings", meetings.join(" ")),
    data("group", [...new Set(groups)].join(", ")),
  ];
  return `    <node id="${token(id)}">${facts.join("")}</node>`;
}

function edgeElement({ id, kind, source, target, weight, knownBy }: GraphEdge): string {
  return `    <edge id="${token(id)}" source="${token(source)}" target="${token(target)}">${data("edgeLabel", kind)}${data("relation", kind)}${data("weight", weight)}${data("edgeKnownBy", knownBy)}</edge>`;
}

function data(key: Key, value: string | number | null): string {
  return value === null || value === "" ? "" : `<data key="${key}">${xml(String(value))}</data>`;
}

/** Escapes a text for XML 1.0, which has no room for control characters, even escaped. */
function xml(text: string): string {
  return escapeHtml(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ""));
}

/**
 * Writes an id as a name token (NMTOKEN), as GraphML's schema wants it: a sign that may not stand in one, such as the @
 * of a person, is written as its code.
 */
function token(id: string): string {
  return id.replace(/[^A-Za-z0-9.:-]/gu, (letter) => `_x${letter.codePointAt(0)?.toString(16)}_`);
}
