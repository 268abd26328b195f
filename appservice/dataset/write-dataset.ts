import type { BuildDeps } from "./build-deps.ts";
import type { DatasetFigures } from "./card.ts";
import { cleanerFor } from "./clean/cleaner.ts";
import { SPEECH_FORMS } from "./forms/form-list.ts";
import { lessonsIn, type LessonsDeps, tasksIn } from "./lessons.ts";
import { type Chosen, type Material, rightsOf } from "./material.ts";
import { rowsOf } from "./meeting-rows.ts";
import { parquetOf, shardsOf } from "./parquet.ts";
import type { LeftOut } from "./pieces.ts";
import { answeredIn, consentRows } from "./rights.ts";
import { type SpeechRow, SPLITS, type Split } from "./rows.ts";
import { SoundMover } from "./sound-mover.ts";
import type { splitsOf } from "./splits.ts";
import { StagedFiles } from "./staged-files.ts";
import type { BuildFile, StandingDataset } from "./standing.ts";

export type WriteDeps = BuildDeps & {
  readonly material: Material;
  readonly standing: StandingDataset;
  readonly splits: ReturnType<typeof splitsOf>;
  /** Folder for files while they are written. */
  readonly folder: string;
  /** Pieces that were taken out. */
  readonly gone: readonly string[];
};

/** A set as it is to stand: what lies at its place already, and what is still here. */
export type WrittenDataset = {
  readonly staged: StagedFiles;
  /** Sums of the files that lie at the place. */
  readonly sums: ReadonlyMap<string, string>;
  readonly build: Omit<BuildFile, "version" | "at">;
  readonly figures: Omit<DatasetFigures, "version" | "at">;
  readonly gone: readonly string[];
  readonly pieces: number;
  readonly seconds: number;
  readonly leftOut: ReadonlyMap<LeftOut, number>;
};

/** Writes all forms, a meeting after another, and puts the sound to its place meanwhile. */
export async function writeDataset(deps: WriteDeps): Promise<WrittenDataset> {
  const { material, standing, splits, purpose, pseudonyms, signal, say } = deps;
  const staged = new StagedFiles(deps.folder);
  const mover = new SoundMover(deps);
  const leftOut = new Map(material.leftOut);
  const zeros = (): { [split in Split]: number } => ({ train: 0, validation: 0, test: 0 });
  const [rows, seconds] = [zeros(), zeros()];
  const lessons = { sft: 0, dpo: 0, kto: 0 };
  const [speakers, meetings, languages] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const [nth, chosen] of material.chosen.entries()) {
    signal.throwIfAborted();
    const live = await deps.source.read(chosen.room, chosen.id);
    if (!live) continue;
    const [split, clean] = [splits.of(chosen.meeting), cleanerOf(chosen, deps)];
    const found = await rowsOf(chosen, live, { ...deps, split, clean, mover, leftOut });
    for (const { row } of found) {
      for (const form of SPEECH_FORMS) {
        // A file without a row would be a split of which readers cannot tell the columns.
        if (rows[split] === 0) form.begin(staged, split);
        form.row(staged, row);
      }
      rows[split]++;
      seconds[split] += row.seconds;
      speakers.add(row.speaker);
      meetings.add(row.meeting);
      languages.add(row.language);
    }
    const utterances = new Map(found.map(({ row, utterance }) => [row.id, utterance]));
    for (const { path, rows: part } of shardsOf(found.map(({ row }) => row)))
      await mover.putMade(path, async () => {
        const withSound: { row: SpeechRow; sound: Uint8Array }[] = [];
        for (const row of part) withSound.push({ row, sound: await mover.read(chosen, row, utterances.get(row.id)) });
        return parquetOf(withSound);
      });
    const rights = rightsOf(material, chosen.room, purpose);
    const { meeting } = chosen;
    const about: LessonsDeps = { rights, pseudonyms, clean, meeting, split, language: live.meeting.language };
    for await (const { way, line } of lessonsIn(live.record, about)) {
      staged.add(`summaries/${way}.jsonl`, asLine(line));
      lessons[way]++;
    }
    const tasks = await tasksIn(live.record, about);
    if (tasks) staged.add("tasks.jsonl", asLine(tasks));
    const minutes = SPLITS.reduce((sum, each) => sum + seconds[each], 0) / 60;
    say(
      `${nth + 1} of ${material.chosen.length} meetings, ${minutes.toFixed(1)} minutes of speech, ${mover.sent} files sent`,
    );
  }
  writeConsents(staged, deps);
  staged.add("withdrawn.jsonl", standing.withdrawn);
  return {
    staged,
    sums: mover.sums,
    gone: deps.gone,
    build: { format: 1, purpose, key: pseudonyms.fingerprint, groups: splits.groups },
    figures: {
      purpose,
      rows,
      seconds,
      speakers: speakers.size,
      meetings: meetings.size,
      languages: [...languages].sort(),
      lessons,
      presidio: deps.findMore !== null,
    },
    pieces: SPLITS.reduce((sum, split) => sum + rows[split], 0),
    seconds: SPLITS.reduce((sum, split) => sum + seconds[split], 0),
    leftOut,
  };
}

function cleanerOf({ room }: Chosen, { material, pseudonyms, findMore }: WriteDeps) {
  const names = material.names.get(room) ?? { people: [], vocabulary: [] };
  return cleanerFor(names, pseudonyms, findMore ?? undefined);
}

function writeConsents(staged: StagedFiles, { material, purpose, pseudonyms }: WriteDeps): void {
  staged.add("consent.jsonl", "");
  for (const room of new Set(material.chosen.map((each) => each.room))) {
    const [state, rights] = [material.purposes.get(room) ?? {}, rightsOf(material, room, purpose)];
    for (const who of answeredIn(state)) {
      if (!rights.words(who)) continue;
      for (const row of consentRows(state, { room, who, purpose, pseudonyms }))
        staged.add("consent.jsonl", asLine(row));
    }
  }
}

function asLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
