import type { Ruling } from "../circle/ruling.ts";
import type { KeptAudio } from "../store/kept-audio.ts";
import type { UnitOfWork } from "../store/unit-of-work.ts";
import type { Withdrawal } from "../store/withdrawals.ts";
import { insider } from "../protocol/actor.ts";
import type { Language, ParticipantId, RoomId } from "../protocol/identity.ts";
import { type MyPurpose, Purpose } from "../protocol/purposes.ts";
import { type AnswerPurpose, decidePurpose } from "./decide.ts";
import type { PurposeEvent } from "./event.ts";
import { FoldedAnswers } from "./folded-answers.ts";
import type { PurposeJournal } from "./purpose-journal.ts";
import { type PurposeSentences, textsOf, wordingOf } from "./purpose-texts.ts";
import { answerOn, answersOn, isGiven, type PurposeAnswer, type PurposeState } from "./state.ts";

type PurposesDeps = {
  readonly journal: PurposeJournal;
  readonly unit: UnitOfWork;
  readonly audio: Pick<KeptAudio, "consent">;
  /** Sentences that people of a room are shown. */
  readonly sentencesIn: (room: RoomId) => PurposeSentences;
  /** Time from which on a yes to writing counts in a room: since then the words go somewhere else, too. */
  readonly writingChangedAt: (room: RoomId) => number;
};

type PurposeListener = (room: RoomId, event: PurposeEvent) => void;

/** Purposes for which people let their words and sound in a room be used: asked of them, and of nobody else. */
export class Purposes {
  readonly #deps: PurposesDeps;
  readonly #listeners: PurposeListener[] = [];
  readonly #folded: FoldedAnswers;

  constructor(deps: PurposesDeps) {
    this.#deps = deps;
    this.#folded = new FoldedAnswers(deps);
  }

  /** Hears of each answer, after it is written. */
  listen(listener: PurposeListener): void {
    this.#listeners.push(listener);
  }

  of(room: RoomId): PurposeState {
    return this.#folded.of(room);
  }

  /** Tells whether somebody has said yes, and to what is asked today. */
  allows(room: RoomId, who: ParticipantId, purpose: Purpose): boolean {
    const state = this.of(room);
    return isGiven(state, who, purpose) && this.#isOfToday(room, answerOn(state, who, purpose), purpose);
  }

  /** All who have said yes, and to what is asked today. */
  allowing(room: RoomId, purpose: Purpose): ReadonlySet<ParticipantId> {
    const isOfToday = this.#ofToday(room, purpose);
    const given = answersOn(this.of(room), purpose).filter(([, answer]) => answer.given && isOfToday(answer));
    return new Set(given.map(([who]) => who));
  }

  /** Purposes as they stand for somebody, with the sentences in their language. */
  shownTo(room: RoomId, who: ParticipantId, language: Language): MyPurpose[] {
    const state = this.of(room);
    const asked = this.#deps.sentencesIn(room);
    return Purpose.options.map((purpose) => {
      const { offered, in: sentences } = asked[purpose];
      const { text, hash } = sentences[language];
      const answer = answerOn(state, who, purpose);
      const known = answer?.given === true && !this.#isOfToday(room, answer, purpose) ? null : answer;
      return { purpose, text, hash, offered, given: known?.given ?? null, since: known?.at ?? null };
    });
  }

  /** Takes an answer; with a no to sound, what is kept of it goes at once. */
  answer(room: RoomId, answer: AnswerPurpose): Ruling<PurposeEvent> {
    const { unit, sentencesIn } = this.#deps;
    return unit.run(() => {
      const { purpose } = answer;
      const sentences = sentencesIn(room);
      const asked = {
        texts: textsOf(sentences, purpose),
        offered: sentences[purpose].offered,
        since: this.#changedAt(room, purpose),
        often: this.#folded.areMany(room, answer.actor.id, answer.at),
      };
      const ruling = decidePurpose(this.of(room), answer, asked);
      if (ruling.accepted) for (const event of ruling.events) this.#write(room, event);
      return ruling;
    });
  }

  /** Applies withdrawals to an older database that was put back: it still has the yes that was taken back since. */
  withdraw(withdrawals: readonly Withdrawal[], now: number): void {
    for (const each of withdrawals) {
      const purpose = each.what === "purpose" ? each.purpose : each.what === "sound" ? "sound" : null;
      if (each.what === "words" || each.what === "erasure" || each.what === "room" || purpose === null) continue;
      const known = answerOn(this.of(each.room), each.who, purpose);
      if (!known?.given || known.at > each.at) continue;
      const actor = insider(each.who, each.who, "service");
      this.answer(each.room, { actor, purpose, given: false, hash: null, at: now });
    }
  }

  #write(room: RoomId, event: PurposeEvent): void {
    const { journal, unit, audio } = this.#deps;
    journal.append(room, [event]);
    if (event.purpose === "sound") audio.consent({ room, speaker: event.who }, event.given);
    unit.afterCommit(() => {
      for (const listener of this.#listeners) unit.tell(() => listener(room, event));
    });
  }

  /** A yes from before sentences were noted down is one to the first of them. */
  #isOfToday(room: RoomId, answer: PurposeAnswer | null, purpose: Purpose): boolean {
    return this.#ofToday(room, purpose)(answer);
  }

  #ofToday(room: RoomId, purpose: Purpose): (answer: PurposeAnswer | null) => boolean {
    const [sentences, changedAt] = [this.#deps.sentencesIn(room), this.#changedAt(room, purpose)];
    const hashes = sentences[purpose].exact ? new Set(textsOf(sentences, purpose).map(({ hash }) => hash)) : null;
    return (answer) =>
      (answer === null || answer.at >= changedAt) &&
      (hashes === null || hashes.has(answer?.text?.hash ?? "")) &&
      (answer?.text?.version ?? 1) === wordingOf(purpose);
  }

  /** Time from which on a yes counts in a room. */
  #changedAt(room: RoomId, purpose: Purpose): number {
    return purpose === "write" ? this.#deps.writingChangedAt(room) : 0;
  }
}
