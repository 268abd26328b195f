import { isCalledOut } from "../../protocol/spoken-command.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { Segment, Utterance } from "../../protocol/meeting-record.ts";
import { goesOnAfterPause } from "../../language/piece-borders.ts";

/** Sentence exactly as it was said, with the utterances it lies in. */
export type Sentence = {
  readonly text: string;
  readonly speaker: ParticipantId;
  readonly circle: number;
  readonly turn: number;
  readonly from: readonly string[];
  /** Place among all sentences given. */
  readonly position: number;
};

type Piece = { readonly utterance: Utterance; readonly text: string };
type Span = { start: number; end: number };

/** Lists all sentences in the order they were said. A sentence cut by a pause is put together again within its turn. */
export function sentencesOf(utterances: readonly Utterance[]): Sentence[] {
  const sentences = turnsOf(utterances).flatMap((pieces) => runsOf(pieces).flatMap(sentencesOfRun));
  return sentences.map((sentence, position) => ({ ...sentence, position }));
}

/** Lists the texts of all sentences, each once. */
export function sentenceTexts(utterances: readonly Utterance[]): string[] {
  return [...new Set(sentencesOf(utterances).map(({ text }) => text))];
}

/** Joins the pieces of a turn between which a sentence goes on. */
function runsOf(pieces: readonly Piece[]): Piece[][] {
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    if (last && before && goesOnAfterPause(before.text, piece.text)) last.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

/**
 * Returns the words of an utterance to the circle; those to the facilitator alone are left out. A task or a decision is
 * said to both.
 */
export function spokenText(utterance: Utterance): string {
  if (utterance.segments.length === 0) return utterance.text.trim();
  const said = utterance.segments.filter(isForTheCircle).map((segment) => segment.text.trim());
  return said.join(" ").trim();
}

function isForTheCircle({ kind, command }: Segment): boolean {
  return kind !== "command" || (command !== undefined && isCalledOut(command));
}

function turnsOf(utterances: readonly Utterance[]): Piece[][] {
  const turns = new Map<number, Piece[]>();
  for (const utterance of utterances) {
    const text = spokenText(utterance);
    if (text === "") continue;
    const pieces = turns.get(utterance.turn);
    if (pieces) pieces.push({ utterance, text });
    else turns.set(utterance.turn, [{ utterance, text }]);
  }
  return [...turns.values()];
}

function sentencesOfRun(pieces: readonly Piece[]): Omit<Sentence, "position">[] {
  const joined = pieces.map((piece) => piece.text).join(" ");
  return spansOf(joined)
    .flatMap((span) => inPieces(joined, span))
    .map(({ start, end }) => {
      const from = piecesWithin(pieces, start, end);
      const first = from[0]!.utterance;
      return {
        text: joined.slice(start, end),
        speaker: first.speaker,
        circle: first.circle,
        turn: first.turn,
        from: from.map((piece) => piece.utterance.id),
      };
    });
}

/** Words whose full stop is their own: titles, addresses, initials. */
const ABBREVIATION =
  /(?:^|[\s(«"])(?:mr|mrs|ms|dr|prof|vs|approx|etc|no|г|ул|им|т\.\s?е|т\.\s?к|т\.\s?д|см|стр|тыс|руб|e\.\s?g|i\.\s?e|[A-HJ-ZА-ЮЁ])\.$/iu;

/** Finds the sentences of Intl.Segmenter, with those it cuts too early joined, and those before a small letter cut. */
function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  for (const { segment, index } of new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text)) {
    for (const { start, end } of cutAtStops(text, index, index + segment.length)) {
      const last = spans.at(-1);
      if (
        last &&
        continues(text.slice(Math.max(last.start, last.end - LONGEST_ENDING), last.end), text.slice(start, end))
      )
        last.end = end;
      else spans.push({ start, end });
    }
  }
  return spans;
}

const STOP = /[.!?]["»”')]*\s+(?=\p{Ll})/gu;

/** Cuts at each stop, whatever letter follows: engines often go on with a small one. */
function cutAtStops(text: string, from: number, to: number): Span[] {
  const cuts = [...text.slice(from, to).matchAll(STOP)].map((stop) => from + stop.index + stop[0].length);
  return [from, ...cuts].flatMap((start, i): Span[] => {
    const segment = text.slice(start, cuts[i] ?? to);
    const trimmed = {
      start: start + (segment.length - segment.trimStart().length),
      end: start + segment.trimEnd().length,
    };
    return trimmed.end > trimmed.start ? [trimmed] : [];
  });
}

/**
 * Most letters of a sentence, more than anybody's has. Rules may look at each word of one together with each other
 * word, not at those of a book.
 */
const LONGEST_SENTENCE = 600;
/** Letters of a sentence that tell how it ends. */
const LONGEST_ENDING = 40;

/** Cuts a sentence without an end between words. */
function inPieces(text: string, { start, end }: Span): Span[] {
  const pieces: Span[] = [];
  for (let from = start; from < end; ) {
    const most = Math.min(end, from + LONGEST_SENTENCE);
    const blank = most < end ? text.lastIndexOf(" ", most) : -1;
    const to = most === end || blank <= from ? most : blank;
    if (text.slice(from, to).trim() !== "") pieces.push({ start: from, end: to });
    from = to + (text[to] === " " ? 1 : 0);
  }
  return pieces;
}

/** Tells whether a stop ended no sentence: an abbreviation's, or dots of hesitation before a small letter. */
function continues(before: string, after: string): boolean {
  if (/^[,;)]/u.test(after)) return true;
  if (/^\p{Ll}/u.test(after) && /(?:\.\.|…)["»”')]*$/u.test(before)) return true;
  return isAbbreviation(before);
}

function isAbbreviation(text: string): boolean {
  return ABBREVIATION.test(text) && !/(?:^|\s)[IЯ]\.$/u.test(text);
}

function piecesWithin(pieces: readonly Piece[], start: number, end: number): Piece[] {
  let offset = 0;
  return pieces.filter(({ text }) => {
    const [from, to] = [offset, offset + text.length];
    offset = to + 1;
    return from < end && to > start;
  });
}
