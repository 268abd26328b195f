import { floorOf, type Meeting, runningCircle } from "../../../appservice/circle/meeting.ts";
import { evolve } from "../../../appservice/circle/evolve.ts";
import type { CircleEvent } from "../../../appservice/circle/event.ts";
import type { Stores } from "../../../appservice/stores.ts";
import type { MeetingId } from "../../../appservice/protocol/identity.ts";
import { saidIn } from "../../support/journal/readable.ts";

/** Promise that does not hold. */
export class Broken extends Error {}

/** An offer stands for ten seconds; a service is up a moment after it has looked at its meetings. */
const LEAST_CHANCE_MS = 8_000;

type Kind = "circle" | "record";
type Followed = {
  meeting: Meeting | null;
  seq: number;
  turn: { id: number; speaker: string } | null;
  spoke: Map<string, number>;
};

/** Follows the journal from outside, and holds it to what is promised of every circle. */
export class JournalFollower {
  readonly #meetings = new Map<MeetingId, Followed>();
  readonly #tell: (line: string) => void;
  readonly #sometimes: (mark: string) => void;
  readonly #upForMs: () => number;

  /** `upForMs`: milliseconds for which the service has been there. */
  constructor(tell: (line: string) => void, sometimes: (mark: string) => void, upForMs: () => number) {
    [this.#tell, this.#sometimes, this.#upForMs] = [tell, sometimes, upForMs];
  }

  /** The newest meeting. */
  get newest(): Meeting | null {
    return [...this.#meetings.values()].at(-1)?.meeting ?? null;
  }

  get all(): Meeting[] {
    return [...this.#meetings.values()].flatMap(({ meeting }) => meeting ?? []);
  }

  /** Reads on. Throws `Broken`. */
  follow({ db, journal }: Pick<Stores, "db" | "journal">): void {
    for (const id of meetingsIn(db)) {
      const known = this.#meetings.get(id) ?? { meeting: null, seq: 0, turn: null, spoke: new Map() };
      this.#meetings.set(id, known);
      const length = journal.lengthOf(id);
      if (length < known.seq) throw new Broken(`the journal of ${id} has lost ${known.seq - length} entries`);
      const kinds = "SELECT kind FROM events WHERE meeting = ? AND seq >= ? ORDER BY seq";
      if (length > known.seq)
        this.#readOn(known, db.prepare(kinds).pluck().all(id, known.seq) as Kind[], saidIn(db, id, known.seq));
      known.seq = length;
    }
  }

  /** Nobody loses the word while the service could not have heard that they take it. */
  #holdChance({ speaker, reason }: Extract<CircleEvent, { type: "turn-ended" }>): void {
    const lapsed = reason === "not-taken" || reason === "dropped";
    if (lapsed && this.#upForMs() < LEAST_CHANCE_MS)
      throw new Broken(`${speaker} lost the word right after the service was away (${reason})`);
  }

  #readOn(known: Followed, kinds: readonly Kind[], said: readonly unknown[]): void {
    for (const [i, kind] of kinds.entries()) {
      const event = said[i] as CircleEvent;
      this.#sometimes(`${kind} ${event.type}`);
      this.#tell(`    ${kind}: ${storyOf(event)}`);
      if (kind !== "circle") continue;
      hold(known, event);
      if (event.type === "turn-ended") this.#holdChance(event);
      known.meeting = evolve(known.meeting, event);
    }
  }
}

const meetingsIn = (db: Stores["db"]) =>
  (db.prepare("SELECT id FROM meetings ORDER BY rowid").all() as { id: MeetingId }[]).map(({ id }) => id);

/**
 * One word at a time, and in a circle one turn for each; those that are kept, given or raised a hand for come on top.
 */
function hold(known: Followed, event: CircleEvent): void {
  switch (event.type) {
    case "circle-started":
      known.spoke = new Map();
      return;
    case "word-offered": {
      if (known.turn) throw new Broken(`${event.to} is offered the word while ${known.turn.speaker} has it`);
      known.turn = { id: event.turn, speaker: event.to };
      const times = known.spoke.get(event.to) ?? 0;
      if (!event.kept && event.hand === null && times > 0 && runningCircle(known.meeting)?.stage === "round")
        throw new Broken(`${event.to} has a second turn in the circle`);
      return;
    }
    case "turn-ended":
      if (known.turn?.id !== event.turn) throw new Broken(`turn ${event.turn} ends, which nobody had`);
      known.turn = null;
      known.spoke.set(event.speaker, (known.spoke.get(event.speaker) ?? 0) + 1);
      return;
    case "meeting-taken-up":
      known.turn = event.snapshot.turn && { id: event.snapshot.turn.id, speaker: event.snapshot.turn.speaker };
      known.spoke = new Map();
      return;
    case "circle-ended": {
      const { meeting } = known;
      const circle = runningCircle(meeting);
      if (!meeting || circle?.stage !== "round" || circle.cutShort) return;
      const skipped = circle.ring.filter(
        (who) =>
          !known.spoke.has(who) &&
          !circle.takenOut?.includes(who) &&
          meeting.people.find(({ id }) => id === who)?.presence !== "left" &&
          (circle.endsAt === null || event.at < circle.endsAt),
      );
      if (skipped.length > 0) throw new Broken(`the circle ends and ${skipped.join(", ")} never had the word`);
    }
  }
}

/** People whom the meeting would have heard now; null: everybody. */
export function mayBeHeardIn(meeting: Meeting | null): ReadonlySet<string> | null {
  const floor = floorOf(meeting);
  return floor.mode === "open" ? null : new Set(floor.mode === "speaker" ? [floor.speaker] : []);
}

function storyOf(event: CircleEvent): string {
  const { type } = event;
  const who = "who" in event ? event.who : "to" in event ? event.to : "speaker" in event ? event.speaker : "";
  const turn = "turn" in event ? ` (turn ${event.turn})` : "";
  return `${type} ${who ?? ""}${turn}${"reason" in event ? `: ${event.reason}` : ""}`.trim();
}
