import { lineWithSeconds, type SpeechForm } from "../form.ts";

/** Hugging Face's folder of sounds: `datasets.load_dataset("audiofolder", data_dir="asr")`. */
export const audiofolder: SpeechForm = {
  name: "audiofolder",
  about: '`asr/`: Hugging Face, `load_dataset("audiofolder", data_dir="asr")`',
  begin: (files, split) => files.add(`asr/${split}/metadata.jsonl`, ""),
  row: (files, row) => {
    const { split, sound, textHeard, seconds, circleKind, id, ...rest } = row;
    const before = {
      file_name: sound.path.slice(`asr/${split}/`.length),
      id,
      text: rest.text,
      text_heard: textHeard,
      language: rest.language,
      speaker: rest.speaker,
    };
    const after = {
      meeting: rest.meeting,
      circle_kind: circleKind,
      engine: rest.engine,
      model: rest.model,
      corrections: rest.corrections,
      verified: rest.verified,
      replaced: rest.replaced,
      rights: rest.rights,
    };
    files.add(`asr/${split}/metadata.jsonl`, lineWithSeconds(before, seconds, after));
  },
};
