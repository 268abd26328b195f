import type { GroundedSentence, Utterance } from "../../protocol/meeting-record.ts";
import type { MinutesPerson } from "../person.ts";
import { spokenText } from "../text/sentences.ts";
import { words } from "../text/words.ts";
import { MOST_LETTERS } from "./claimed.ts";
import { type Fault, meaningCheck, type MeaningCheck } from "./meaning/check-meaning.ts";
import { alike, contentOf } from "./meaning/content.ts";
import type { SaidLine } from "./meaning/names.ts";
import { withoutOrders } from "./orders-to-machine.ts";
import { promptsIn } from "./prompts/prompts.ts";
import type { TranscriptLine } from "./transcript.ts";

/** Sentence of a model, with the numbers of the lines on which the model bases it. */
export type Claim = { readonly text: string; readonly from: readonly number[] };

/** Sentence of a model, with the utterances on which the model bases it. */
export type CitingClaim = { readonly text: string; readonly from: readonly string[] };

/** Words of an utterance, as they are read for a check. */
export type SaidPiece = SaidLine & { readonly id: string };

/** Everything that was said, by which claims are checked. */
export type SaidGround = {
  readonly said: ReadonlyMap<string, SaidLine & { readonly at: number }>;
  readonly inOrder: readonly SaidLine[];
  readonly check: MeaningCheck;
};

export function groundOf(utterances: readonly Utterance[], people: readonly MinutesPerson[]): SaidGround {
  return groundOfPieces(utterances.map(pieceOf), people);
}

function groundOfPieces(pieces: readonly SaidPiece[], people: readonly MinutesPerson[]): SaidGround {
  const inOrder = pieces.map(lineOf);
  return {
    said: new Map(pieces.map(({ id }, at) => [id, { ...inOrder[at]!, at }])),
    inOrder,
    check: meaningCheck(people),
  };
}

function pieceOf(utterance: Utterance): SaidPiece {
  return { id: utterance.id, speaker: utterance.speaker, text: spokenText(utterance).slice(0, MOST_OF_A_LINE) };
}

function lineOf({ speaker, text }: SaidPiece): SaidLine {
  return { speaker, text: withoutOrders(text) };
}

/** Finds the words of an utterance on which something may rest. */
export function lineFinder(utterances: readonly Utterance[]): (id: string) => SaidLine | undefined {
  const known = new Map(utterances.map((utterance) => [utterance.id, utterance]));
  return (id) => {
    const utterance = known.get(id);
    return utterance && lineOf(pieceOf(utterance));
  };
}

/** Lists, in their order, the utterances that claims name, and those just before them: all that their check reads. */
export function piecesFor(claims: readonly CitingClaim[], utterances: readonly Utterance[]): SaidPiece[] {
  const cited = new Set(claims.flatMap(({ from }) => from));
  const read = new Set<number>();
  for (const [at, { id }] of utterances.entries())
    if (cited.has(id)) for (let before = 0; before <= BEFORE; before++) read.add(at - before);
  return utterances.filter((_, at) => read.has(at)).map(pieceOf);
}

/** Letters of a line that are read: a piece of speech is far shorter, and the check must not hold up the floor. */
const MOST_OF_A_LINE = 4_000;

/** Least share of a sentence's words that must have been said. Below it, the sentence is about something else. */
const SHARE = 0.34;

/** Most words of a sentence in a summary: small models retell everything in one breath. */
const LONGEST = 45;

/** Lines before the one that a claim names, in which stands what its "it" and "they" mean. */
const BEFORE = 2;

export type Judged =
  | { readonly sentence: GroundedSentence; readonly doubtful: boolean }
  | { readonly sentence: null; readonly fault: Fault | "form" | "example" };

/**
 * Judges the claims of one answer. A line may be long and a claim may name a dozen, so this takes up to a second: it is
 * a rule, and worked out elsewhere. `said`: as `piecesFor` lists it.
 */
export function judgeClaims(
  claims: readonly CitingClaim[],
  said: readonly SaidPiece[],
  people: readonly MinutesPerson[],
  share = SHARE,
): Judged[] {
  const ground = groundOfPieces(said, people);
  return claims.map((claim) => judgedBy(claim, ground, share));
}

export function citingClaim({ text, from }: Claim, lines: readonly TranscriptLine[]): CitingClaim {
  return { text, from: from.flatMap((number) => lines[number - 1]?.from ?? []) };
}

export function judged(claim: Claim, lines: readonly TranscriptLine[], ground: SaidGround, share = SHARE): Judged {
  return judgedBy(citingClaim(claim, lines), ground, share);
}

/**
 * Keeps a claim only if it names lines that exist and says what they say, as far as that can be checked without
 * understanding it. Of the lines it names, it keeps those that bear it.
 */
function judgedBy(claim: CitingClaim, ground: SaidGround, share: number): Judged {
  const text = withoutReferences(claim.text.trim().replace(/\s+/g, " "));
  const cited = [...new Set(claim.from)].flatMap((id) => {
    const said = ground.said.get(id);
    return said ? [{ id, ...said }] : [];
  });
  // A grammar cuts what is too long in the middle of a word.
  const isWhole = claim.text.length < MOST_LETTERS && words(text).length <= LONGEST;
  if (cited.length === 0 || !isWhole) return { sentence: null, fault: "form" };
  if (isFromExample(text, cited)) return { sentence: null, fault: "example" };
  const before = cited.flatMap(({ at }) => ground.inOrder.slice(Math.max(0, at - BEFORE), at));
  const verdict = ground.check(text, cited, share, before);
  if (!verdict.holds) return { sentence: null, fault: verdict.fault };
  const claimed = contentOf(text);
  const bearing = cited.filter((line) => {
    const said = contentOf(line.text);
    return claimed.some((one) => said.some((other) => alike(one, other)));
  });
  const from = (bearing.length > 0 ? bearing : cited).map(({ id }) => id);
  return { sentence: { text, from }, doubtful: verdict.doubtful };
}

export function grounded(
  claim: Claim,
  lines: readonly TranscriptLine[],
  ground: SaidGround,
  share?: number,
): GroundedSentence | null {
  return judged(claim, lines, ground, share).sentence;
}

const EXAMPLE_WORDS = contentOf(
  (["en", "ru"] as const).flatMap((language) => promptsIn(language).exampleWords).join(" "),
);

/** Tells whether a claim repeats an example of the instructions that nobody spoke of. */
function isFromExample(text: string, said: readonly SaidLine[]): boolean {
  const spoken = contentOf(said.map((line) => line.text).join(" "));
  const isIn = (list: ReturnType<typeof contentOf>) =>
    EXAMPLE_WORDS.filter((word) => list.some((one) => alike(one, word)));
  const there = new Set(isIn(spoken));
  return isIn(contentOf(text)).some((word) => !there.has(word));
}

/** Removes the numbers of lines that models put at the end: "We go there [3, 4] [7]." */
function withoutReferences(text: string): string {
  const stop = /[.!?…]$/.exec(text)?.[0] ?? "";
  let rest = text.slice(0, text.length - stop.length);
  for (;;) {
    const start = rest.endsWith("]") ? rest.lastIndexOf("[") : -1;
    if (start < 0 || !/^\[\d+(?:, ?\d+)*\]$/.test(rest.slice(start))) return rest + stop;
    rest = rest.slice(0, start).trimEnd();
  }
}
