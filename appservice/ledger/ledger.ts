import type { Journal } from "../journal/journal.ts";
import { LastUsed } from "../journal/last-used.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import type { LedgerAt } from "./account.ts";
import { accountKind, byTime, type LedgerEntry } from "./entry.ts";
import type { PurposeJournal } from "../purposes/purpose-journal.ts";
import { purposesStory, readStory } from "./read-story.ts";
import { entriesBy } from "./rule.ts";
import { RULES } from "./rule-list.ts";

type LedgerDeps = {
  readonly journal: Pick<Journal, "begunBefore" | "readByAndBy" | "lengthOf">;
  readonly purposes: Pick<PurposeJournal, "read">;
  readonly sealed: {
    /** Entries of a room that are in its log, and the ids of all that ever were. */
    readonly entries: (room: RoomId) => readonly LedgerEntry[];
    readonly ids: (room: RoomId) => ReadonlySet<string>;
  };
  /** Hears of a meeting, or a room, whose journal cannot be read. */
  readonly onUnreadable: (of: MeetingId | RoomId, error: unknown) => void;
};

/** A few hundred bytes each. */
const MOST_MEETINGS = 2_000;

/** The ledger of contributions: the same entries whenever, and in whatever order, the journal is read. */
export class Ledger {
  readonly #deps: LedgerDeps;
  /** Entries of a meeting, as they were when its journal had this length. */
  readonly #known = new LastUsed<MeetingId, { readonly length: number; readonly entries: readonly LedgerEntry[] }>(
    MOST_MEETINGS,
  );

  constructor(deps: LedgerDeps) {
    this.#deps = deps;
  }

  /** The ledger of a room, oldest entries first: those in its log as they stand there, and the later ones. */
  async at(room: RoomId, at: number): Promise<LedgerAt> {
    const { journal, sealed } = this.#deps;
    const found = this.#entriesOfPurposes(room);
    for (const meeting of journal.begunBefore(room, Number.MAX_SAFE_INTEGER))
      found.push(...(await this.#entriesIn(meeting)));
    const ids = sealed.ids(room);
    const fresh = found.filter((entry) => entry.at <= at && !ids.has(entry.id));
    return {
      counted: [...sealed.entries(room), ...fresh].sort(byTime),
      coming: found.filter((entry) => entry.at > at && accountKind(entry.from) === "pot").sort(byTime),
    };
  }

  #entriesOfPurposes(room: RoomId): LedgerEntry[] {
    try {
      const story = purposesStory(this.#deps.purposes.read(room));
      return RULES.flatMap((rule) => entriesBy(rule, story));
    } catch (error) {
      this.#deps.onUnreadable(room, error);
      return [];
    }
  }

  /** A meeting that cannot be read keeps nobody from their account of the others. */
  async #entriesIn(meeting: MeetingId): Promise<readonly LedgerEntry[]> {
    const { journal, onUnreadable } = this.#deps;
    const length = journal.lengthOf(meeting);
    const known = this.#known.get(meeting);
    if (known?.length === length) return known.entries;
    try {
      const story = await readStory(meeting, await journal.readByAndBy(meeting));
      const entries = RULES.flatMap((rule) => entriesBy(rule, story));
      this.#known.keep(meeting, { length, entries });
      return entries;
    } catch (error) {
      onUnreadable(meeting, error);
      return [];
    }
  }
}
