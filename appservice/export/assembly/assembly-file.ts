import { translateTo } from "../../language/translate.ts";
import type { AssemblyDocument } from "../../protocol/assembly-formats.ts";
import { AssemblyRecord, type RingMaterial, type RingResult } from "../../protocol/assembly-record.ts";
import type { RecordFile } from "../../protocol/http-api.ts";
import type { MeetingGraph } from "../../protocol/meeting-graph.ts";
import type { GraphFileFormat } from "../../protocol/file-formats.ts";
import { unturned } from "../../protocol/well-formed.ts";
import { FORMATS } from "../file-formats.ts";
import { asHtml, htmlPage } from "./as-html.ts";
import { asCommonMark } from "./as-commonmark.ts";
import { assemblyPicture } from "./assembly-picture.ts";
import { type Block, chapterOf, wholeOf } from "./document.ts";

/** Chapter of one ring, as it stands in the file: rings are written one by one, since all of them at once are much. */
export function assemblyChapter(format: AssemblyDocument, result: RingResult, material: RingMaterial): string {
  if (format === "data") return JSON.stringify({ meeting: material.meeting, record: material.record });
  const blocks = chapterOf(result, material, translateTo(material.meeting.language));
  return format === "text" ? asCommonMark(blocks) : asHtml(blocks);
}

/** Record of the whole as one document, with the chapters of its rings in their order. */
export function assemblyFile(
  format: AssemblyDocument,
  record: AssemblyRecord,
  chapters: readonly string[],
): RecordFile {
  const t = translateTo(record.language);
  const whole = wholeOf(record, t);
  const write = { text: asCommonMark, page: asHtml };
  if (format === "data") {
    const assembly = JSON.stringify(AssemblyRecord.parse(record));
    return file(
      "json",
      "application/json",
      `{"format":1,"assembly":${assembly},"meetings":[${chapters.join(",")}]}\n`,
      record,
    );
  }
  let next = 0;
  const parts = record.parts.flatMap(({ number, title, rings }): string[] => {
    const heading: Block = { heading: t("assembly.part-heading", { number, title }), level: 2 };
    return [write[format]([heading]), ...rings.map(() => chapters[next++] ?? "")];
  });
  const all = [write[format](whole), ...parts];
  return format === "text"
    ? file("md", "text/markdown", all.join("\n"), record)
    : file("html", "text/html", htmlPage(record.topic || record.title, record.language, all), record);
}

/** Graph of the whole as a file, with its rings as groups. */
export function assemblyGraphFile(format: GraphFileFormat, graph: MeetingGraph, record: AssemblyRecord): RecordFile {
  const { extension, mediaType, draw } = FORMATS[format];
  return file(extension, mediaType, draw(graph, translateTo(record.language)), record);
}

/** Picture of the whole: its rings, and what they said apart from each other. */
export function assemblyPictureFile(record: AssemblyRecord): RecordFile {
  return file("svg", "image/svg+xml", assemblyPicture(record, translateTo(record.language)).svg, record);
}

function file(extension: string, mediaType: string, content: string, { startedAt }: AssemblyRecord): RecordFile {
  const day = new Date(startedAt).toISOString().slice(0, 10);
  return { name: `assembly-${day}.${extension}`, mediaType, content: unturned(content) };
}
