import { devName, type SpeechForm } from "../form.ts";

const COLUMNS = ["client_id", "path", "sentence", "up_votes", "down_votes", "age", "gender", "accents", "locale"];

/** Tables as Common Voice has them: a vote is somebody's word that the text is right. */
export const commonVoice: SpeechForm = {
  name: "common-voice",
  about: "`manifests/common-voice/SPLIT.tsv`: Common Voice; paths count from this folder",
  begin: (files, split) => files.add(table(split), `${COLUMNS.join("\t")}\n`),
  row: (files, { split, speaker, sound, text, verified, language }) => {
    const cells = [speaker, sound.path, text, verified ? "2" : "0", "0", "", "", "", language];
    files.add(table(split), `${cells.map((cell) => cell.replace(/\s+/g, " ")).join("\t")}\n`);
  },
};

function table(split: Parameters<typeof devName>[0]): string {
  return `manifests/common-voice/${devName(split)}.tsv`;
}
