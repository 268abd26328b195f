import { lineWithSeconds, type SpeechForm } from "../form.ts";

/** Manifests of NVIDIA's NeMo; its paths count from the manifest's folder. */
export const nemo: SpeechForm = {
  name: "nemo",
  about: "`manifests/nemo/SPLIT.jsonl`: NeMo; paths count from the manifest",
  begin: (files, split) => files.add(`manifests/nemo/${split}.jsonl`, ""),
  row: (files, { split, sound, seconds, text, language, speaker }) =>
    files.add(
      `manifests/nemo/${split}.jsonl`,
      lineWithSeconds({ audio_filepath: `../../${sound.path}` }, seconds, { text, lang: language, speaker }),
    ),
};
