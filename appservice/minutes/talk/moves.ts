import { nameFinder } from "../../language/names/names.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import { isFiller } from "../highlights/filler.ts";
import type { MinutesPerson } from "../person.ts";
import { opensWith } from "../text/phrases.ts";
import type { Sentence } from "../text/sentences.ts";
import { contentStems, normalise } from "../text/words.ts";
import * as talk from "./phrases-of-talk.ts";

/** A sentence and what it does in the talk: to what was proposed or asked just before. */
export type Move = Sentence & {
  readonly act: "proposal" | "question" | "agreement" | "objection" | "answer" | "conclusion" | "settled" | null;
  /** Position of the sentence that it speaks of. */
  readonly to: number | null;
  /** Tells of a question that nobody answered it: the reply says so, or there is none. */
  readonly open: boolean;
};

type Matter = { readonly proposal: number; speaker: ParticipantId; touched: number; readonly circle: number };

/** Turns after which a proposal is no longer what people speak of. */
const TURNS = 3;
/** Words of a reply that is to the question before it, whatever it says. */
const SHORT_REPLY = 3;

/**
 * Follows a talk: agreement, objection, answer and conclusion that name nobody go to what was just proposed or asked by
 * somebody else.
 */
export function movesOf(sentences: readonly Sentence[], people: readonly MinutesPerson[]): Move[] {
  const moves: Move[] = sentences.map((sentence) => ({ ...sentence, act: null, to: null, open: false }));
  const namesIn = nameFinder(people);
  let matters: Matter[] = [];
  const turnNumbers = new Map([...new Set(sentences.map(({ turn }) => turn))].map((turn, place) => [turn, place]));
  const at = ({ turn }: Sentence) => turnNumbers.get(turn) ?? 0;
  const set = (position: number, change: Partial<Move>) => {
    moves[position] = { ...moves[position]!, ...change };
  };

  for (const [i, sentence] of sentences.entries()) {
    const said = normalise(sentence.text).trim();
    const now = at(sentence);
    matters = matters.filter(({ circle, touched }) => circle === sentence.circle && now - touched <= TURNS);
    if (answersBefore(i, said)) continue;
    const named = namesIn(sentence.text).flatMap(({ person }) => (person === sentence.speaker ? [] : (person ?? [])));
    const theirs = matters.filter(({ speaker }) => speaker !== sentence.speaker);
    // Consent with somebody by name is for what they proposed, and with several for no single proposal.
    const matter =
      named.length === 0
        ? theirs.at(-1)
        : theirs.findLast(({ speaker }) => named.every((person) => person === speaker));
    const newest = matters.at(-1);
    const asks = said.endsWith("?");
    if (newest && !asks && talk.begins(talk.SETTLES, said) && contentStems(said).length <= 3) {
      set(i, { act: matter ? "settled" : null, to: newest.proposal });
      newest.touched = now;
      continue;
    }
    if (newest && !asks && concludes(said)) {
      set(i, { act: "conclusion", to: newest.proposal });
      newest.touched = now;
      continue;
    }
    const objects = !asks && (talk.begins(talk.OBJECTS, said) || talk.says(talk.OBJECTS_ANYWHERE, said));
    const fresh = matter !== undefined && now - matter.touched <= 1;
    if (matter && objects) {
      set(i, { act: "objection", to: matter.proposal });
      matter.touched = now;
      continue;
    }
    const first = sentences[i - 1]?.turn !== sentence.turn;
    if (
      matter &&
      !asks &&
      !CONDITION.test(said) &&
      ((talk.says(talk.AGREES, said) && said.split(" ").length <= 14) || (fresh && first && nods(said)))
    ) {
      set(i, { act: "agreement", to: matter.proposal });
      matter.touched = now;
      continue;
    }
    if (isProposal(said, newest !== undefined)) {
      set(i, { act: "proposal" });
      matters.push({ proposal: i, speaker: sentence.speaker, touched: now, circle: sentence.circle });
      continue;
    }
    if (asks || (talk.begins(talk.ASKS, said) && said.split(" ").length <= 12 && !said.includes(", то"))) {
      const next = sentences[i + 1];
      set(i, { act: "question", open: !next || next.circle !== sentence.circle });
    }
  }
  return moves;

  /** Takes the beginning of a turn as the reply to what the turn before ended with. */
  function answersBefore(i: number, said: string): boolean {
    const [before, sentence] = [moves[i - 1], moves[i]];
    if (!before || !sentence || before.circle !== sentence.circle) return false;
    if (talk.says(talk.STAYS_OPEN, said)) {
      const asked = moves.findLast(
        ({ position, circle, act }) => position < i && circle === sentence.circle && act === "question",
      );
      if (asked && i - asked.position <= 4) set(asked.position, { open: true });
      return asked !== undefined;
    }
    if (before.turn === sentence.turn) return false;
    if (talk.begins(talk.DOES_NOT_KNOW, said) && before.act !== "proposal") {
      if (contentStems(before.text).length > 1 && !isFiller(before.text))
        set(before.position, { act: "question", open: true });
      return true;
    }
    if (before.act !== "question") return false;
    const asked = namesIn(before.text).filter(({ person }) => person !== before.speaker);
    if (asked.length > 0 && !asked.some(({ person }) => person === sentence.speaker)) return false;
    const wanted = new Set(contentStems(before.text));
    const shares = contentStems(sentence.text).some((stem) => wanted.has(stem));
    if (said.endsWith("?") || !(shares || said.split(" ").length <= SHORT_REPLY || talk.begins([REPLIES], said)))
      return false;
    set(i, { act: "answer", to: before.position });
    return true;
  }
}

const CONDITION = /(?<!\p{L})(?:если|unless|if)(?!\p{L})/u;
const REPLIES = opensWith(
  "да|нет|потому|пройд\\p{L}{1,20}|тысяч\\p{L}{0,9}|штук|около|примерно|скоро|завтра|в \\p{L}{1,20}|до \\p{L}{1,20}|он[аио]? \\p{L}{1,20}|их \\p{L}{1,20}|лучше \\p{L}{1,20}|я \\p{L}{1,20}[юу](?! за )",
  "because|yes|yeah|no|nope|it (?:is|was|does|did|has)|he|she|they|last|about|up to|around|i(?:'ll|'ve| can| have| will)|the day|\\d|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|two|three|four|five|six|seven|eight|nine|ten",
);

function concludes(said: string): boolean {
  return (
    talk.begins(talk.CONCLUDES, said) &&
    !talk.says(talk.NO_CONCLUSION, said) &&
    !CONDITION.test(said) &&
    contentStems(said).length >= 2 &&
    said.split(" ").length <= 20
  );
}

function nods(said: string): boolean {
  return talk.begins(talk.NODS, said) && said.split(" ").length <= 8;
}

function isProposal(said: string, inTalk: boolean): boolean {
  if (talk.says(talk.PROPOSES, said)) return contentStems(said).length >= 1 && said.split(" ").length <= 30;
  return inTalk && said.split(" ").length <= 5 && talk.says(talk.OTHER_CHOICE, said);
}
