import type { Comment, Question, Utterance } from "../../protocol/meeting-record.ts";
import { nameFinder } from "../../language/names/names.ts";
import type { MinutesPerson } from "../person.ts";
import { itemId, unrepeatedItems } from "../text/items.ts";
import { anyOf, ENDS_ASKING, opensWith } from "../text/phrases.ts";
import { sentencesOf, type Sentence } from "../text/sentences.ts";
import { contentStems, normalise } from "../text/words.ts";
import { type Move, movesOf } from "../talk/moves.ts";

/**
 * Finds questions by rule: sentences that ask, except those that want no answer, and those of which somebody says that
 * nobody knows. The answer is a guess: the next turn replies to it, somebody else says much of the question's words
 * later, or a person asked by name takes it up. A question that nobody seems to have answered is suggested as open; one
 * called a question aloud is open without confirmation.
 */
export function findQuestions(
  utterances: readonly Utterance[],
  comments: readonly Comment[],
  people: readonly MinutesPerson[],
): Question[] {
  const sentences = sentencesOf(utterances);
  const names = new Set(people.flatMap(({ name }) => contentStems(name)));
  const namesIn = nameFinder(people);
  const heard = movesOf(sentences, people).map(
    (move): Heard => ({
      ...move,
      stems: new Set(contentStems(move.text)),
      asks: move.text.trim().endsWith("?"),
    }),
  );
  const spoken = heard.flatMap((sentence): Question[] => {
    const called = calledAQuestion(sentence.text);
    if (
      called === null &&
      !isAsking(sentence.text, names) &&
      !(sentence.act === "question" && sentence.open && !sentence.asks)
    )
      return [];
    const text = called ?? sentence.text;
    const asked = namesIn(sentence.text)
      .map(({ person }) => person)
      .filter((person) => person !== null && person !== sentence.speaker);
    const answeredIn = sentence.open ? [] : answersTo(sentence, asked, heard, names);
    const [status, confirmedBy] =
      answeredIn.length > 0
        ? (["answered", null] as const)
        : called === null
          ? (["suggested", null] as const)
          : (["open", sentence.speaker] as const);
    return [
      { id: itemId("q", sentence.from[0]!, text), text, from: [...sentence.from], status, confirmedBy, answeredIn },
    ];
  });
  const typed = comments.flatMap(({ id, who, text }): Question[] => {
    const called = calledAQuestion(text);
    return called === null
      ? []
      : [{ id: itemId("q", id, called), text: called, from: [id], status: "open", confirmedBy: who, answeredIn: [] }];
  });
  return settled(unrepeatedItems([...spoken, ...typed], ({ answeredIn }) => answeredIn.length > 0));
}

/** Settles questions: one that two asked is answered where one of them was answered. */
function settled(questions: readonly Question[]): Question[] {
  return questions.map((question) => (question.answeredIn.length > 0 ? { ...question, status: "answered" } : question));
}

const CALLED =
  /^\s*(?:(?:so|and|an?|my|the|итак|и|мой|такой|еще|ещё)[ ,]+)*(?:(?:open |открытый )?(?:question|вопрос))\s*[:—–]\s*(?=\S)/iu;

function calledAQuestion(text: string): string | null {
  const matter = CALLED.test(text) ? text.replace(CALLED, "").trim() : "";
  return matter === "" ? null : matter.charAt(0).toLocaleUpperCase() + matter.slice(1);
}

/** Questions asked for form's sake, of oneself, or by the going round of the floor. */
const FOR_FORM = anyOf(
  "can you hear|do you hear|am i (?:audible|on|muted)|is (?:this|it) (?:on|working)|shall i (?:start|begin|go)|may i|you know what|who knows|why not|what else|how (?:do|shall|should|can) i (?:say|put)|isn't it|right|okay|ok",
  "слышно|слышите|видно|меня видите|можно (?:мне )?(?:начать|начну|я)|мне начать|понимаете|знаете(?: что)?|представляете|да|правда|верно|так|ладно|хорошо|что (?:еще|тут|там)(?: сказать| скажешь)?|как бы (?:это )?сказать|почему бы и нет|кто знает",
);
const ONLY = new RegExp(`^(?:ну|и|а|so|and|well|or|или)?[ ,]*${FOR_FORM.source}[ ,\\p{L}]{0,12}\\?`, "u");
/** Requests put as a question, or proposals to one person: a matter for tasks. */
const REQUEST = opensWith(
  "(?:\\p{L}+, )?(?:could|can|would|will) you(?: please)?|(?:\\p{L}+, )?(?:можешь|можете|не мог\\p{L}* бы)",
);

function isAsking(sentence: string, names: ReadonlySet<string>): boolean {
  const said = normalise(sentence).trim();
  if (!ENDS_ASKING.test(said) || ONLY.test(said) || REQUEST.test(said)) return false;
  const matter = contentStems(said).filter((stem) => !names.has(stem));
  // "Who pays?" has one word of weight and is a question all the same; "And when?" has none.
  return matter.length >= 2 || (matter.length === 1 && said.split(/\s+/).length >= 2 && WORD.test(said));
}

const WORD = anyOf(
  "who|what|when|where|why|how|which|whose|кто|что|когда|где|куда|зачем|почему|как\\p{L}*|сколько|чей|чья",
);
const YES_OR_NO = opensWith(
  "yes|yeah|no|not|sure|i (?:will|can|do|did)|i'll|да|нет|конечно|я (?:возьму|сделаю|могу)|могу|возьму",
);

/** Sentence with the facts that are asked of it again and again. */
type Heard = Move & { readonly stems: ReadonlySet<string>; readonly asks: boolean };

/** Lists the utterances of the first turn of somebody else that seem to answer. */
function answersTo(
  question: Sentence,
  asked: readonly (string | null)[],
  heard: readonly Heard[],
  names: ReadonlySet<string>,
): string[] {
  const wanted = new Set(contentStems(question.text).filter((stem) => !names.has(stem)));
  const later = heard.slice(question.position + 1).filter(({ speaker, asks }) => speaker !== question.speaker && !asks);
  const settled = later.filter(({ to, act }) => to === question.position && act !== "objection");
  if (settled.length > 0) return [...new Set(settled.flatMap(({ from }) => from))];
  const turns = Map.groupBy(later, ({ turn }) => turn);
  for (const turn of turns.values()) {
    const answering = turn.filter((sentence, place) => {
      const shared = wanted.intersection(sentence.stems).size;
      const called = asked.includes(sentence.speaker);
      if (called && (shared >= 1 || (place === 0 && YES_OR_NO.test(normalise(sentence.text))))) return true;
      return shared >= 2 && shared / wanted.size >= 0.5;
    });
    if (answering.length > 0) return [...new Set(answering.flatMap(({ from }) => from))];
  }
  return [];
}
