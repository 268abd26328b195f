import type { RecordFormat } from "../file-format.ts";
import { cues, cueTime } from "../subtitles.ts";

/**
 * SubRip, which every player reads; it has no way to write what players take for a tag, so that is written with other
 * signs.
 */
export default {
  about: "The same captions for players that know no WebVTT",
  extension: "srt",
  mediaType: "application/x-subrip",
  write: (exported) =>
    cues(exported)
      .flatMap(({ from, to, name, text }, index) => [
        String(index + 1),
        `${cueTime(from, ",")} --> ${cueTime(to, ",")}`,
        `${untagged(name)}: ${untagged(text)}`,
        "",
      ])
      .join("\n"),
} satisfies RecordFormat;

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
