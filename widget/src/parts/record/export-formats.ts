import type { FileFormat } from "@mindminder/protocol/http-api.ts";

/** File formats of the record, by names that are the same in all languages. */
export const EXPORT_FORMATS: readonly { readonly format: FileFormat; readonly name: string }[] = [
  { format: "markdown", name: "Markdown" },
  { format: "html", name: "HTML" },
  { format: "json", name: "JSON" },
  { format: "webvtt", name: "WebVTT" },
  { format: "subrip", name: "SRT" },
  { format: "csv", name: "CSV" },
];
