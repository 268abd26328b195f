import type { SpeechForm } from "../form.ts";

/** References for scoring by sclite and meeteval. Words alone: its lines end at the end of the line. */
export const stm: SpeechForm = {
  name: "stm",
  about: "`manifests/stm/SPLIT.stm`: references for sclite and meeteval",
  begin: (files, split) => files.add(`manifests/stm/${split}.stm`, ""),
  row: (files, { split, id, speaker, seconds, text }) =>
    files.add(
      `manifests/stm/${split}.stm`,
      `${id} 1 ${speaker} 0.000 ${seconds.toFixed(3)} ${text.replace(/\s+/g, " ").trim()}\n`,
    ),
};
