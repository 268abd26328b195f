import type { Logger } from "pino";
import { mayBeWritten } from "../circle/agreement.ts";
import type { AssemblyErasing } from "../journal/assembly-erasing.ts";
import type { Journal } from "../journal/journal.ts";
import type { Meetings } from "../journal/meetings.ts";
import { insider } from "../protocol/actor.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { MyPurpose } from "../protocol/purposes.ts";
import type { Purposes } from "../purposes/purposes.ts";
import type { Erasures, KnownErasure } from "../store/erasures.ts";
import type { LedgerLog } from "../store/ledger-log.ts";
import type { KeptAudio } from "../store/kept-audio.ts";
import type { Recordings } from "../store/recordings.ts";
import type { Withdrawals } from "../store/withdrawals.ts";
import { forgetSpooled } from "../scribe/spool/forget-spooled.ts";
import { inTurn } from "../upkeep.ts";

export type ErasureDeskDeps = {
  readonly erasures: Erasures;
  readonly withdrawals: Pick<Withdrawals, "add" | "all">;
  readonly journal: Pick<Journal, "unit" | "begunBefore" | "recordBefore" | "tidy" | "sealing" | "words">;
  readonly meetings: Pick<
    Meetings,
    "of" | "placesIn" | "send" | "takeWordsBack" | "eraseWords" | "wordsGivenBy" | "isAway"
  >;
  readonly assemblies: Pick<AssemblyErasing, "takeBack" | "erase" | "letGo">;
  readonly purposes: Pick<Purposes, "shownTo" | "answer">;
  readonly ledgerLog: Pick<LedgerLog, "erase">;
  readonly audio: Pick<KeptAudio, "consent" | "forgetBut" | "letGo">;
  readonly recordings: Pick<Recordings, "takeBack">;
  /** Folder of speech that is no text yet. */
  readonly spoolFolder: string;
  /** Takes a meeting's words out of what stands in the room besides messages, around the work that erases them. */
  readonly inRoom: (
    room: RoomId,
    meeting: MeetingId,
    words: readonly string[],
    erase: () => Promise<void>,
  ) => Promise<void>;
  readonly now: () => number;
  readonly log: Logger;
  /** Called before each step, for tests to interrupt it there. */
  readonly before?: (step: string) => void;
};

/**
 * Erases all that a person ever said and wrote in a room: noted down first, also beside the database; then taken back
 * in all meetings, so that nobody is shown it; and then erased meeting by meeting, a few milliseconds
 * at a time. One that was interrupted is carried on at the next start; where the room moves, by whoever has it then.
 */
export class ErasureDesk {
  readonly #deps: ErasureDeskDeps;
  readonly #working: ReturnType<typeof inTurn<KnownErasure>>;
  #stopped = false;

  constructor(deps: ErasureDeskDeps) {
    this.#deps = deps;
    this.#working = inTurn(
      (erasure: KnownErasure) => this.#erase(erasure),
      (error) => deps.log.error({ err: error }, "words that are to be erased are not all gone; it is tried again"),
    );
  }

  /** Notes an erasure down, for good, and begins with it. */
  ask(room: RoomId, who: ParticipantId): void {
    const { erasures, withdrawals, journal, now } = this.#deps;
    const at = now();
    withdrawals.add({ what: "erasure", room, who, at });
    erasures.note({ room, who, at }, true);
    journal.unit.afterCommit(() => this.#working.soon({ room, who, at, begun: at }));
  }

  /**
   * Looks for erasures that are to be done: those that the admin asked for, that an older database does not know, or
   * that were interrupted.
   */
  look(): void {
    const { erasures, withdrawals } = this.#deps;
    for (const each of withdrawals.all()) if (each.what === "erasure") erasures.note(each);
    for (const erasure of erasures.pending()) this.#working.soon(erasure);
  }

  /** Resolves when the part that is being done is over; the next start does the rest. */
  stop(): Promise<void> {
    this.#stopped = true;
    return this.#working.stop();
  }

  async #erase(erasure: KnownErasure): Promise<void> {
    const { erasures, journal, meetings, assemblies, now, log, before = () => {} } = this.#deps;
    const { room, who, at, begun: record } = erasure;
    if (erasures.isDone(erasure) || meetings.isAway(room)) return;
    const begun = journal.recordBefore(room, record + 1, at + 1);
    before("take consent back");
    this.#takeConsentBack(erasure, begun);
    journal.sealing.retire(room, who, at);
    // The newest is what people look at. Later meetings carry tasks of earlier ones, and are written after these.
    for (const meeting of [...begun.slice(-1), ...begun.slice(0, -1)]) {
      if (this.#endsHere(room)) return;
      before(`take back in ${meeting}`);
      await meetings.takeWordsBack(meeting, who, at);
    }
    if (this.#endsHere(room)) return;
    before("take back in assemblies");
    assemblies.takeBack(erasure);
    before("erase sound");
    this.#eraseSound(erasure, begun);
    for (const meeting of begun) {
      if (this.#endsHere(room)) return;
      if (!journal.words.isTakenBack(meeting, who, at)) continue;
      before(`erase from ${meeting}`);
      const words = await meetings.wordsGivenBy(meeting, who);
      await this.#deps.inRoom(room, meeting, words, () => meetings.eraseWords(meeting, who));
    }
    if (this.#endsHere(room)) return;
    // After their rings, of whose results they tell.
    before("erase from assemblies");
    await assemblies.erase(erasure, () => this.#endsHere(room));
    if (this.#endsHere(room)) return;
    for (const meeting of journal.begunBefore(room, now() + 1)) {
      if (this.#endsHere(room)) return;
      before(`seal ${meeting} anew`);
      await journal.sealing.letGo(meeting, room, who);
    }
    if (this.#endsHere(room)) return;
    before("seal assemblies anew");
    await assemblies.letGo(room, who, () => this.#endsHere(room));
    if (this.#endsHere(room)) return;
    before("seal messages anew");
    await journal.sealing.letGoPosts(room, who);
    if (this.#endsHere(room)) return;
    before("seal sound anew");
    const keys = journal.sealing.retiredKeys(room, who);
    await this.#deps.audio.letGo({ room, speaker: who }, keys, this.#deps.spoolFolder);
    if (this.#endsHere(room)) return;
    before("destroy the keys");
    journal.sealing.destroy(room, who);
    before("erase from the ledger");
    journal.unit.run(() => {
      this.#deps.ledgerLog.erase(who, room, this.#later(room, begun));
      erasures.done(erasure, now());
    });
    journal.tidy();
    log.info({ room }, "what somebody had said and written in a room was erased, as they asked");
  }

  #eraseSound({ room, who, at, begun: record }: KnownErasure, begun: readonly MeetingId[]): void {
    const { audio, recordings, spoolFolder } = this.#deps;
    const kept = this.#later(room, begun);
    const { since } = this.#given(room, who).find(({ purpose }) => purpose === "sound") ?? { since: null };
    if (since !== null && since > record) audio.forgetBut({ room, speaker: who }, new Set(kept));
    else audio.consent({ room, speaker: who }, false);
    // Also by a yes that does not count any more, on which no answer was written.
    recordings.takeBack(room, who, kept);
    forgetSpooled(spoolFolder, { meetings: new Set(begun), speaker: who, until: at });
  }

  /** Meetings of a room besides these. */
  #later(room: RoomId, begun: readonly MeetingId[]): MeetingId[] {
    const erased = new Set(begun);
    return this.#deps.journal.begunBefore(room, Infinity).filter((meeting) => !erased.has(meeting));
  }

  /** Purposes to which somebody has said yes. */
  #given(room: RoomId, who: ParticipantId): MyPurpose[] {
    return this.#deps.purposes.shownTo(room, who, "en").filter((each) => each.given === true);
  }

  /** Tells whether somebody else goes on: the next start, or the service that has the room now. */
  #endsHere(room: RoomId): boolean {
    return this.#stopped || this.#deps.meetings.isAway(room);
  }

  /**
   * Takes back all that they allowed before they asked; also in the meeting that goes on, in mid-turn. Answers that
   * they gave later stand, and those in meetings that began later.
   */
  #takeConsentBack({ room, who, begun: record }: KnownErasure, begun: readonly MeetingId[]): void {
    const { purposes, meetings, now } = this.#deps;
    const actor = insider(who, who, "service");
    for (const { purpose, since } of this.#given(room, who))
      if (since === null || since <= record)
        purposes.answer(room, { actor, purpose, given: false, hash: null, at: now() });
    for (const place of meetings.placesIn(room)) {
      const meeting = meetings.of(place)?.meeting;
      if (!meeting?.agreement || meeting.phase === "ended" || !begun.includes(meeting.id)) continue;
      if (!mayBeWritten(meeting, who)) continue;
      const shown = meeting.agreement.asks;
      meetings.send(place, { type: "agree", agreed: false, shown, actor, expectedVersion: null, at: now() });
    }
  }
}
