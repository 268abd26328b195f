import type { Ruling } from "../circle/ruling.ts";
import type { MeetingId, ParticipantId } from "../protocol/identity.ts";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { decideRecord, type RecordCommand } from "../record/decide.ts";
import type { RecordEvent } from "../record/event.ts";
import { takingBackAll } from "../record/taking-back-all.ts";
import { broughtBy, type JournalEntry } from "./entry.ts";
import type { Journal } from "./journal.ts";
import type { LiveMeeting } from "./live-meeting.ts";
import type { MeetingWriter } from "./meeting-writer.ts";
import type { MeetingsAtHand } from "./meetings-at-hand.ts";
import type { UnkeptChanges } from "./unkept-changes.ts";

/** Hears that a change is in the journal; undefined: there was nothing to write. */
export type Kept = (event: RecordEvent | undefined) => void;

type RecordChangesDeps = {
  readonly now: () => number;
  readonly journal: Pick<Journal, "unit" | "words">;
  readonly atHand: MeetingsAtHand;
  readonly writer: MeetingWriter;
  readonly unkept: UnkeptChanges;
};

/** Changes to the records of meetings, however long they are over: such a one is at hand from then on. */
export class RecordChanges {
  readonly #deps: RecordChangesDeps;

  constructor(deps: RecordChangesDeps) {
    this.#deps = deps;
  }

  decide(live: LiveMeeting, command: RecordCommand): Ruling<RecordEvent> {
    const { atHand, writer, unkept } = this.#deps;
    const { id, roomId } = live.meeting;
    const decision = decideRecord(atHand.get(id) ?? live, command);
    if (!decision.accepted || decision.events.length === 0) return decision;
    try {
      atHand.bringBack(id);
      const entries = decision.events.map((event) => ({ kind: "record" as const, event, ...broughtBy(command) }));
      writer.append(id, roomId, entries);
      return decision;
    } catch (error) {
      unkept.throwUnlessSeenTo(error);
      return { accepted: false, refusal: { code: "not-kept", detail: {} } };
    }
  }

  refresh(meeting: MeetingId, outdated: readonly MinutesEntry[]): void {
    const live = this.#deps.atHand.get(meeting);
    const ruling = live && decideRecord(live, { type: "refresh", outdated, at: this.#deps.now() });
    if (ruling?.accepted) for (const event of ruling.events) this.note(meeting, event);
  }

  note(meeting: MeetingId, event: RecordEvent): void {
    this.noteAsItStands(meeting, () => event);
  }

  noteAsItStands(meeting: MeetingId, make: (live: LiveMeeting) => RecordEvent | undefined, kept?: Kept): void {
    const { atHand, writer, unkept } = this.#deps;
    const live = atHand.bringBack(meeting);
    const event = live ? make(live) : undefined;
    try {
      if (live && event) writer.append(meeting, live.meeting.roomId, [{ kind: "record", event }]);
    } catch (error) {
      unkept.throwUnlessSeenTo(error);
      // Made anew then: by that time the record may hold more.
      return unkept.add(() => this.noteAsItStands(meeting, make, kept));
    }
    kept?.(event);
  }

  eraseWords(meeting: MeetingId, who: ParticipantId): boolean {
    const { atHand, writer, now, journal } = this.#deps;
    const live = atHand.bringBack(meeting);
    const at = Math.max(now(), live?.meeting.at ?? 0);
    const takenBack = live ? takingBackAll(live, who, at) : [];
    const { words, messages } = journal.words.givenBy(meeting, who);
    const isThere = takenBack.length > 0 || words.length > 0 || journal.words.hasWordingOf(meeting, who);
    if (!live || !isThere) return false;
    journal.unit.run(() => {
      // At once, since with each time that words go all of the record is looked through.
      writer.append(meeting, live.meeting.roomId, [
        ...messages.flatMap((message) => commandTakenBack(message, who, at)),
        ...takenBack.map((event) => ({ kind: "record" as const, event })),
        { kind: "circle", event: { type: "words-erased", at, who } },
        { kind: "record", event: { type: "words-erased", at, who } },
      ]);
      journal.words.erase(meeting, who);
      atHand.readAgain(meeting);
    });
    return true;
  }

  takeBackCommand(meeting: MeetingId, message: string, by: ParticipantId): void {
    const { atHand, writer, now } = this.#deps;
    const live = atHand.bringBack(meeting);
    if (!live) return;
    const at = Math.max(now(), live.meeting.at);
    writer.append(meeting, live.meeting.roomId, commandTakenBack(message, by, at));
  }
}

function commandTakenBack(message: string, by: ParticipantId, at: number): JournalEntry[] {
  return [
    { kind: "circle", event: { type: "words-taken-back", at, by, message } },
    { kind: "record", event: { type: "command-taken-back", message } },
  ];
}
