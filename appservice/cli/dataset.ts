import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { loadDataset } from "../configuration/load-config.ts";
import { BadFiles } from "../configuration/problems.ts";
import { buildDataset } from "../dataset/build.ts";
import type { Built } from "../dataset/build.ts";
import { presidio } from "../dataset/clean/presidio.ts";
import { keptSource } from "../dataset/kept-source.ts";
import { type OpenDataset, openDataset, ownPseudonyms, datasetFolder } from "../dataset/open-dataset.ts";
import type { Pseudonyms } from "../dataset/pseudonyms.ts";
import { DATASET_PURPOSES, type DatasetPurpose } from "../dataset/rows.ts";
import type { DatasetSource } from "../dataset/source.ts";
import { type DatasetFault, verifyDataset } from "../dataset/verify.ts";
import { Journal } from "../journal/journal.ts";
import { Meetings } from "../journal/meetings.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import { PurposeJournal } from "../purposes/purpose-journal.ts";
import { Accesses } from "../store/accesses.ts";
import { openDatabase } from "../store/database.ts";
import { holdDatabase } from "../store/database-lock.ts";
import { KeptAudio } from "../store/kept-audio.ts";
import { KnownRooms } from "../store/known-rooms.ts";
import { giveTo, ownerOf } from "../store/owner.ts";
import { refuseHalfRestored } from "../store/restore.ts";
import { Withdrawals } from "../store/withdrawals.ts";
import { wallClock } from "../time/time.ts";

export type DatasetCommandOptions = { readonly config: string; readonly purpose?: string };

type Opened = OpenDataset & {
  readonly source: DatasetSource;
  readonly pseudonyms: Pseudonyms;
  readonly findMore: ReturnType<typeof presidio> | null;
  readonly workFolder: string;
  /** Notes down that words of a meeting were taken along, for those whose words they are. */
  readonly noteExport: (of: { readonly room: RoomId; readonly meeting: MeetingId }) => void;
  readonly signal: AbortSignal;
};

/** Builds a set, or brings it up to date. */
export async function buildByHand(wanted: string, options: DatasetCommandOptions): Promise<void> {
  await withSet(wanted, options, async (opened) => {
    const letGo = holdDatabase(join(opened.workFolder, `${opened.purpose}-build`), 0);
    try {
      giveTo(opened.workFolder, ownerOf(dirname(opened.workFolder)));
      const built = await buildDataset({ ...opened, now: wallClock, say: (sentence) => console.log(sentence) });
      if (built.changed) for (const each of built.of) opened.noteExport(each);
      for (const line of outcome(opened, built)) console.log(line);
    } finally {
      letGo();
    }
  });
}

/** Checks a set; what is wrong is named, and the command ends with 1. */
export async function verifyByHand(wanted: string, options: DatasetCommandOptions): Promise<void> {
  await withSet(wanted, options, async (opened) => {
    const { files, faults } = await verifyDataset(opened);
    for (const fault of faults) console.error(sentenceOf(fault, opened));
    if (faults.length > 0) process.exitCode = 1;
    else console.log(`${opened.target.place}: ${files} files, all as they were built; everybody in it allows that.`);
  });
}

function outcome({ target }: Opened, { version, changed, pieces, seconds, withdrawn, leftOut }: Built): string[] {
  const minutes = (seconds / 60).toFixed(1);
  const counted = [...leftOut].filter(([, count]) => count > 0).map(([reason, count]) => `${reason} ${count}`);
  return [
    changed
      ? `${target.place}: version ${version}.0.0, ${pieces} pieces, ${minutes} minutes of speech; ${withdrawn} taken out.`
      : `${target.place}: version ${version}.0.0 is as it should be, ${pieces} pieces, ${minutes} minutes of speech.`,
    ...(counted.length > 0 ? [`Not in it: ${counted.join(", ")}. docs/datasets.md says why.`] : []),
  ];
}

function sentenceOf(fault: DatasetFault, { target: { place } }: Opened): string {
  switch (fault.fault) {
    case "no-set":
      return `${place}: there is no set.`;
    case "broken-off":
      return `${place}: a build was broken off. Build it again: what was sent is kept.`;
    case "missing":
      return `${fault.path}: is missing.`;
    case "changed":
      return `${fault.path}: is another than the one that was built. Remove it, and build the set again.`;
    case "foreign":
      return `${fault.path}: is no part of the set.`;
    case "not-allowed":
      return `${fault.path}: its people do not allow it any more. Build the set again: it is taken out.`;
  }
}

async function withSet(
  wanted: string,
  { config, purpose }: DatasetCommandOptions,
  work: (opened: Opened) => Promise<void>,
): Promise<void> {
  process.umask(0o077);
  const { folder, database, dataset, language, speech } = loadDataset(config);
  const file = resolve(folder, database);
  refuseHalfRestored(file);
  // Opening would make a new one.
  if (!existsSync(file))
    throw bad(file, "there is no such database.", "It is made when the service runs for the first time.");
  const db = openDatabase(file);
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const opened = await openDataset(wanted, dataset, { folder, purpose: purposeIn(purpose) });
    try {
      const [journal, pseudonyms] = [new Journal(db), ownPseudonyms(file)];
      const withdrawals = new Withdrawals(file);
      const audioFolder = join(dirname(file), "speech-kept");
      const source = keptSource({
        journal,
        meetings: new Meetings({ journal, now: wallClock, languageOf: () => language, onUnreadable: leftOut }),
        purposeJournal: new PurposeJournal(db),
        knownRooms: new KnownRooms(db),
        audio: new KeptAudio({ db, folder: audioFolder, days: speech.keepAudioDays, now: wallClock }),
        withdrawals: () => withdrawals.all(),
      });
      const findMore = dataset.presidio ? presidio(dataset.presidio, pseudonyms) : null;
      const accesses = new Accesses(db);
      await work({
        ...opened,
        source,
        pseudonyms,
        findMore,
        workFolder: datasetFolder(file),
        noteExport: (of) => accesses.note({ ...of, who: null, door: "admin", what: "export" }, wallClock()),
        signal: stopping.signal,
      });
    } finally {
      opened.target.close?.();
    }
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    console.error("Stopped. Run it again: what was sent is kept.");
    process.exitCode = 1;
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    db.close();
  }
}

function purposeIn(text: string | undefined): DatasetPurpose | null {
  if (text === undefined) return null;
  const purpose = DATASET_PURPOSES.find((each) => each === text);
  if (!purpose)
    throw bad("--purpose", `“${text}” is no purpose of a set.`, `There are: ${DATASET_PURPOSES.join(", ")}.`);
  return purpose;
}

function bad(file: string, problem: string, remedy: string): BadFiles {
  return new BadFiles([{ file, key: "", problem, remedy }]);
}

function leftOut(meeting: string, error: unknown): void {
  console.error(`${meeting}: cannot be read (${String(error)}), and is left out.`);
}
