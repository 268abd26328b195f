import type { MeetingId } from "../protocol/identity.ts";
import type { UnitOfWork } from "../store/unit-of-work.ts";
import type { JournalEntry } from "./entry.ts";
import type { Listener, LiveMeeting } from "./live-meeting.ts";

type AnnouncerDeps = {
  readonly unit: UnitOfWork;
  readonly liveOf: (id: MeetingId) => LiveMeeting | null;
  /** Comes before the listeners. */
  readonly onWritten: (live: LiveMeeting) => void;
};

/** Tells the listeners of each meeting once, when all is written: as it is then, with all that happened to it. */
export class Announcer {
  readonly #deps: AnnouncerDeps;
  readonly #listeners: Listener[] = [];
  /** Entries that are written with the open unit, of which nobody has been told. */
  #untold: { readonly id: MeetingId; readonly entries: readonly JournalEntry[] }[] = [];

  constructor(deps: AnnouncerDeps) {
    this.#deps = deps;
  }

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Tells of entries that the open unit writes, after its commit. */
  afterCommit(id: MeetingId, entries: readonly JournalEntry[]): void {
    const { unit } = this.#deps;
    const untold = this.#untold;
    this.#untold = [...untold, { id, entries }];
    unit.onRollback(() => void (this.#untold = untold));
    unit.afterCommit(() => this.#tellUntold());
  }

  /** Tells now. A listener that throws keeps no other from being told. */
  tell(live: LiveMeeting, happened: readonly JournalEntry[]): void {
    for (const listener of this.#listeners) this.#deps.unit.tell(() => listener(live, happened));
  }

  #tellUntold(): void {
    const happened = new Map<MeetingId, JournalEntry[]>();
    for (const { id, entries } of this.#untold) happened.set(id, [...(happened.get(id) ?? []), ...entries]);
    this.#untold = [];
    for (const [id, entries] of happened) {
      const live = this.#deps.liveOf(id);
      if (!live) continue;
      this.#deps.onWritten(live);
      this.tell(live, entries);
    }
  }
}
