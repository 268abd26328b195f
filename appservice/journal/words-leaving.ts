import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Journal } from "./journal.ts";
import { atOnce, byTurns, type Parts, unlessStopped } from "./parts-of-work.ts";

type WordsLeavingDeps = {
  readonly journal: Pick<Journal, "unit" | "words" | "leaving" | "withWordsLeaving">;
  /** Hears of an error that nobody waits for; the next start goes on. */
  readonly onFailed: (error: unknown) => void;
};

/**
 * Has words that were taken back leave the journal. Few are gone through with the change itself; a long meeting
 * afterwards, a few milliseconds at a time, one meeting after another, and again after an end of the process.
 */
export class WordsLeaving {
  readonly #deps: WordsLeavingDeps;
  readonly #waiting = new Set<MeetingId>();
  #last: Promise<unknown> = Promise.resolve();
  #stopped = false;
  #tookBack = false;
  #erasing: MeetingId | null = null;

  constructor(deps: WordsLeavingDeps) {
    this.#deps = deps;
  }

  /** Goes on where the last process ended. */
  start(): void {
    for (const meeting of this.#deps.journal.withWordsLeaving()) this.#soon(meeting);
  }

  /** Goes on where another service ended, in the meetings of a room that came from it. */
  comeIn(room: RoomId): void {
    for (const meeting of this.#deps.journal.withWordsLeaving(room)) this.#soon(meeting);
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    for (let last: unknown = null; last !== this.#last; ) {
      last = this.#last;
      await last;
    }
  }

  /** Takes words out of a meeting in which, with the open unit, some were taken back. */
  ask(meeting: MeetingId): void {
    const { journal } = this.#deps;
    journal.unit.afterCommit(() => void (this.#tookBack = true));
    // Waits for an erasure of the same meeting: its entries, read before, would be written back with these words.
    if (meeting !== this.#erasing && journal.words.areFew(meeting)) return void atOnce(journal.words.takeOut(meeting));
    journal.leaving(meeting, true);
    journal.unit.afterCommit(() => this.#soon(meeting));
  }

  /**
   * Takes all words of somebody out of a meeting. Throws where the service ends meanwhile: they are not all gone then.
   */
  erase(meeting: MeetingId, who: ParticipantId): Promise<void> {
    const { words } = this.#deps.journal;
    return this.#inTurn(async () => {
      this.#erasing = meeting;
      try {
        for (const parts of [() => words.erase(meeting, who), () => words.takeOut(meeting)])
          if ((await this.#do(parts())) === null) throw new Error("the service ends before the words are gone");
      } finally {
        this.#erasing = null;
      }
      this.#tookBack = true;
    });
  }

  /** Tells whether words went out of the journal since the last call. */
  tookBack(): boolean {
    const did = this.#tookBack;
    this.#tookBack = false;
    return did;
  }

  #soon(meeting: MeetingId): void {
    if (this.#waiting.has(meeting)) return;
    this.#waiting.add(meeting);
    this.#inTurn(() => this.#takeOut(meeting)).catch(this.#deps.onFailed);
  }

  async #takeOut(meeting: MeetingId): Promise<void> {
    const { journal } = this.#deps;
    this.#waiting.delete(meeting);
    const isDone = await this.#do(journal.words.takeOut(meeting));
    // Words that were taken back meanwhile are gone through after this.
    if (isDone !== null && !this.#waiting.has(meeting)) journal.leaving(meeting, false);
    this.#tookBack = true;
  }

  #do<T>(parts: Parts<T>): Promise<T | null> {
    return byTurns(unlessStopped(parts, () => this.#stopped));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}
