import { SPEECH_FORMS } from "./forms/form-list.ts";
import { type DatasetPurpose, SPLITS, type Split } from "./rows.ts";

/** Numbers of a set, for people and for machines. */
export type DatasetFigures = {
  readonly version: number;
  readonly purpose: DatasetPurpose;
  readonly at: string;
  readonly rows: Readonly<Record<Split, number>>;
  readonly seconds: Readonly<Record<Split, number>>;
  readonly speakers: number;
  readonly meetings: number;
  readonly languages: readonly string[];
  readonly lessons: Readonly<Record<"sft" | "dpo" | "kto", number>>;
  /** Ways in which names were looked for besides those that are known. */
  readonly presidio: boolean;
};

/**
 * Says in the head of the card, which machines read, and below it what a set is, how it is read, and what it must not
 * be used for.
 */
export function card(figures: DatasetFigures): string {
  const { version, purpose, at, rows, seconds, speakers, meetings, languages, lessons, presidio } = figures;
  const splits = SPLITS.filter((split) => rows[split] > 0);
  const config = (name: string, file: (split: Split) => string, on: readonly Split[]) =>
    on.length === 0
      ? []
      : [
          `  - config_name: ${name}`,
          // Else the programs of readers go on with their copy of an older version, and with what was taken out since.
          `    version: ${version}.0.0`,
          "    data_files:",
          ...on.flatMap((split) => [`      - split: ${split}`, `        path: ${file(split)}`]),
        ];
  const head = [
    "---",
    ...(languages.length > 0 ? ["language:", ...languages.map((each) => `  - ${each}`)] : []),
    "task_categories:",
    "  - automatic-speech-recognition",
    "  - summarization",
    `license: ${purpose === "publish" ? "other" : "other # stays on this server"}`,
    "configs:",
    ...config("asr", (split) => `asr-parquet/${split}/*.parquet`, splits),
    "---",
  ];
  const table = SPLITS.map((split) => `| ${split} | ${rows[split]} | ${(seconds[split] / 60).toFixed(1)} |`);
  return `${head.join("\n")}

# What people of this server's circles allowed to be used

Version ${version}.0.0, built ${at}. Speech of meetings in which each person has the word by themselves, cut at pauses into pieces of
0.5 to 28 s (FLAC, mono, 16 kHz), with the text as it was heard and as people corrected it; and what people made of summaries, tasks,
decisions and questions that were made of it.

| split | pieces | minutes |
|---|---|---|
${table.join("\n")}

${speakers} speakers in ${meetings} meetings. No speaker and no meeting is in two splits. Where two groups of people have met since an earlier
version, a piece may be in another split than it was there.

## What it may be used for

${
  purpose === "publish"
    ? "Everybody in it, whoever spoke and whoever corrected, allowed that it be published."
    : "**It does not leave the server on which it lies.** Everybody in it, whoever spoke and whoever corrected, allowed that it be used to improve models of this server, and nothing else."
}
\`consent.jsonl\` has for each person in each room which sentence they said yes to (by version and SHA-256) and when. Whoever takes it back
is in no later version; \`withdrawn.jsonl\` names the pieces that were taken out: take them out of your copies, too.

## Forms

${SPEECH_FORMS.map(({ about }) => `- ${about}`).join("\n")}
- \`asr-parquet/\`: the same with the sound inside, \`load_dataset(FOLDER, "asr")\`
- \`summaries/{sft,dpo,kto}.jsonl\` (${lessons.sft}, ${lessons.dpo} and ${lessons.kto} lines): TRL, \`load_dataset("json", data_files=…)\`; \`tasks.jsonl\`: utterances, and the tasks that people made of them
- \`croissant.json\`: Croissant 1.0 with RAI fields; \`CHECKSUMS.sha256\`: \`sha256sum --check\`

## What to know of it

- Names that are known (of the people, of the room's vocabulary, common first names; in Russian in every case), addresses, accounts, and
  numbers of phones and cards are replaced by others, always by the same ones. ${presidio ? "A service that finds further names was asked, too. " : ""}Names that nobody knows of may be left. \`replaced\` counts
  what was replaced in a row: there the text differs from the sound.
- **The voice itself tells who speaks**, and the sound still holds the names that were said. Do not try to find out who somebody is.
- A text is \`verified\` where somebody corrected it or confirmed a correction; the others are as a machine heard them. A correction that
  changes more than half of a text is another sentence and no mishearing: it is not in here.
- People of few circles speak here, of a server whose admin asked them: it stands for nobody else.
`;
}
