import type { FileFormat } from "@mindminder/protocol/http-api.ts";

/** What the record can be taken along as, by the names that all languages have for them. */
export const EXPORT_FORMATS: readonly { readonly format: FileFormat; readonly name: string }[] = [
  { format: "markdown", name: "Markdown" },
  { format: "html", name: "HTML" },
  { format: "json", name: "JSON" },
  { format: "webvtt", name: "WebVTT" },
  { format: "subrip", name: "SRT" },
  { format: "csv", name: "CSV" },
];
