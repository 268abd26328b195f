import type { Journal } from "../journal/journal.ts";
import { LastUsed } from "../journal/last-used.ts";
import { byTurns, eachOf, type Parts } from "../journal/parts-of-work.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Erasures } from "../store/erasures.ts";
import type { LedgerAt } from "./account.ts";
import { accountKind, byTime, isOf, type LedgerEntry, personsOf } from "./entry.ts";
import type { PurposeEvent } from "../purposes/event.ts";
import type { PurposeJournal } from "../purposes/purpose-journal.ts";
import { purposesStory, readStory } from "./read-story.ts";
import { type Reckoned, reckonedFrom } from "./reckoned.ts";
import type { sealedIn } from "./sealed-entries.ts";
import { nextTurn } from "../time/time.ts";

type LedgerDeps = {
  readonly journal: Pick<Journal, "begunBefore" | "readByAndBy" | "lengthOf">;
  readonly purposes: Pick<PurposeJournal, "read" | "lengthOf">;
  readonly sealed: ReturnType<typeof sealedIn>;
  readonly erasures: Pick<Erasures, "covers" | "coversIn">;
  /** Hears of a meeting, or a room, whose journal cannot be read. */
  readonly onUnreadable: (of: MeetingId | RoomId, error: unknown) => void;
};

/** A few hundred bytes each. */
const MOST_MEETINGS = 2_000;
const MOST_ROOMS = 100;
/** Answers that are read in one piece. */
const PORTION = 500;

type Asked = {
  readonly room: RoomId;
  readonly at: number;
  readonly of: ParticipantId | null;
  /** Number of lines that the log has. */
  readonly upTo: number;
};

type Found = Reckoned & { readonly isErased: (who: ParticipantId, since: number) => boolean };

/** The ledger of contributions: the same entries whenever, and in whatever order, the journal is read. */
export class Ledger {
  readonly #deps: LedgerDeps;
  /** Entries of a meeting, as they were when its journal had this length. */
  readonly #known = new LastUsed<MeetingId, { readonly length: number; readonly entries: readonly Reckoned[] }>(
    MOST_MEETINGS,
  );
  /** The same of what people of a room allow. */
  readonly #purposes = new LastUsed<RoomId, { readonly length: number; readonly entries: readonly Reckoned[] }>(
    MOST_ROOMS,
  );

  constructor(deps: LedgerDeps) {
    this.#deps = deps;
  }

  /**
   * The ledger of a room, oldest entries first: those in its log as they stand there, and the later ones. None rests on
   * what somebody gave before they had it erased, so none such is ever sealed under their name. `of`: entries of this
   * person alone.
   */
  async at(room: RoomId, at: number, of: ParticipantId | null = null): Promise<LedgerAt> {
    const { journal, sealed } = this.#deps;
    const { erasures } = this.#deps;
    const found: Found[] = [];
    const add = (some: readonly Reckoned[], isErased: Found["isErased"]) => {
      for (const each of some) found.push({ ...each, isErased });
    };
    add(await this.#entriesOfPurposes(room), (who, since) => erasures.covers(room, who, since));
    for (const meeting of journal.begunBefore(room, Number.MAX_SAFE_INTEGER))
      add(await this.#entriesIn(meeting), (who, since) => erasures.coversIn(meeting, who, since));
    const asked = of === null ? found : found.filter(({ entry }) => isOf(of, entry));
    return byTurns(this.#standing({ room, at, of, upTo: sealed.length(room) }, asked));
  }

  /** Counts entries that are sealed meanwhile once: as if they were not. */
  *#standing({ room, at, of, upTo }: Asked, found: readonly Found[]): Parts<LedgerAt> {
    const { sealed } = this.#deps;
    const fresh: LedgerEntry[] = [];
    yield* eachOf(found, (each) => {
      if (!sealed.has(room, each.entry.id, upTo) && !isErased(each)) fresh.push(each.entry);
    });
    const entries = yield* sealed.entries(room, upTo, of);
    return {
      counted: [...entries, ...fresh.filter((entry) => entry.at <= at)].sort(byTime),
      coming: fresh.filter((entry) => entry.at > at && accountKind(entry.from) === "pot").sort(byTime),
    };
  }

  async #entriesOfPurposes(room: RoomId): Promise<readonly Reckoned[]> {
    const { purposes, onUnreadable } = this.#deps;
    const known = this.#purposes.get(room);
    try {
      if (known?.length === purposes.lengthOf(room)) return known.entries;
      const events: PurposeEvent[] = [];
      for (let some = purposes.read(room, 0, PORTION); some.length > 0; ) {
        for (const event of some) events.push(event);
        await nextTurn();
        some = purposes.read(room, events.length, PORTION);
      }
      const entries = await byTurns(reckonedFrom(purposesStory(events)));
      return this.#purposes.keep(room, { length: events.length, entries }).entries;
    } catch (error) {
      onUnreadable(room, error);
      return [];
    }
  }

  /** A meeting that cannot be read keeps nobody from their account of the others. */
  async #entriesIn(meeting: MeetingId): Promise<readonly Reckoned[]> {
    const { journal, onUnreadable } = this.#deps;
    const length = journal.lengthOf(meeting);
    const known = this.#known.get(meeting);
    if (known?.length === length) return known.entries;
    try {
      const entries = await byTurns(reckonedFrom(await readStory(meeting, await journal.readByAndBy(meeting))));
      this.#known.keep(meeting, { length, entries });
      return entries;
    } catch (error) {
      onUnreadable(meeting, error);
      return [];
    }
  }
}

function isErased({ entry, since, isErased: isOfErased }: Found): boolean {
  return personsOf(entry).some((who) => isOfErased(who, since));
}
