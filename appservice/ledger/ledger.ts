import type { Journal } from "../journal/journal.ts";
import { LastUsed } from "../journal/last-used.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import type { Erasures } from "../store/erasures.ts";
import type { LedgerAt } from "./account.ts";
import { accountKind, byTime, type LedgerEntry, personsOf } from "./entry.ts";
import type { PurposeJournal } from "../purposes/purpose-journal.ts";
import { purposesStory, readStory } from "./read-story.ts";
import { type Reckoned, reckonedFrom } from "./reckoned.ts";

type LedgerDeps = {
  readonly journal: Pick<Journal, "begunBefore" | "readByAndBy" | "lengthOf">;
  readonly purposes: Pick<PurposeJournal, "read">;
  readonly sealed: {
    /** Entries of a room that are in its log, and the ids of all that ever were. */
    readonly entries: (room: RoomId) => readonly LedgerEntry[];
    readonly ids: (room: RoomId) => ReadonlySet<string>;
  };
  readonly erasures: Pick<Erasures, "covers">;
  /** Hears of a meeting, or a room, whose journal cannot be read. */
  readonly onUnreadable: (of: MeetingId | RoomId, error: unknown) => void;
};

/** A few hundred bytes each. */
const MOST_MEETINGS = 2_000;

/** The ledger of contributions: the same entries whenever, and in whatever order, the journal is read. */
export class Ledger {
  readonly #deps: LedgerDeps;
  /** Entries of a meeting, as they were when its journal had this length. */
  readonly #known = new LastUsed<MeetingId, { readonly length: number; readonly entries: readonly Reckoned[] }>(
    MOST_MEETINGS,
  );

  constructor(deps: LedgerDeps) {
    this.#deps = deps;
  }

  /**
   * The ledger of a room, oldest entries first: those in its log as they stand there, and the later ones. None rests on
   * what somebody gave before they had it erased, so none such is ever sealed under their name.
   */
  async at(room: RoomId, at: number): Promise<LedgerAt> {
    const { journal, sealed } = this.#deps;
    const found = this.#entriesOfPurposes(room);
    for (const meeting of journal.begunBefore(room, Number.MAX_SAFE_INTEGER))
      found.push(...(await this.#entriesIn(meeting)));
    const ids = sealed.ids(room);
    const unsealed = found.filter(({ entry }) => !ids.has(entry.id));
    const fresh = unsealed.filter((each) => !this.#isErased(room, each)).map(({ entry }) => entry);
    return {
      counted: [...sealed.entries(room), ...fresh.filter((entry) => entry.at <= at)].sort(byTime),
      coming: fresh.filter((entry) => entry.at > at && accountKind(entry.from) === "pot").sort(byTime),
    };
  }

  #isErased(room: RoomId, { entry, since }: Reckoned): boolean {
    return personsOf(entry).some((who) => this.#deps.erasures.covers(room, who, since));
  }

  #entriesOfPurposes(room: RoomId): Reckoned[] {
    try {
      return reckonedFrom(purposesStory(this.#deps.purposes.read(room)));
    } catch (error) {
      this.#deps.onUnreadable(room, error);
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
      const entries = reckonedFrom(await readStory(meeting, await journal.readByAndBy(meeting)));
      this.#known.keep(meeting, { length, entries });
      return entries;
    } catch (error) {
      onUnreadable(meeting, error);
      return [];
    }
  }
}
