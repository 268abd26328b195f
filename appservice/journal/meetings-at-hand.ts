import { type CirclePlace, ByPlace } from "../protocol/place.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import { takingWordsBack } from "./taking-words-back.ts";
import type { Journal } from "./journal.ts";
import { LastUsed } from "./last-used.ts";
import { foldedAfter, type HeldMeeting, type LiveMeeting, meetingAfter, placeOf } from "./live-meeting.ts";
import { atOnce, byTurns, type Parts } from "./parts-of-work.ts";

export type MeetingsAtHandDeps = {
  readonly journal: Journal;
  readonly now: () => number;
  readonly onUnreadable: (meeting: MeetingId, error: Error) => void;
};

/** A meeting that is over is kept at hand this long: its last words and its minutes may still be on their way. */
const KEPT_AFTER_MS = 24 * 3600_000;
/** Most meetings that are kept because somebody looked at them: as many as a room's graph is made of, and some. */
const MOST_READ_LAST = 30;

/**
 * Meetings in memory: the newest of each room, those that ended lately, and those that were brought back. All others
 * are read from the journal.
 */
export class MeetingsAtHand {
  readonly #held = new Map<MeetingId, HeldMeeting>();
  /** Meetings that are long over; nobody changes them. */
  readonly #readLast = new LastUsed<MeetingId, HeldMeeting>(MOST_READ_LAST);
  readonly #newest = new ByPlace<MeetingId>();
  /** Rooms that another service has. */
  readonly #away = new Set<RoomId>();
  readonly #deps: MeetingsAtHandDeps;

  constructor(deps: MeetingsAtHandDeps) {
    this.#deps = deps;
    this.#hold();
  }

  #hold(room?: RoomId): void {
    const { journal, now } = this.#deps;
    for (const { id, place } of journal.recent(now() - KEPT_AFTER_MS, room)) {
      const held = this.#read(id);
      if (!held) continue;
      this.#held.set(id, held);
      this.#newest.set(place, id);
    }
  }

  /**
   * Lets a room's meetings go, which another service has from now on: none of them is brought back. Returns those that
   * were at hand.
   */
  letGo(room: RoomId): HeldMeeting[] {
    this.#away.add(room);
    const gone = this.all().filter(({ meeting }) => meeting.roomId === room);
    for (const { meeting } of gone) this.#held.delete(meeting.id);
    for (const place of this.placesIn(room)) this.#newest.delete(place);
    this.#readLast.clear();
    return gone;
  }

  /** Tells whether another service has a room. */
  isAway(room: RoomId): boolean {
    return this.#away.has(room);
  }

  /** Takes in the meetings of a room that is this service's from now on. */
  comeIn(room: RoomId): void {
    this.#away.delete(room);
    this.#readLast.clear();
    this.#hold(room);
  }

  /** Places that have, or had, a meeting. */
  places(): CirclePlace[] {
    return this.#newest.places();
  }

  /** Places of one room: the room as a whole, and the rings of its assembly. */
  placesIn(room: RoomId): CirclePlace[] {
    return this.#newest.placesIn(room);
  }

  get(id: MeetingId): HeldMeeting | null {
    return this.#held.get(id) ?? null;
  }

  of(place: CirclePlace): HeldMeeting | null {
    const id = this.#newest.get(place);
    return id === undefined ? null : this.get(id);
  }

  all(): HeldMeeting[] {
    return [...this.#held.values()];
  }

  isNewest(live: LiveMeeting): boolean {
    return this.#newest.get(placeOf(live)) === live.meeting.id;
  }

  readNow(room: RoomId, id: MeetingId): HeldMeeting | null {
    const held = this.get(id) ?? (this.#roomOf(id) === room ? this.#readOnce(id) : null);
    return held?.meeting.roomId === room ? this.#asShown(held) : null;
  }

  async readByAndBy(room: RoomId, id: MeetingId): Promise<HeldMeeting | null> {
    const held = this.get(id);
    if (held || this.#roomOf(id) !== room) return held?.meeting.roomId === room ? byTurns(this.#showing(held)) : null;
    const live = this.#lastRead(id) ?? (await this.#readInPortions(id));
    if (live) this.#readLast.keep(id, live);
    return live && byTurns(this.#showing(live));
  }

  /** The meeting without words that are to be erased, while the erasure has not come to it. */
  #asShown(held: HeldMeeting): HeldMeeting {
    return atOnce(this.#showing(held));
  }

  *#showing(held: HeldMeeting): Parts<HeldMeeting> {
    const { journal, now } = this.#deps;
    const { id, at } = held.meeting;
    let shown = held;
    for (const who of journal.words.awaitingErasure(id)) {
      const { messages } = yield* journal.words.givenBy(id, who);
      const entries = takingWordsBack(shown, messages, who, Math.max(now(), at));
      shown = { ...(yield* foldedAfter(shown, entries, placeOf(shown))), seq: held.seq };
    }
    return shown;
  }

  bringBack(id: MeetingId): HeldMeeting | null {
    const held = this.get(id) ?? (this.#roomOf(id) === null ? null : this.#readOnce(id));
    if (held) this.#holdAlone(id, held);
    return held;
  }

  /** Holds a meeting for the rest of the unit, which sees it; where the unit comes to nothing, all is as it was. */
  hold(place: CirclePlace, held: HeldMeeting): void {
    const { id } = held.meeting;
    const [before, newest] = [this.get(id), this.#newest.get(place)];
    this.#held.set(id, held);
    if (!before) this.#newest.set(place, id);
    this.#deps.journal.unit.onRollback(() => {
      if (before) return void this.#held.set(id, before);
      this.#held.delete(id);
      if (newest === undefined) this.#newest.delete(place);
      else this.#newest.set(place, newest);
    });
  }

  /** The same bit by bit; what happens in it meanwhile is not lost. */
  async bringBackByAndBy(id: MeetingId): Promise<HeldMeeting | null> {
    const known = this.get(id);
    if (known || this.#roomOf(id) === null) return known;
    const read = await this.#readInPortions(id);
    // Its room may have been let go meanwhile.
    if (this.#roomOf(id) === null) return null;
    const held = this.get(id) ?? read;
    if (held) this.#holdAlone(id, held);
    return held;
  }

  /** Reads a meeting at hand again, bit by bit, since what was written of it has changed. */
  async readAgain(id: MeetingId): Promise<HeldMeeting | null> {
    const read = await this.#readInPortions(id);
    const before = this.get(id);
    if (!read || !before) return null;
    this.#held.set(id, { ...read, drafts: before.drafts });
    return this.get(id);
  }

  /** Holds what is being made of its minutes, of which the journal does not hear. */
  draw(id: MeetingId, drawn: (before: HeldMeeting["drafts"]) => HeldMeeting["drafts"]): HeldMeeting | null {
    const held = this.get(id);
    if (!held) return null;
    const grown = { ...held, drafts: drawn(held.drafts) };
    this.#held.set(id, grown);
    return grown;
  }

  forget(room: RoomId, id: MeetingId): void {
    this.#held.delete(id);
    this.#readLast.forget(id);
    for (const place of this.placesIn(room)) if (this.#newest.get(place) === id) this.#newest.delete(place);
  }

  forgetLongEnded(now: number): void {
    for (const held of this.all()) {
      const { meeting } = held;
      const over = meeting.phase === "ended" && meeting.endedAt < now - KEPT_AFTER_MS;
      if (over && !this.isNewest(held)) this.#held.delete(meeting.id);
    }
  }

  /** As it was read lately, where it is so still. */
  #lastRead(id: MeetingId): HeldMeeting | null {
    const known = this.#readLast.get(id);
    return known?.seq === this.#deps.journal.lengthOf(id) ? known : null;
  }

  #readOnce(id: MeetingId): HeldMeeting | null {
    const read = this.#lastRead(id) ?? this.#read(id);
    if (read) this.#readLast.keep(id, read);
    return read;
  }

  /** Holds it alone: what was read before has words that may be taken back. */
  #holdAlone(id: MeetingId, held: HeldMeeting): void {
    this.#held.set(id, held);
    this.#readLast.forget(id);
  }

  /** Room of a meeting; null where another service has it. */
  #roomOf(id: MeetingId): RoomId | null {
    const room = this.#deps.journal.roomOf(id);
    return room === null || this.#away.has(room) ? null : room;
  }

  #read(id: MeetingId): HeldMeeting | null {
    try {
      return meetingAfter(null, this.#deps.journal.read(id), this.#deps.journal.placeOf(id));
    } catch (error) {
      return this.#unreadable(id, error);
    }
  }

  /** As it is when all is read: what was added meanwhile is read at once, for nothing may come between then. */
  async #readInPortions(id: MeetingId): Promise<HeldMeeting | null> {
    const { journal } = this.#deps;
    try {
      const place = journal.placeOf(id);
      const read = await byTurns(foldedAfter(null, await journal.readByAndBy(id), place));
      const since = atOnce(journal.reading(id, read.seq));
      return since.length > 0 ? meetingAfter(read, since, place) : read;
    } catch (error) {
      return this.#unreadable(id, error);
    }
  }

  #unreadable(id: MeetingId, error: unknown): null {
    this.#deps.onUnreadable(id, error instanceof Error ? error : new Error(String(error)));
    return null;
  }
}
