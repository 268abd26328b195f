/** A format's name on the page's buttons: the same in all languages, or a key of its catalogues. */
type FormatName = string | { readonly key: string };
/**
 * Source of a file: the record of a meeting, a graph (of a meeting, or of all meetings of a room), or the picture of
 * one meeting's graph.
 */
type FormatSource = "record" | "graph" | "picture";

/**
 * Formats in which people take things along, in the order of the buttons; the first is written where none is asked for.
 * A new one is a file of that name in `export/record/`, and a line here.
 */
export const FORMAT_LIST = {
  markdown: { of: "record", name: "Markdown" },
  html: { of: "record", name: "HTML" },
  json: { of: "record", name: "JSON" },
  webvtt: { of: "record", name: "WebVTT" },
  subrip: { of: "record", name: "SRT" },
  csv: { of: "record", name: "CSV" },
  icalendar: { of: "record", name: "iCalendar" },
  "graph-json": { of: "graph", name: "JSON" },
  graphml: { of: "graph", name: "GraphML" },
  mermaid: { of: "graph", name: "Mermaid" },
  "graph-svg": { of: "picture", name: { key: "graph.poster" } },
} as const satisfies Readonly<Record<string, { readonly of: FormatSource; readonly name: FormatName }>>;

type Formats = typeof FORMAT_LIST;
type Name = keyof Formats;
type NameOf<Source extends FormatSource> = {
  [Each in Name]: Formats[Each]["of"] extends Source ? Each : never;
}[Name];

export const FILE_FORMATS = Object.keys(FORMAT_LIST) as [Name, ...Name[]];
/** Formats in which a graph can be had, of one meeting or of a whole room. */
export const GRAPH_FORMATS = formatsOf("graph");

/** Formats of one source, in their order. */
export function formatsOf<Source extends FormatSource>(source: Source): [NameOf<Source>, ...NameOf<Source>[]] {
  return FILE_FORMATS.filter((format) => FORMAT_LIST[format].of === source) as [NameOf<Source>, ...NameOf<Source>[]];
}
