import type { RecordFormat } from "./exported-meeting.ts";
import { html } from "./record/html.ts";
import { json } from "./record/json.ts";
import { markdown } from "./record/markdown.ts";
import { subrip, webvtt } from "./record/subtitles.ts";

export const RECORD_FORMATS: readonly RecordFormat[] = [markdown, html, json, webvtt, subrip];

/** By its name or by the ending of its files. */
export function recordFormat(wanted: string): RecordFormat | null {
  return RECORD_FORMATS.find(({ id, extension }) => [id, extension].includes(wanted.toLowerCase())) ?? null;
}
