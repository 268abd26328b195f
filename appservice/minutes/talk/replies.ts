import type { nameFinder } from "../../language/names/names.ts";
import { isFiller } from "../highlights/filler.ts";
import { opensWith } from "../text/phrases.ts";
import { contentStems, normalise, words } from "../text/words.ts";
import * as talk from "./phrases-of-talk.ts";
import { reactionTo } from "./reaction.ts";
import type { TalkSoFar } from "./talk-so-far.ts";

/** Words of a reply that is to the question before it, whatever it says. */
const SHORT_REPLY = 3;

/** Takes the beginning of a turn as the reply to what the turn before ended with, and tells whether it was one. */
export function repliesTo(soFar: TalkSoFar, i: number, said: string, namesIn: ReturnType<typeof nameFinder>): boolean {
  const { moves } = soFar;
  const [before, sentence] = [moves[i - 1], moves[i]];
  if (!before || !sentence || before.circle !== sentence.circle) return false;
  if (talk.says(talk.STAYS_OPEN, said)) return staysOpen(soFar, i);
  if (before.turn === sentence.turn) return false;
  if (talk.begins(talk.DOES_NOT_KNOW, said) && (before.act === null || before.act === "question")) {
    if (contentStems(before.text).length > 1 && !isFiller(before.text))
      soFar.set(before.position, { act: "question", open: true });
    return true;
  }
  if (before.act !== "question") return false;
  const asked = namesIn(before.text).filter(({ person }) => person !== before.speaker);
  if (asked.length > 0 && !asked.some(({ person }) => person === sentence.speaker)) return false;
  const asks = normalise(before.text).trim();
  if (said.endsWith("?") || talk.asksWithoutSign(said) || talk.begins(PROPOSES_PLAINLY, said)) return false;
  if (talk.says(talk.REQUESTS, asks) && talk.begins(talk.PROMISES, said)) return false;
  const shares = sharesWords(before.text, sentence.text);
  if (ASKS_FOR_A_YES.test(asks)) return saysYesOrNo(soFar, i, said, shares);
  if (!(shares || said.split(" ").length <= SHORT_REPLY || talk.begins(REPLIES, said))) return false;
  soFar.keepAlive(i);
  const agrees = talk.says(talk.ASKS_TO_AGREE, asks) && talk.nods(said);
  soFar.set(i, { act: agrees ? "agreement" : "answer", to: before.position });
  return true;
}

/** "Many lamps, right?" claims something: a reply welcomes or refuses that, and tells nothing that was asked. */
const ASKS_FOR_A_YES =
  /, (?:да|так|нет|правда|верно|не так ли|ведь так|no|yes|right|correct|isn't it|don't you think)\?$/u;

function saysYesOrNo(soFar: TalkSoFar, i: number, said: string, shares: boolean): boolean {
  const to = soFar.moves[i - 1]?.position;
  const refuses = talk.begins(talk.OBJECTS, said) || reactionTo(said, shares) === "objection";
  const act = talk.nods(said) ? "agreement" : refuses ? "objection" : null;
  if (act === null || to === undefined) return false;
  soFar.set(i, { act, to });
  return true;
}

function staysOpen(soFar: TalkSoFar, i: number): boolean {
  const { moves } = soFar;
  const circle = moves[i]?.circle;
  const asked = moves.findLast((each) => each.position < i && each.circle === circle && each.act === "question");
  if (asked && i - asked.position <= 4) soFar.set(asked.position, { open: true });
  return asked !== undefined;
}

/** Tells whether a reply takes up words of a question: those that mean something, or any that is no mere link. */
function sharesWords(question: string, reply: string): boolean {
  const stems = new Set(contentStems(question));
  if (contentStems(reply).some((stem) => stems.has(stem))) return true;
  const asked = new Set(words(question).filter((word) => word.length > 2 && !LINKS.has(word)));
  return words(reply).some((word) => asked.has(word));
}

const LINKS = new Set(
  "что как это нас нам вас вам они она оно его или для при над под без the and for you are our their them they this that with what have has had was were will can not".split(
    " ",
  ),
);

/** Words with which a reply makes a proposal of its own, to which others react. */
const PROPOSES_PLAINLY = [opensWith("давайте|предлагаю|let's|i suggest|i propose")];

/**
 * Words with which a reply to a question begins, each line an expression of its own: together they are too long to
 * judge.
 */
const REPLIES = [
  "да|нет|потому|пройд\\p{L}{1,20}|штук|около|примерно|скоро|завтра|еще нет|лучше \\p{L}{1,20}|я \\p{L}{1,20}[юу](?! за )",
  "в \\p{L}{1,20}|до \\p{L}{1,20}|он[аио]? \\p{L}{1,20}|их \\p{L}{1,20}",
  "(?:где-то |примерно |около |часа |часов |минут |рублей |человек |штук )?(?:два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|\\p{L}{1,8}надцать|двадцать|тридцать|сорок|пятьдесят|сто|двести|тысяч\\p{L}{0,9})",
  "because|yes|yeah|no|nope|it (?:is|was|does|did|has)|he|she|they|last|about|up to|around|i(?:'ll|'ve| can| have| will)|the day|me|not yet",
  "\\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\p{L}{2,5}teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|a hundred",
].map((line) => opensWith(line));
