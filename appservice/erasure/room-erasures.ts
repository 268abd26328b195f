import type { AssemblyErasing } from "../journal/assembly-erasing.ts";
import type { Forgettable } from "../journal/forget-before.ts";
import type { Journal } from "../journal/journal.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Erasures } from "../store/erasures.ts";
import type { Withdrawals } from "../store/withdrawals.ts";
import { nextTurn } from "../time/time.ts";

export type RoomErasuresDeps = {
  readonly withdrawals: Pick<Withdrawals, "all">;
  readonly journal: Pick<Journal, "recordBefore" | "peopleIn" | "unwritten">;
  readonly meetings: Pick<Meetings, "lastEnd">;
  readonly assemblies: Pick<AssemblyErasing, "peopleBefore" | "areBefore" | "lastEnd">;
  readonly erasures: Pick<Erasures, "note" | "isDone">;
  /** Forgets such meetings and assemblies of a room. */
  readonly forget: (room: RoomId, which: Forgettable) => Promise<void>;
};

/**
 * Erases rooms whole: first the words of everybody who gave any, as if each had asked, so that nothing of them stands
 * in the room; then the meetings. Asked again it goes on where it was, and does what an older database brings back
 * anew.
 */
export class RoomErasures {
  readonly #deps: RoomErasuresDeps;

  constructor(deps: RoomErasuresDeps) {
    this.#deps = deps;
  }

  /** Looks what is to be done next; it takes several looks until a room is done. */
  async look(): Promise<void> {
    for (const each of this.#deps.withdrawals.all()) if (each.what === "room") await this.#erase(each.room, each.at);
  }

  async #erase(room: RoomId, at: number): Promise<void> {
    const { journal, assemblies, erasures, forget } = this.#deps;
    // Began it later, it is of another record, also while something of this one goes on.
    const begun = at + 1;
    const meetings = journal.recordBefore(room, begun);
    if (meetings.length === 0 && !assemblies.areBefore(room, begun)) return;
    const end = await this.#lastEnd(room, at);
    // Of one that went on then, all words are its record's, also those that were given until its end.
    const until = Math.max(at, end ?? at);
    const people = new Set<ParticipantId>(assemblies.peopleBefore(room, begun));
    for (const meeting of meetings) {
      for (const who of journal.peopleIn(meeting)) people.add(who);
      await nextTurn();
    }
    const asked = [...people].map((who) => ({ room, who, at: until, begun: at }));
    for (const erasure of asked) erasures.note(erasure);
    if (!asked.every((erasure) => erasures.isDone(erasure))) return;
    // Messages with their words are to be gone from the room before it is forgotten which these were.
    const unwritten = new Set(journal.unwritten());
    if (meetings.some((meeting) => unwritten.has(meeting))) return;
    await forget(room, { begun, still: end === null ? begun : Infinity, withGroups: true });
  }

  /** Moment at which the last ended of what began by then; null: something of it goes on. */
  async #lastEnd(room: RoomId, at: number): Promise<number | null> {
    const { meetings, assemblies } = this.#deps;
    const ends = [await meetings.lastEnd(room, at + 1), await assemblies.lastEnd(room, at + 1)];
    return ends.reduce((one, other) => (one === null || other === null ? null : Math.max(one, other)), 0);
  }
}
