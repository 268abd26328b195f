import type { ParticipantId } from "../../protocol/identity.ts";
import type { Task } from "../../protocol/meeting-record.ts";
import type { Sentence } from "../text/sentences.ts";
import { contentStems, words } from "../text/words.ts";
import { replyIn } from "./answers.ts";

/** Task as it is put together while the talk is read. */
export type TaskInTalk = {
  readonly said: string;
  /** Words that tell what "it" is, where those said only point. */
  readonly about: string;
  readonly owner: ParticipantId | null;
  readonly from: readonly string[];
  readonly status: Task["status"];
  readonly dateIn: string;
  readonly due: string | null;
  /** Stems of the title by which an answer is known to mean the same work. */
  readonly stems: () => ReadonlySet<string>;
  /** True while nobody has taken it on: it becomes a task only then. */
  readonly untaken: boolean;
  /** True for words too few to be a task of their own, as "I'll do it": they only answer. */
  readonly onlyAnswers: boolean;
};

type Waiting = { readonly draft: number; readonly turn: number; readonly speaker: ParticipantId };

/** Most words with a meaning that a yes has beside it. */
const MOST_OF_A_YES = 3;
/** Most words that name a day alone. */
const MOST_OF_A_DAY = 6;
/** Turns in which an answer to what was asked is looked for. */
const TURNS = 3;

/**
 * Reads answers to what was asked for. One who takes it on owns it, in the words of the one who asked and with the day
 * of the one who answered; one who was asked by name may also just say yes, or turn it down.
 */
export class AskedFor {
  readonly #drafts: TaskInTalk[] = [];
  #waiting: Waiting[] = [];
  #answered: Waiting | null = null;

  /** Takes in a sentence with what it promises and asks for. */
  hear(
    sentence: Sentence,
    found: readonly TaskInTalk[],
    asked: readonly TaskInTalk[],
    dueOf: () => string | null,
  ): void {
    this.#waiting = this.#waiting.filter(({ turn }) => sentence.turn - turn <= TURNS);
    if (this.#answered?.turn !== sentence.turn) this.#answered = null;
    const rest = this.#answers(sentence, found, dueOf);
    if (found.length + asked.length === 0) this.#isDue(sentence, dueOf);
    for (const draft of [
      ...rest.filter(({ onlyAnswers }) => !onlyAnswers),
      ...asked.filter((each) => !this.#entrusts(each, sentence)),
    ]) {
      const place = this.#drafts.push(draft) - 1;
      if (draft.untaken || (draft.owner !== sentence.speaker && draft.status !== "open"))
        this.#waiting.push({ draft: place, turn: sentence.turn, speaker: sentence.speaker });
    }
  }

  /** Adds the day that the one who asked names in a sentence of its own: "By the end of the month." */
  #isDue({ speaker, turn, text }: Sentence, dueOf: () => string | null): void {
    const waiting = this.#waiting.findLast(
      (each) => each.speaker === speaker || this.#drafts[each.draft]!.owner !== null,
    );
    const draft = waiting && waiting.turn === turn ? this.#drafts[waiting.draft] : undefined;
    if (waiting && draft?.due === null && words(text).length <= MOST_OF_A_DAY)
      this.#drafts[waiting.draft] = { ...draft, due: dueOf() };
  }

  drafts(): readonly TaskInTalk[] {
    return this.#drafts.filter(({ untaken }) => !untaken);
  }

  /** Joins an answer to what it answers; returns what is promised besides. */
  #answers(sentence: Sentence, found: readonly TaskInTalk[], dueOf: () => string | null): readonly TaskInTalk[] {
    if (this.#waiting.length === 0 && !this.#answered) return found;
    const { speaker } = sentence;
    const reply = replyIn(sentence.text);
    const mine = found.filter(({ owner }) => owner === speaker);
    const saysNoMore = mine.length > 0 || contentStems(sentence.text).length <= MOST_OF_A_YES;
    const named = this.#waiting.findLast(
      (each) => this.#drafts[each.draft]!.owner === speaker && each.speaker !== speaker,
    );
    if (reply === "refuses") {
      if (named) {
        this.#give(named, { untaken: true, owner: null });
        this.#waiting.push({ ...named, turn: sentence.turn });
      }
      return found;
    }
    const same = this.#waiting.findLast(
      (each) => this.#isFor(each, speaker) && mine.some((one) => this.#isSame(each, one)),
    );
    const untaken = this.#waiting.findLast((each) => this.#isFor(each, speaker));
    const goesOn =
      this.#answered && (mine.length === 1 || reply === "takes") && this.#drafts[this.#answered.draft]!.due === null
        ? this.#answered
        : null;
    const answered =
      same ??
      (reply === "takes" ? (named ?? goesOn ?? untaken) : reply === "agrees" && saysNoMore ? named : undefined) ??
      goesOn;
    if (!answered) return found;
    const before = this.#drafts[answered.draft]!;
    this.#give(answered, {
      owner: speaker,
      untaken: false,
      due: dueOf() ?? before.due,
      from: [...new Set([...before.from, ...sentence.from])],
    });
    this.#answered = { ...answered, turn: sentence.turn };
    return found.filter((one) => one.owner !== speaker);
  }

  /** Gives what nobody has taken yet to the one named: "Jan, can you do that?". */
  #entrusts({ onlyAnswers, about, owner }: TaskInTalk, { turn, speaker }: Sentence): boolean {
    if (!onlyAnswers && about === "") return false;
    const waiting = this.#waiting.findLast(({ draft }) => this.#drafts[draft]!.owner === null);
    if (waiting && owner !== null) {
      this.#drafts[waiting.draft] = { ...this.#drafts[waiting.draft]!, owner, untaken: false };
      this.#waiting = this.#waiting.map((each) => (each === waiting ? { ...each, turn, speaker } : each));
    }
    return onlyAnswers || (waiting !== undefined && owner !== null);
  }

  #isFor({ draft, speaker: asker }: Waiting, speaker: ParticipantId): boolean {
    const { owner, untaken } = this.#drafts[draft]!;
    return owner === null ? untaken : owner === speaker && asker !== speaker;
  }

  #isSame({ draft }: Waiting, { stems }: TaskInTalk): boolean {
    return stems().size > 0 && stems().isSubsetOf(this.#drafts[draft]!.stems());
  }

  #give(waiting: Waiting, change: Partial<TaskInTalk>): void {
    this.#drafts[waiting.draft] = { ...this.#drafts[waiting.draft]!, ...change };
    this.#waiting = this.#waiting.filter((each) => each !== waiting);
  }
}
