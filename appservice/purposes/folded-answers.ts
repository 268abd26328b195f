import { LastUsed } from "../journal/last-used.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { UnitOfWork } from "../store/unit-of-work.ts";
import type { PurposeEvent } from "./event.ts";
import type { PurposeJournal } from "./purpose-journal.ts";
import { evolvePurposes, NO_ANSWERS, type PurposeState } from "./state.ts";

/** Yeses of a day in one room: many more than anybody means who changes their mind. */
export const MOST_YESES_A_DAY = 20;

const DAY_MS = 86_400_000;
/** Some kilobytes each. */
const MOST_ROOMS = 500;

type Folded = {
  readonly length: number;
  readonly state: PurposeState;
  /** Times of each person's last yeses. */
  readonly yeses: ReadonlyMap<ParticipantId, readonly number[]>;
};

const NONE: Folded = { length: 0, state: NO_ANSWERS, yeses: new Map() };

type Deps = { readonly journal: Pick<PurposeJournal, "read" | "lengthOf">; readonly unit: UnitOfWork };

/**
 * Answers of rooms as they stand, kept in memory: of a journal only what is new is read, however long it has become.
 */
export class FoldedAnswers {
  readonly #deps: Deps;
  readonly #rooms = new LastUsed<RoomId, Folded>(MOST_ROOMS);

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  of(room: RoomId): PurposeState {
    return this.#folded(room).state;
  }

  /** Tells whether somebody has said yes so often within a day that no further one is taken. */
  areMany(room: RoomId, who: ParticipantId, at: number): boolean {
    const times = this.#folded(room).yeses.get(who) ?? [];
    return times.filter((time) => at - time < DAY_MS).length >= MOST_YESES_A_DAY;
  }

  #folded(room: RoomId): Folded {
    const { journal, unit } = this.#deps;
    const length = journal.lengthOf(room);
    const known = this.#rooms.get(room);
    if (known?.length === length) return known;
    const before = known && known.length < length ? known : NONE;
    const events = journal.read(room, before.length);
    unit.onRollback(() => this.#rooms.forget(room));
    return this.#rooms.keep(room, {
      length,
      state: events.reduce(evolvePurposes, before.state),
      yeses: yesesAfter(before.yeses, events),
    });
  }
}

function yesesAfter(before: Folded["yeses"], events: readonly PurposeEvent[]): Folded["yeses"] {
  const yeses = new Map(before);
  for (const { who, given, at } of events)
    if (given) yeses.set(who, [...(yeses.get(who) ?? []), at].slice(-MOST_YESES_A_DAY));
  return yeses;
}
