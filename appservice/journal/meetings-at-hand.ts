import { type CirclePlace, ByPlace } from "../protocol/place.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import { nextTurn } from "../time/time.ts";
import type { Journal } from "./journal.ts";
import { LastUsed } from "./last-used.ts";
import { type HeldMeeting, type LiveMeeting, meetingAfter, placeOf } from "./live-meeting.ts";

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
  readonly #deps: MeetingsAtHandDeps;

  constructor(deps: MeetingsAtHandDeps) {
    this.#deps = deps;
    for (const { id, place } of deps.journal.recent(deps.now() - KEPT_AFTER_MS)) {
      const held = this.#read(id);
      if (!held) continue;
      this.#held.set(id, held);
      this.#newest.set(place, id);
    }
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
    const held = this.get(id) ?? (this.#deps.journal.roomOf(id) === room ? this.#read(id) : null);
    return held?.meeting.roomId === room ? held : null;
  }

  async readByAndBy(room: RoomId, id: MeetingId): Promise<HeldMeeting | null> {
    const { journal } = this.#deps;
    const held = this.get(id);
    if (held || journal.roomOf(id) !== room) return held?.meeting.roomId === room ? held : null;
    const known = this.#readLast.get(id);
    const live = known?.seq === journal.lengthOf(id) ? known : await this.#readInPortions(id);
    if (live) this.#readLast.keep(id, live);
    return live;
  }

  bringBack(id: MeetingId): HeldMeeting | null {
    const held = this.get(id) ?? (this.#deps.journal.roomOf(id) === null ? null : this.#read(id));
    if (held) this.#held.set(id, held);
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

  /** Reads a meeting at hand again in the open unit, which changed what was written of it. */
  readAgain(id: MeetingId): void {
    const held = this.#read(id);
    if (held) this.hold(held.meeting.roomId, held);
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

  #read(id: MeetingId): HeldMeeting | null {
    try {
      return meetingAfter(null, this.#deps.journal.read(id), this.#deps.journal.placeOf(id));
    } catch (error) {
      return this.#unreadable(id, error);
    }
  }

  async #readInPortions(id: MeetingId): Promise<HeldMeeting | null> {
    try {
      const read = meetingAfter(null, await this.#deps.journal.readByAndBy(id), this.#deps.journal.placeOf(id));
      // Lets others have their turn before anything is made of it.
      await nextTurn();
      return read;
    } catch (error) {
      return this.#unreadable(id, error);
    }
  }

  #unreadable(id: MeetingId, error: unknown): null {
    this.#deps.onUnreadable(id, error instanceof Error ? error : new Error(String(error)));
    return null;
  }
}
