import type { AssemblyErasing } from "../journal/assembly-erasing.ts";
import type { Journal } from "../journal/journal.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Erasures } from "../store/erasures.ts";
import type { Withdrawals } from "../store/withdrawals.ts";
import { nextTurn } from "../time/time.ts";

export type RoomErasuresDeps = {
  readonly withdrawals: Pick<Withdrawals, "all">;
  readonly journal: Pick<Journal, "begunBefore" | "peopleIn" | "unwritten">;
  readonly assemblies: Pick<AssemblyErasing, "peopleBefore" | "areBefore">;
  readonly erasures: Pick<Erasures, "note" | "isDone">;
  /** Forgets the meetings of a room that are over and began before a moment. */
  readonly forget: (room: RoomId, before: number) => Promise<void>;
};

/**
 * Erases rooms whole: first the words of everybody who gave any, as if each had asked, so that nothing of them stands in the
 * room; then the meetings. Asked again it goes on where it was, and does what an older database brings back anew.
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
    const meetings = journal.begunBefore(room, at + 1);
    if (meetings.length === 0 && !assemblies.areBefore(room, at + 1)) return;
    const people = new Set<ParticipantId>(assemblies.peopleBefore(room, at + 1));
    for (const meeting of meetings) {
      for (const who of journal.peopleIn(meeting)) people.add(who);
      await nextTurn();
    }
    const asked = [...people].map((who) => ({ room, who, at }));
    for (const erasure of asked) erasures.note(erasure);
    if (!asked.every((erasure) => erasures.isDone(erasure))) return;
    // Messages with their words are to be gone from the room before it is forgotten which these were.
    const unwritten = new Set(journal.unwritten());
    if (!meetings.some((meeting) => unwritten.has(meeting))) await forget(room, at + 1);
  }
}
