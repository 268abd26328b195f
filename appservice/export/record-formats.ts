import { translateTo } from "../language/translate.ts";
import type { FileFormat, PastMeetingResponse, RecordFile } from "../protocol/http-api.ts";
import type { RecordFormat } from "./exported-meeting.ts";
import { csv } from "./record/csv.ts";
import { html } from "./record/html.ts";
import { json } from "./record/json.ts";
import { markdown } from "./record/markdown.ts";
import { subrip, webvtt } from "./record/subtitles.ts";

const FORMATS: Readonly<Record<FileFormat, RecordFormat>> = { markdown, html, json, webvtt, subrip, csv };

/** The record of a meeting as a file, in the meeting's own language. */
export function recordFile(wanted: FileFormat, { meeting, record }: PastMeetingResponse): RecordFile {
  const { language } = meeting;
  const { extension, mediaType, write } = FORMATS[wanted];
  const day = new Date(meeting.startedAt ?? meeting.at).toISOString().slice(0, 10);
  return { name: `${meeting.scenario.id}-${day}.${extension}`, mediaType, content: write({ meeting, record, language, t: translateTo(language) }) };
}
