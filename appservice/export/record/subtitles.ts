import { type Exported, nameIn, offsetIn, type RecordFormat } from "../exported-meeting.ts";

/** WebVTT (https://www.w3.org/TR/webvtt1/): captions with speakers, for a recording that begins with the meeting. */
export const webvtt: RecordFormat = {
  id: "webvtt",
  extension: "vtt",
  mediaType: "text/vtt",
  write: (exported) =>
    [
      "WEBVTT",
      "",
      ...cues(exported).flatMap(({ from, to, name, text }) => [
        `${time(from, ".")} --> ${time(to, ".")}`,
        `<v ${escapeCue(name)}>${escapeCue(text)}`,
        "",
      ]),
    ].join("\n"),
};

/** SubRip, which every player reads; it has no way to write what players take for a tag, so that is written with other signs. */
export const subrip: RecordFormat = {
  id: "subrip",
  extension: "srt",
  mediaType: "application/x-subrip",
  write: (exported) =>
    cues(exported)
      .flatMap(({ from, to, name, text }, index) => [
        String(index + 1),
        `${time(from, ",")} --> ${time(to, ",")}`,
        `${untagged(name)}: ${untagged(text)}`,
        "",
      ])
      .join("\n"),
};

function cues(exported: Exported): { from: number; to: number; name: string; text: string }[] {
  return exported.record.utterances
    .filter(({ text }) => text.trim() !== "")
    .map(({ speaker, startedAt, endedAt, text }) => {
      const from = offsetIn(exported, startedAt);
      return {
        from,
        to: Math.max(from + 1, offsetIn(exported, endedAt)),
        name: oneLine(nameIn(exported, speaker)),
        text: oneLine(text),
      };
    })
    .sort((one, other) => one.from - other.from);
}

function time(milliseconds: number, point: "." | ","): string {
  const [h, m, s] = [
    Math.floor(milliseconds / 3_600_000),
    Math.floor(milliseconds / 60_000) % 60,
    Math.floor(milliseconds / 1000) % 60,
  ];
  return `${[h, m, s].map((n) => String(n).padStart(2, "0")).join(":")}${point}${String(milliseconds % 1000).padStart(3, "0")}`;
}

/** Puts a text on one line: an empty line, or an arrow, would end a cue. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("-->", "→").trim();
}

function escapeCue(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * Replaces the signs of tags: players know `<i>` and `{\an8}`, leave out all that looks like them, and know no signs
 * that would stand for theirs.
 */
function untagged(text: string): string {
  return text
    .replaceAll("<", "‹")
    .replaceAll(">", "›")
    .replace(/\{(?=\\|[A-Za-z]:|\d)/g, "{ ");
}
