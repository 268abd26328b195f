import type { SpeechForm } from "../form.ts";

const RATE = 16_000;

/** Manifests of Lhotse; its paths count from the set's folder. */
export const lhotse: SpeechForm = {
  name: "lhotse",
  about: "`manifests/lhotse/`: Lhotse; paths count from this folder, see `with_path_prefix`",
  begin: (files, split) => {
    files.addPacked(recordings(split), "");
    files.addPacked(supervisions(split), "");
  },
  row: (files, { split, id, sound, seconds, text, language, speaker, meeting, textHeard }) => {
    const recording = {
      id,
      sources: [{ type: "file", channels: [0], source: sound.path }],
      sampling_rate: RATE,
      num_samples: Math.round(seconds * RATE),
      duration: seconds,
      channel_ids: [0],
    };
    const supervision = {
      id,
      recording_id: id,
      start: 0,
      duration: seconds,
      channel: 0,
      text,
      language,
      speaker,
      custom: { text_heard: textHeard, meeting },
    };
    files.addPacked(recordings(split), `${JSON.stringify(recording)}\n`);
    files.addPacked(supervisions(split), `${JSON.stringify(supervision)}\n`);
  },
};

function recordings(split: string): string {
  return `manifests/lhotse/${split}-recordings.jsonl.gz`;
}

function supervisions(split: string): string {
  return `manifests/lhotse/${split}-supervisions.jsonl.gz`;
}
