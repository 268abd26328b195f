import { type Ruling, refuse } from "../circle/ruling.ts";
import type { MeetingId, ParticipantId } from "../protocol/identity.ts";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { decideRecord, type RecordCommand } from "../record/decide.ts";
import type { RecordEvent } from "../record/event.ts";
import { nextTurn } from "../time/time.ts";
import type { Announcer } from "./announcer.ts";
import { broughtBy, type JournalEntry } from "./entry.ts";
import type { Journal } from "./journal.ts";
import { type LiveMeeting, placeOf } from "./live-meeting.ts";
import type { MeetingWriter } from "./meeting-writer.ts";
import type { MeetingsAtHand } from "./meetings-at-hand.ts";
import { byTurns } from "./parts-of-work.ts";
import { commandTakenBack, takingWordsBack } from "./taking-words-back.ts";
import type { UnkeptChanges } from "./unkept-changes.ts";
import type { WordsLeaving } from "./words-leaving.ts";

/** Hears that a change is in the journal; undefined: there was nothing to write. */
export type Kept = (event: RecordEvent | undefined) => void;

type RecordChangesDeps = {
  readonly now: () => number;
  readonly journal: Pick<Journal, "unit" | "words">;
  readonly atHand: MeetingsAtHand;
  readonly writer: MeetingWriter;
  readonly unkept: UnkeptChanges;
  readonly leaving: Pick<WordsLeaving, "erase">;
  readonly announcer: Pick<Announcer, "tell">;
};

/** Entries that are written at once where there are many: a few milliseconds. */
const AT_ONCE = 20;
/** Entries by which it is known that all words of somebody were taken back: written together. */
const LAST = 2;

/** Changes to the records of meetings, however long they are over: such a one is at hand from then on. */
export class RecordChanges {
  readonly #deps: RecordChangesDeps;

  constructor(deps: RecordChangesDeps) {
    this.#deps = deps;
  }

  decide(live: LiveMeeting, command: RecordCommand): Ruling<RecordEvent> {
    const { atHand, writer, unkept } = this.#deps;
    const { id, roomId } = live.meeting;
    if (atHand.isAway(roomId)) return refuse("not-kept");
    const decision = decideRecord(atHand.get(id) ?? live, command);
    if (!decision.accepted || decision.events.length === 0) return decision;
    try {
      atHand.bringBack(id);
      const entries = decision.events.map((event) => ({ kind: "record" as const, event, ...broughtBy(command) }));
      writer.append(id, roomId, entries);
      return decision;
    } catch (error) {
      unkept.throwUnlessSeenTo(error);
      return refuse("not-kept");
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

  /**
   * Takes back all that somebody gave to a meeting, a few entries at a time: from then on nobody is shown it. False
   * where there was nothing, or where that was done since `since`.
   */
  async takeWordsBack(meeting: MeetingId, who: ParticipantId, since: number): Promise<boolean> {
    const { atHand, now: clock, journal } = this.#deps;
    const live = await atHand.bringBackByAndBy(meeting);
    if (!live || journal.words.isTakenBack(meeting, who, since)) return false;
    const { words, messages } = await byTurns(journal.words.givenBy(meeting, who));
    const hasWording = await byTurns(journal.words.hasWordingOf(meeting, who));
    const now = atHand.get(meeting) ?? live;
    const entries = takingWordsBack(now, messages, who, Math.max(clock(), since, now.meeting.at));
    // The last two say that all was taken back, and are there in any case.
    if (entries.length <= LAST && words.length === 0 && !hasWording) return false;
    for (let from = 0; from < entries.length - LAST; from += AT_ONCE) {
      this.#append(live, entries.slice(from, Math.min(from + AT_ONCE, entries.length - LAST)));
      await nextTurn();
      // Leaves the rest to the service that has the room now, which takes all of it back.
      if (atHand.isAway(live.meeting.roomId)) return false;
    }
    this.#append(live, entries.slice(-LAST));
    return true;
  }

  /** Takes all words of somebody out of a meeting's entries, in which they were taken back. */
  async eraseWords(meeting: MeetingId, who: ParticipantId): Promise<void> {
    const { atHand, leaving, announcer } = this.#deps;
    await leaving.erase(meeting, who);
    const read = await atHand.readAgain(meeting);
    if (read) announcer.tell(read, []);
  }

  #append(live: LiveMeeting, entries: readonly JournalEntry[]): void {
    const { atHand, writer } = this.#deps;
    atHand.bringBack(live.meeting.id);
    writer.append(live.meeting.id, placeOf(live), entries);
  }

  takeBackCommand(meeting: MeetingId, message: string, by: ParticipantId): void {
    const { atHand, writer, now } = this.#deps;
    const live = atHand.bringBack(meeting);
    if (!live) return;
    const at = Math.max(now(), live.meeting.at);
    writer.append(meeting, live.meeting.roomId, commandTakenBack(message, by, at));
  }
}
