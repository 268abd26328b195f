import type { ParticipantId } from "../../protocol/identity.ts";
import type { Sentence } from "../text/sentences.ts";
import { contentStems } from "../text/words.ts";

/** A sentence and what it does in the talk: to what was proposed or asked just before. */
export type Move = Sentence & {
  readonly act: "proposal" | "question" | "agreement" | "objection" | "answer" | "conclusion" | "settled" | null;
  /** Position of the sentence that it speaks of. */
  readonly to: number | null;
  /** Tells of a question that nobody answered it: the reply says so, or there is none. */
  readonly open: boolean;
};

export type Matter = {
  readonly proposal: number;
  speaker: ParticipantId;
  touched: number;
  closed: boolean;
  agreed: boolean;
  /** Somebody objected, and nobody has agreed since. */
  against: boolean;
  readonly circle: number;
};

/** Proposals that are spoken of at a time. */
const MOST_MATTERS = 8;
/** Sentences of turns before within which the last one of substance is looked for. */
const MOST_LOOKED_AT = 100;
/** Turns after which a proposal is no longer what people speak of. */
const TURNS = 3;

/**
 * A talk up to the sentence that is looked at: the moves of those before it, and the proposals that people speak of.
 */
export class TalkSoFar {
  readonly moves: Move[];
  readonly #sentences: readonly Sentence[];
  readonly #turns: ReadonlyMap<number, number>;
  /** Of each sentence the position of the first one in its turn. */
  readonly #begins: readonly number[];
  readonly #stems = new Map<number, ReadonlySet<string>>();
  #matters: Matter[] = [];

  constructor(sentences: readonly Sentence[]) {
    this.#sentences = sentences;
    this.moves = sentences.map((sentence) => ({ ...sentence, act: null, to: null, open: false }));
    const begins: number[] = [];
    for (const [i, { turn }] of sentences.entries())
      begins.push(sentences[i - 1]?.turn === turn ? (begins[i - 1] ?? i) : i);
    this.#begins = begins;
    this.#turns = new Map([...new Set(sentences.map(({ turn }) => turn))].map((turn, place) => [turn, place]));
  }

  /** Leaves behind what nobody has spoken of for some turns. */
  goOnTo(i: number): void {
    const sentence = this.#sentences[i];
    if (!sentence) return;
    this.#matters = this.#matters.filter(
      ({ circle, touched }) => circle === sentence.circle && this.#at(sentence) - touched <= TURNS,
    );
  }

  set(position: number, change: Partial<Move>): void {
    const move = this.moves[position];
    if (move) this.moves[position] = { ...move, ...change };
  }

  touch(position: number, act: Move["act"], matter: Matter): void {
    const move = this.moves[position];
    if (!move) return;
    if (act !== null) this.set(position, { act, to: matter.proposal });
    matter.touched = this.#at(move);
    if (act === "agreement") matter.agreed = true;
    if (act === "agreement" || act === "objection") matter.against = act === "objection";
    if (act === "conclusion" || act === "settled") matter.closed = true;
  }

  propose(sentence: Sentence): void {
    const { position, speaker, circle } = sentence;
    if (this.#matters.length === MOST_MATTERS) this.#matters.shift();
    this.#matters.push({
      proposal: position,
      speaker,
      touched: this.#at(sentence),
      closed: false,
      agreed: false,
      against: false,
      circle,
    });
  }

  ask(position: number): void {
    const next = this.#sentences[position + 1];
    this.keepAlive(position);
    this.set(position, { act: "question", open: !next || next.circle !== this.#sentences[position]?.circle });
  }

  /** Counts a question on what was just proposed, and its answer, as speaking of that. */
  keepAlive(position: number): void {
    const newest = this.newest();
    const move = this.moves[position];
    if (newest && move && !newest.closed && this.isFresh(newest, position)) newest.touched = this.#at(move);
  }

  newest(): Matter | undefined {
    return this.#matters.at(-1);
  }

  /**
   * Finds the proposal of another that a sentence may speak of. Consent with somebody by name is for what they
   * proposed, and with several for no single proposal; else it is what shares most words with the sentence, else the
   * newest.
   */
  matterOf(sentence: Sentence, named: readonly ParticipantId[]): Matter | undefined {
    const theirs = this.#matters.filter(({ speaker }) => speaker !== sentence.speaker);
    if (named.length > 0) {
      const own = theirs.findLast(({ speaker }) => named.every((person) => person === speaker));
      const last = this.justSaid(sentence.position, named, 1);
      // Whom they name has spoken of something else since.
      return own && last !== null && this.moves[last]?.turn !== this.moves[own.proposal]?.turn ? undefined : own;
    }
    const shared = ({ proposal }: Matter) => this.sharedWith(sentence, proposal);
    return theirs
      .toReversed()
      .reduce<Matter | undefined>((best, each) => (best && shared(best) >= shared(each) ? best : each), undefined);
  }

  isFresh({ touched }: Matter, position: number): boolean {
    const move = this.moves[position];
    return move !== undefined && this.#at(move) - touched <= 1;
  }

  /** Position of the objection to a proposal that the turn before made, or agreed with; null where there is none. */
  againstJustNow(position: number, { proposal }: Matter): number | null {
    const before = this.#turnBefore(position);
    const objection = before.find(({ act, to }) => act === "objection" && to === proposal);
    if (objection) return objection.position;
    const agreed = before.find(({ act, to }) => act === "agreement" && this.moves[to ?? -1]?.act === "objection");
    return agreed?.to ?? null;
  }

  /** Tells whether the turn before objected to something else than this proposal. */
  turnsAgainstOther(position: number, { proposal }: Matter): boolean {
    const objections = this.#turnBefore(position).filter(({ act }) => act === "objection");
    return objections.length > 0 && objections.every(({ to }) => to !== proposal);
  }

  /** Tells whether the turn before answered what the speaker of this one had asked. */
  isAnswered(position: number): boolean {
    const speaker = this.moves[position]?.speaker;
    return this.#turnBefore(position).some(
      ({ act, to }) => act === "answer" && to !== null && this.moves[to]?.speaker === speaker,
    );
  }

  #turnBefore(position: number): readonly Move[] {
    const last = (this.#begins[position] ?? position) - 1;
    return last < 0 ? [] : this.moves.slice(this.#begins[last] ?? last, last + 1);
  }

  opensTurn(position: number): boolean {
    return this.#sentences[position - 1]?.turn !== this.#sentences[position]?.turn;
  }

  /** Counts the words that a sentence, or its beginning alone, has in common with another. */
  sharedWith({ position, text }: Sentence, other: number, of: "beginning" | "whole" = "beginning"): number {
    const clause = text.split(",")[0] ?? "";
    const stems =
      of === "whole" || clause.length === text.length ? this.#stemsOf(position) : new Set(contentStems(clause));
    const others = this.#stemsOf(other);
    let shared = 0;
    for (const stem of stems) if (others.has(stem)) shared++;
    return shared;
  }

  #stemsOf(position: number): ReadonlySet<string> {
    const known = this.#stems.get(position);
    if (known) return known;
    const stems = new Set(contentStems(this.#sentences[position]?.text ?? ""));
    this.#stems.set(position, stems);
    return stems;
  }

  /** Finds the last sentence of substance of the turn before, or of the person who is named, lately. */
  justSaid(position: number, named: readonly ParticipantId[], turns = TURNS): number | null {
    const sentence = this.#sentences[position];
    if (!sentence || named.length > 1) return null;
    const farthest = named.length > 0 ? turns : 1;
    const least = named.length > 0 ? 1 : 2;
    const turnBefore = (this.#begins[position] ?? position) - 1;
    for (let i = turnBefore; i >= 0 && i > turnBefore - MOST_LOOKED_AT; i--) {
      const each = this.moves[i];
      if (!each || each.circle !== sentence.circle || this.#at(sentence) - this.#at(each) > farthest) return null;
      const theirs = each.speaker !== sentence.speaker && named.every((person) => person === each.speaker);
      const substance = each.act !== "question" && each.act !== "agreement" && this.#stemsOf(i).size >= least;
      if (theirs && substance) return i;
    }
    return null;
  }

  #at({ turn }: Pick<Sentence, "turn">): number {
    return this.#turns.get(turn) ?? 0;
  }
}
