import { z } from "zod";
import { GRAPH_FORMATS } from "./format-list.ts";

/** An assembly as one document: `text` (Markdown), `page` (HTML) or `data` (JSON). */
export const AssemblyDocument = z.enum(["text", "page", "data"]);
export type AssemblyDocument = z.infer<typeof AssemblyDocument>;

/** Formats in which an assembly can be taken along: one document, a picture, or the graph of the whole. */
export const ASSEMBLY_FORMATS = [...AssemblyDocument.options, "picture", ...GRAPH_FORMATS] as const;
export const AssemblyFormat = z.enum(ASSEMBLY_FORMATS);
export type AssemblyFormat = z.infer<typeof AssemblyFormat>;

export function isAssemblyDocument(format: AssemblyFormat): format is AssemblyDocument {
  return AssemblyDocument.safeParse(format).success;
}
