import { asWritten } from "../../language/as-written.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { GroundedSentence, Utterance } from "../../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";
import type { MinutesPerson } from "../person.ts";
import { sentencesOf } from "../text/sentences.ts";
import { contentStems, overlap } from "../text/words.ts";
import { isFiller } from "./filler.ts";
import { type Meanings, nearness } from "./nearness.ts";
import { scored, type Scored } from "./score.ts";
import { subjectOf } from "./subject.ts";

/**
 * Setting of highlights: sentences chosen from what was said, word for word, in the order said, with a capital and a
 * stop where a pause took them. They are not a summary and do not claim to be one; every sentence names the utterances
 * it lies in.
 */
export type Setting = {
  readonly utterances: readonly Utterance[];
  readonly people: readonly MinutesPerson[];
  readonly meeting: MeetingSnapshot;
  /** Absent or null where no embeddings are configured: then words alone tell what is near to what. */
  readonly meanings?: Meanings | null;
};

/** Takes the parts that are read from a plugin's input. */
export function settingOf({ utterances, people, meeting }: Setting): Setting {
  return { utterances, people, meeting };
}

/** Chooses the `count` most telling sentences of one participant. */
export function participantHighlights(setting: Setting, count: number): GroundedSentence[] {
  return inOrder(best(candidates(setting), count));
}

/** Chooses the `perPerson` most telling sentences of each participant, so that every voice is there. */
export function circleHighlights(setting: Setting, perPerson: number): GroundedSentence[] {
  const chosen: Scored[] = [];
  for (const own of Map.groupBy(candidates(setting), (each) => each.sentence.speaker).values()) {
    chosen.push(...best(own, perPerson, chosen));
  }
  return inOrder(chosen);
}

/**
 * Chooses the most telling sentences of the whole meeting. Each one chosen makes its speaker and its circle count less,
 * so that the few sentences are spread over both.
 */
export function meetingHighlights(setting: Setting, count: number): GroundedSentence[] {
  const left = candidates(setting);
  const meaning = ({ sentence }: Scored) => setting.meanings?.of.get(sentence.text);
  const subject = ({ sentence }: Scored) => setting.meanings?.subjects.get(sentence.circle);
  const chosen: Scored[] = [];
  while (chosen.length < count) {
    const worth = (each: Scored) =>
      each.score +
      EARLY * each.early +
      NEAR * nearness(meaning(each), subject(each)) -
      LIKE * Math.max(0, ...chosen.map((other) => nearness(meaning(each), meaning(other)))) -
      0.25 * chosen.filter((other) => other.sentence.speaker === each.sentence.speaker).length -
      0.08 * chosen.filter((other) => other.sentence.circle === each.sentence.circle).length;
    const next = highest(
      left.filter((each) => isNew(each, chosen)),
      worth,
    );
    if (!next || (worth(next) <= 0 && chosen.length > 0)) break;
    chosen.push(next);
  }
  return inOrder(chosen);
}

/**
 * Lists the sentences that may be chosen: all but filler, and where somebody said nothing else, their first sentence
 * even so.
 */
function candidates({ utterances, people, meeting }: Setting): Scored[] {
  const names = new Set(people.flatMap((person) => contentStems(person.name)));
  const said = sentencesOf(utterances);
  // Said again, it tells nothing new; and a recogniser that hangs writes one sentence a thousand times.
  const seen = new Set<string>();
  const once = said.filter(({ speaker, text }) => !seen.has(`${speaker} ${text}`) && seen.add(`${speaker} ${text}`));
  const telling = once.filter((sentence) => !isFiller(sentence.text, names));
  const heard = new Set<ParticipantId>(telling.map((sentence) => sentence.speaker));
  const others = said.filter(({ speaker }) => !heard.has(speaker) && heard.add(speaker));

  const circles = Map.groupBy([...telling, ...others], (sentence) => sentence.circle);
  return [...circles].flatMap(([circle, sentences]) => scored(sentences, subjectOf(meeting, circle), names));
}

const EARLY = 0.6;
/**
 * Weight of nearness in meaning to what the circle is about, and of likeness to what is chosen already (maximal
 * marginal relevance).
 */
const NEAR = 0.5;
const LIKE = 0.1;

/** Share of the best score below which a sentence is left out even where there is room. */
const WEAK = 0.2;

/** Chooses the best sentences of one speaker; if all of them repeat others, the best one even so. */
function best(own: readonly Scored[], count: number, already: readonly Scored[] = []): Scored[] {
  const chosen: Scored[] = [];
  // A sentence that leans on the one before it reads well where that is chosen too.
  const worth = (each: Scored) => (chosen.some((other) => follows(other, each)) ? each.scoreInContext : each.score);
  const strongest = Math.max(...own.map((each) => each.score));
  while (chosen.length < count) {
    const next = highest(
      own.filter((each) => isNew(each, [...already, ...chosen])),
      worth,
    );
    if (!next || worth(next) < WEAK * strongest) break;
    chosen.push(next);
  }
  return chosen.length > 0 ? chosen : [highest(own, worth)].filter((each) => each !== null);
}

function follows(before: Scored, after: Scored): boolean {
  return before.sentence.turn === after.sentence.turn && before.sentence.position + 1 === after.sentence.position;
}

function highest(from: readonly Scored[], worth: (each: Scored) => number): Scored | null {
  return from.reduce<Scored | null>((a, b) => (a && worth(a) >= worth(b) ? a : b), null);
}

function isNew(candidate: Scored, chosen: readonly Scored[]): boolean {
  return chosen.every((other) => other !== candidate && overlap(candidate.stems, other.stems) < 0.65);
}

function inOrder(chosen: readonly Scored[]): GroundedSentence[] {
  return [...chosen]
    .sort((a, b) => a.sentence.position - b.sentence.position)
    .map(({ sentence }) => ({ text: asWritten(sentence.text), from: [...sentence.from] }));
}
