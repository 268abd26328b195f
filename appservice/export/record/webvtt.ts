import type { RecordFormat } from "../file-format.ts";
import { cues, cueTime } from "../subtitles.ts";

/** WebVTT (https://www.w3.org/TR/webvtt1/): captions with speakers, for a recording that begins with the meeting. */
export default {
  about: "Captions with speakers, a sentence each, for a recording that begins with the meeting",
  extension: "vtt",
  mediaType: "text/vtt",
  write: (exported) =>
    [
      "WEBVTT",
      "",
      ...cues(exported).flatMap(({ from, to, name, text }) => [
        `${cueTime(from, ".")} --> ${cueTime(to, ".")}`,
        `<v ${escapeCue(name)}>${escapeCue(text)}`,
        "",
      ]),
    ].join("\n"),
} satisfies RecordFormat;

function escapeCue(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
