import type { AssemblyJournal } from "../journal/assembly-journal.ts";
import type { Journal } from "../journal/journal.ts";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { PurposeJournal } from "../purposes/purpose-journal.ts";
import { startOf } from "../circle/meeting.ts";
import type { Accesses } from "../store/accesses.ts";
import type { KeptAudio } from "../store/kept-audio.ts";
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

/** Form of `data.json`. */
const FORMAT = 1;

/** All that is kept of a person in a room, file by file, so that no meeting has to wait while it is gathered. */
export async function* gatherOwnData(of: OwnDataOf, deps: OwnDataDeps): AsyncGenerator<ArchiveFile> {
  const { who, room, at } = of;
  const { journal, assemblyJournal, meetings, purposeJournal, audio, accesses } = deps;
  const own: OwnMeeting[] = [];
  for (const id of journal.begunBefore(room, Infinity)) {
    const live = await meetings.readByAndBy(room, id);
    const events = ownEvents(await journal.readByAndBy(id), who);
    if (!live || events.length === 0) continue;
    yield { name: `meetings/${id}.json`, text: asJson({ meeting: id, events }) };
    const meeting = ownMeeting(live, who);
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
  };
  yield { name: "data.json", text: asJson({ format: FORMAT, person: who, room, at, ...data }) };
  yield { name: "index.html", text: ownDataPage(of, data) };
}

function ownMeeting({ meeting, record }: LiveMeeting, who: ParticipantId): Omit<OwnMeeting, "sound"> {
  const start = startOf(meeting);
  const said = record.utterances.filter(({ speaker }) => speaker === who);
  const ids = new Set(said.map(({ id }) => id));
  const results = record.minutes.map(({ about, result }) => ({ about, result }));
  return {
    id: meeting.id,
    title: start ? [start.plan.title, start.topic].filter((each) => each !== "").join(": ") : "",
    startedAt: start?.startedAt ?? null,
    said,
    typed: record.comments
      .filter((comment) => comment.who === who)
      .map(({ id, circle, turn, name, at, text }) => ({
        id,
        circle,
        turn,
        who,
        name,
        at,
        text,
      })),
    summaries: results.flatMap(({ about, result }) =>
      result.form === "summary" && "participant" in about && about.participant === who ? result.sentences : [],
    ),
    tasks: results.flatMap(({ result }) =>
      result.form === "tasks"
        ? result.tasks.filter(({ owner, from }) => owner === who || from.some((id) => ids.has(id)))
        : [],
    ),
  };
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
