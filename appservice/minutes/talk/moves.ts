import { nameFinder } from "../../language/names/names.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { MinutesPerson } from "../person.ts";
import type { Sentence } from "../text/sentences.ts";
import { anyOf } from "../text/phrases.ts";
import { contentStems, normalise } from "../text/words.ts";
import * as talk from "./phrases-of-talk.ts";
import { reactionTo } from "./reaction.ts";
import { repliesTo } from "./replies.ts";
import { type Matter, type Move, TalkSoFar } from "./talk-so-far.ts";

export type { Move } from "./talk-so-far.ts";

/** Sentences of a turn within which a change of mind is looked for. */
const LONGEST_BREATH = 6;

/**
 * Follows a talk: agreement, objection, answer and conclusion that name nobody go to what was just proposed or asked by
 * somebody else.
 */
export function movesOf(sentences: readonly Sentence[], people: readonly MinutesPerson[]): Move[] {
  const namesIn = nameFinder(people);
  const talkSoFar = new TalkSoFar(sentences);
  for (const [i, sentence] of sentences.entries()) {
    const said = normalise(sentence.text).trim();
    talkSoFar.goOnTo(i);
    if (!repliesTo(talkSoFar, i, said, namesIn)) take(talkSoFar, sentence, said, namesIn);
  }
  const { moves } = talkSoFar;
  return moves.map((move) => (isSecondThought(move, moves) ? { ...move, act: null, to: null } : move));
}

function take(soFar: TalkSoFar, sentence: Sentence, said: string, namesIn: ReturnType<typeof nameFinder>): void {
  const i = sentence.position;
  const named = namesIn(sentence.text).flatMap(({ person }) => (person === sentence.speaker ? [] : (person ?? [])));
  const matter = soFar.matterOf(sentence, named);
  const newest = soFar.newest();
  const asks = said.endsWith("?");
  const asksInWords = asks || (talk.asksWithoutSign(said) && said.split(" ").length <= 12 && !said.includes(", то"));
  if (newest && !asks && talk.begins(talk.SETTLES, said) && contentStems(said).length <= 3)
    return soFar.touch(i, matter ? "settled" : null, newest);
  // After an objection "then sacks for free" is another proposal.
  const settles = !newest?.against || soFar.sharedWith(sentence, newest.proposal, "whole") > 0;
  if (newest && !asks && ((concludes(said) && settles) || (newest.agreed && talk.says(talk.NODS_AND_SUMS_UP, said))))
    return soFar.touch(i, "conclusion", newest);

  if (talk.says(talk.TELLS_OF_CONSENT, said)) return;
  const first = soFar.opensTurn(i);
  const shares = matter !== undefined && soFar.sharedWith(sentence, matter.proposal) > 0;
  const fresh = matter !== undefined && soFar.isFresh(matter, i);
  const near = fresh || shares;
  const welcomesRest = talk.says(talk.WELCOMES_REST, said);
  const objects = !asks && !welcomesRest && (talk.begins(talk.OBJECTS, said) || talk.says(talk.OBJECTS_ANYWHERE, said));
  const open = matter !== undefined && !matter.closed;
  const choosesAnother = fresh && open && first && !asks && !shares && talk.begins(talk.PREFERS, said);
  if (matter && choosesAnother && !objects && soFar.turnsAgainstOther(i, matter)) {
    soFar.set(i, { act: "proposal" });
    return soFar.propose(sentence);
  }
  if (matter && ((objects && ((near && open) || shares || objectsPlainly(said))) || choosesAnother)) {
    const last = shares ? null : soFar.justSaid(i, named);
    soFar.touch(i, "objection", matter);
    if (last !== null && soFar.sharedWith(sentence, last) > 0) soFar.set(i, { to: last });
    // A better choice is a matter of its own.
    if (choosesAnother && !objects) soFar.propose(sentence);
    return;
  }
  const conditional = CONDITION.test(said);
  const speaksOfIt = matter !== undefined && soFar.sharedWith(sentence, matter.proposal, "whole") > 0;
  const brief = said.split(" ").length <= 14 && (speaksOfIt || contentStems(said).length <= 4);
  const instead = newest !== undefined && (newest.against || !newest.agreed) && !asks && isOtherChoice(said);
  if (instead && first && !givesWay(said) && soFar.sharedWith(sentence, newest.proposal, "whole") === 0) {
    soFar.set(i, { act: "proposal" });
    return soFar.propose(sentence);
  }
  // The thanks of whoever asked are for the answer.
  if (first && soFar.isAnswered(i) && talk.nods(said) && !speaksOfIt && contentStems(said).length <= 1) return;
  const against = matter && first && !asks ? soFar.againstJustNow(i, matter) : null;
  if (matter && against !== null && givesWay(said)) return soFar.set(i, { act: "agreement", to: against });
  const consents =
    (near && welcomesRest) ||
    (near && speaksOfIt && brief && talk.begins(talk.GIVES_WAY, said) && !talk.TURNS_ASIDE.test(said)) ||
    (talk.says(talk.AGREES_WITH_WORDS, said) && said.split(" ").length <= 14) ||
    (near && brief && talk.says(talk.AGREES, said));
  if (matter && !asks && !conditional && (consents || (fresh && first && talk.nods(said))))
    return consentTo(soFar, sentence, matter, named);

  const heard = matter || asks || conditional ? null : soFar.justSaid(i, named);
  if (heard !== null && first && objectsPlainly(said)) return soFar.set(i, { act: "objection", to: heard });
  if (heard !== null && talk.says(talk.AGREES_WITH_WORDS, said) && said.split(" ").length <= 14)
    return soFar.set(i, { act: "agreement", to: heard });
  if (instead || isProposal(said, newest !== undefined && !asksInWords, newest !== undefined)) {
    soFar.set(i, { act: "proposal" });
    return soFar.propose(sentence);
  }
  if (asksInWords) return soFar.ask(i);

  const isReaction = first && !conditional;
  const last = isReaction && !speaksOfIt ? soFar.justSaid(i, named) : null;
  if (last !== null && soFar.moves[last]?.act && soFar.sharedWith(sentence, last, "whole") > 0) {
    if (reactionTo(said, true) === "objection") soFar.set(i, { act: "objection", to: last });
    return;
  }
  const reaction = matter && (fresh || speaksOfIt) && isReaction ? reactionTo(said, speaksOfIt) : null;
  if (matter && (reaction || speaksOfIt)) soFar.touch(i, reaction, matter);
}

/** Takes consent as meant for what was just said, where it takes up words of that and none of the proposal. */
function consentTo(soFar: TalkSoFar, sentence: Sentence, matter: Matter, named: readonly ParticipantId[]): void {
  const i = sentence.position;
  soFar.touch(i, "agreement", matter);
  const last = soFar.opensTurn(i) ? soFar.justSaid(i, named) : null;
  if (last === null || last <= matter.proposal) return;
  const shared = (other: number) => soFar.sharedWith(sentence, other, "whole");
  const affirms = talk.begins(talk.AFFIRMS_LAST, normalise(sentence.text).trim());
  if ((affirms || shared(last) > 0) && shared(matter.proposal) === 0) soFar.set(i, { to: last });
}

/** Tells whether somebody turned in one breath against what they had just said of a matter: the first counts. */
function isSecondThought({ act, to, turn, position }: Move, moves: readonly Move[]): boolean {
  if (to === null || (act !== "agreement" && act !== "objection")) return false;
  return moves
    .slice(Math.max(0, position - LONGEST_BREATH), position)
    .some((each) => each.turn === turn && each.to === to && each.act !== act && each.act !== "conclusion");
}

const CONDITION = /(?<!\p{L})(?:если|unless|if)(?!\p{L})/u;

/** Puts a matter off, which is no proposal on it. */
const PUTS_OFF = anyOf(
  "верн(?:емся|уться)|отлож\\p{L}{1,4}",
  "come back to (?:it|that|this)|leave (?:it|that|this) for",
);

/** Words of the longest sentence that names another choice after an objection. */
const LONGEST_CHOICE = 9;

function isOtherChoice(said: string): boolean {
  const many = said.split(" ").length;
  return many > 2 && many <= LONGEST_CHOICE && talk.begins(talk.THEN_RATHER, said) && !DENIES.test(said);
}

/** "Nobody will remember it then" names no other choice. */
const DENIES = anyOf("не|никто|никогда|нет|nobody|no|not|never|won't|don't|can't");

function concludes(said: string): boolean {
  return (
    talk.begins(talk.CONCLUDES, said) &&
    !talk.says(talk.NO_CONCLUSION, said) &&
    !CONDITION.test(said) &&
    contentStems(said).length >= 2 &&
    said.split(" ").length <= 20
  );
}

/** Words of the longest sentence with which somebody only gives way. */
const LONGEST_GIVING_WAY = 6;

function givesWay(said: string): boolean {
  const brief = said.split(" ").length <= LONGEST_GIVING_WAY;
  return brief && talk.begins(talk.GIVES_WAY, said) && !talk.says(talk.AGREES, said) && !talk.says(talk.PROPOSES, said);
}

function objectsPlainly(said: string): boolean {
  return talk.says(talk.OBJECTS_ANYWHERE, said) || talk.begins(talk.OBJECTS_TO_WORDS, said);
}

function isProposal(said: string, inTalk: boolean, anyTalk: boolean): boolean {
  if (talk.says(talk.PROPOSES, said) && !PUTS_OFF.test(said))
    return contentStems(said).length >= 1 && said.split(" ").length <= 30;
  if (talk.OTHER_CHOICE_ASKED.test(said)) return anyTalk;
  return inTalk && said.split(" ").length <= 5 && talk.says(talk.OTHER_CHOICE, said) && !DENIES.test(said);
}
