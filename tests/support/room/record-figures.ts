import { wordsIn } from "../../../appservice/protocol/summary-shown.ts";

/** A message of the bot's as it stands in the end; `isTranscript`: it tells what was said in a turn. */
export type StandingMessage = { readonly body: string; readonly isTranscript: boolean };

/** For tests and the demo: how much the bot writes into a room, beside what was said. */
export type RecordFigures = {
  readonly messages: number;
  readonly said: number;
  readonly written: number;
  /** Words written for each word that was said; the transcript is 1 of it. */
  readonly times: number;
  /** The most repeated sentence outside of the transcript, and its number of places. */
  readonly mostRepeated: { readonly sentence: string; readonly times: number };
};

/** Sentences of fewer words stand by chance in many lines. */
const SHORTEST = 4;
/** A line holds a sentence if it holds so much of its words: tasks say them a little otherwise. */
const SHARE = 0.75;

export function recordFigures(utterances: readonly string[], messages: readonly StandingMessage[]): RecordFigures {
  const [said, written] = [wordsIn(utterances), wordsIn(messages.map(({ body }) => body))];
  const lines = messages
    .filter(({ isTranscript }) => !isTranscript)
    .flatMap(({ body }) => body.split("\n"))
    .map(wordsOf);
  const repeated = utterances.flatMap(sentencesOf).map((sentence) => {
    const words = wordsOf(sentence);
    return {
      sentence,
      times: lines.filter((line) => words.filter((word) => line.includes(word)).length >= SHARE * words.length).length,
    };
  });
  const mostRepeated = repeated.reduce((one, other) => (other.times > one.times ? other : one), {
    sentence: "",
    times: 0,
  });
  return {
    messages: messages.length,
    said,
    written,
    times: said === 0 ? 0 : Math.round((written / said) * 100) / 100,
    mostRepeated,
  };
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?…])\s+/).filter((sentence) => wordsOf(sentence).length >= SHORTEST);
}

function wordsOf(text: string): string[] {
  return text.toLocaleLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
