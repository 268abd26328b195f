import { z } from "zod";
import { startOf } from "../circle/meeting.ts";
import { wordsOfIn } from "../circle/words-taken-back.ts";
import type { AssemblyJournal } from "../journal/assembly-journal.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { Journal } from "../journal/journal.ts";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { PurposeJournal } from "../purposes/purpose-journal.ts";
import type { Accesses } from "../store/accesses.ts";
import type { KeptAudio } from "../store/kept-audio.ts";
import { LedgerLog } from "../store/ledger-log.ts";
import { nextTurn } from "../time/time.ts";
import { type OwnData, type OwnDataOf, type OwnMeeting, soundFile } from "./contents.ts";
import { keptRows } from "./kept-rows.ts";
import { ownAssemblyEvents, ownEvents } from "./own-events.ts";
import { ownDataPage } from "./page.ts";

export type OwnDataDeps = {
  readonly journal: Journal;
  readonly assemblyJournal: Pick<AssemblyJournal, "begunBefore" | "readableByAndBy">;
  readonly meetings: Pick<Meetings, "readByAndBy">;
  readonly purposeJournal: PurposeJournal;
  readonly audio: Pick<KeptAudio, "has" | "read">;
  readonly accesses: Pick<Accesses, "of">;
  readonly db: Parameters<typeof keptRows>[0];
};

/** A file of the archive: a text, or sound that is read when it is packed; null: it was taken back meanwhile. */
export type ArchiveFile = { readonly name: string } & (
  | { readonly text: string }
  | { readonly sound: () => Promise<Uint8Array | null> }
);

/** Entry of the ledger as far as it says whose it is. */
const EntryOfTwo = z.looseObject({ from: z.string(), to: z.string() });
/** Lines of a log that are looked through at once. */
const PORTION = 500;
/** Form of `data.json`. */
const FORMAT = 1;

/** All that is kept of a person in a room, file by file, so that no meeting has to wait while it is gathered. */
export async function* gatherOwnData(of: OwnDataOf, deps: OwnDataDeps): AsyncGenerator<ArchiveFile> {
  const { who, room, at } = of;
  const { journal, assemblyJournal, meetings, purposeJournal, audio, accesses } = deps;
  const own: OwnMeeting[] = [];
  for (const id of journal.begunBefore(room, Infinity)) {
    const live = await meetings.readByAndBy(room, id);
    const entries = await journal.readByAndBy(id);
    const events = ownEvents(entries, who);
    if (!live || events.length === 0) continue;
    yield { name: `meetings/${id}.json`, text: asJson({ meeting: id, events }) };
    const meeting = { ...ownMeeting(live, who), given: givenBy(entries, who) };
    for (const utterance of meeting.said) {
      if (audio.has(room, id, utterance))
        yield { name: soundFile(id, utterance.id), sound: () => audio.read(room, id, utterance) };
    }
    own.push({ ...meeting, sound: meeting.said.flatMap((each) => (audio.has(room, id, each) ? [each.id] : [])) });
  }
  for (const assembly of assemblyJournal.begunBefore(room, Infinity)) {
    const events = ownAssemblyEvents((await assemblyJournal.readableByAndBy(assembly)) ?? [], who);
    if (events.length > 0) yield { name: `assemblies/${assembly}.json`, text: asJson({ assembly, events }) };
  }
  const ids = new Set(own.map(({ id }) => id));
  const data: OwnData = {
    purposes: purposeJournal.read(room).filter((event) => event.who === who),
    meetings: own,
    accesses: accesses.of(room).filter(({ meeting, who: by }) => by === who || (meeting !== null && ids.has(meeting))),
    kept: keptRows(deps.db, room, who),
    ledger: await entriesOf(deps.db, room, who),
  };
  yield { name: "data.json", text: asJson({ format: FORMAT, person: who, room, at, ...data }) };
  yield { name: "index.html", text: ownDataPage(of, data) };
}

function ownMeeting({ meeting, record }: LiveMeeting, who: ParticipantId): Omit<OwnMeeting, "sound" | "given"> {
  const start = startOf(meeting);
  const said = record.utterances.filter(({ speaker }) => speaker === who);
  const typed = record.comments.filter((comment) => comment.who === who);
  const ids = new Set([...said, ...typed].map(({ id }) => id));
  const isOwn = ({ from }: { readonly from: readonly string[] }) => from.some((id) => ids.has(id));
  const results = record.minutes.map(({ about, result }) => ({ about, result }));
  return {
    id: meeting.id,
    title: start ? [start.plan.title, start.topic].filter((each) => each !== "").join(": ") : "",
    startedAt: start?.startedAt ?? null,
    said,
    typed: typed.map(({ id, circle, turn, name, at, text }) => ({ id, circle, turn, who, name, at, text })),
    summaries: results.flatMap(({ about, result }) =>
      result.form === "summary" && "participant" in about && about.participant === who ? result.sentences : [],
    ),
    tasks: results.flatMap(({ result }) =>
      result.form === "tasks" ? result.tasks.filter((task) => task.owner === who || isOwn(task)) : [],
    ),
    decisions: results.flatMap(({ result }) => (result.form === "decisions" ? result.decisions.filter(isOwn) : [])),
    questions: results.flatMap(({ result }) => (result.form === "questions" ? result.questions.filter(isOwn) : [])),
  };
}

/** Topics, themes, texts and reasons of somebody, each once. */
function givenBy(entries: readonly JournalEntry[], who: ParticipantId): string[] {
  return [...new Set(entries.flatMap((each) => (each.kind === "circle" ? wordsOfIn(each.event, who) : [])))];
}

/** Somebody's entries of the ledger, read a portion at a time: a room has those of years. */
async function entriesOf(db: OwnDataDeps["db"], room: RoomId, who: ParticipantId): Promise<unknown[]> {
  const log = new LedgerLog(db);
  const own: unknown[] = [];
  for (let from = 0; from < log.length(room); from += PORTION) {
    const entries = log
      .entries(room, from, from + PORTION, who)
      .flatMap((text) => EntryOfTwo.safeParse(JSON.parse(text)).data ?? []);
    own.push(...entries.filter(({ from: giver, to }) => giver === who || to === who));
    await nextTurn();
  }
  return own;
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
