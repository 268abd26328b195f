import { quoted } from "./llm/filled-up.ts";
import type { Llm } from "./llm/llm.ts";
import { linesOf, shown, tokensOf, type TranscriptLine } from "./llm/transcript.ts";
import { writeSummary } from "./llm/write-summary.ts";
import type { GroundedSentence } from "../protocol/meeting-record.ts";
import { isFiller } from "./highlights/filler.ts";
import { nameOf } from "./person.ts";
import type { Growth, RunInput } from "./plugin.ts";
import { contentStems } from "./text/words.ts";

/** Length below which a turn is as quickly read as a note of it. */
const SHORT_TOKENS = 120;
const SENTENCES_A_TURN = 2;

/**
 * Notes by turn, each with the lines of the turn as they were then: once these are corrected, the note is worth
 * nothing.
 */
type Notes = Map<number, { readonly of: string; readonly sentences: readonly GroundedSentence[] }>;

/**
 * Sums up a circle as far as it has come: with a model by a note of each long turn, made while the others speak, from
 * which the summary is then written quickly; whoever is in none of them by highlights. A sentence that was shown stays,
 * unless its words were corrected or its speaker has said something at last where they had only greeted.
 */
export async function summarySoFar(input: RunInput, highlights: () => Promise<GroundedSentence[]>): Promise<Growth> {
  const notes = input.llm && input.memory ? await notesOf(input, input.llm, notesIn(input.memory)) : [];
  const noted = new Set(notes.map(({ from }) => speakerOf(from, input)));
  const excerpts = excerptsOf(input, await highlights(), noted);
  const place = new Map(input.utterances.map(({ id }, at) => [id, at]));
  const inOrder = (all: readonly GroundedSentence[]) =>
    all.toSorted((one, other) => (place.get(one.from[0]!) ?? 0) - (place.get(other.from[0]!) ?? 0));
  if (notes.length === 0) return { sentences: inOrder(excerpts), method: "highlights" };
  return { sentences: inOrder([...notes, ...excerpts.map((one) => quoted(one, input))]), method: "llm" };
}

/** Makes notes of the turns that have none; where the model fails, those that there are stay. */
async function notesOf(input: RunInput, llm: Llm, notes: Notes): Promise<GroundedSentence[]> {
  const turns = [...Map.groupBy(input.utterances, ({ turn }) => turn)].map(([turn, utterances]) => {
    const lines = linesOf(utterances, input.people);
    return { turn, utterances, lines, of: shown(lines) };
  });
  try {
    for (const { turn, utterances, lines, of } of turns) {
      if (notes.get(turn)?.of === of || tokensOf(of) < SHORT_TOKENS) continue;
      notes.set(turn, { of, sentences: await noteOf(turn, { ...input, utterances }, llm, lines) });
    }
  } catch (error) {
    input.signal.throwIfAborted();
    input.warn("no notes by the language model; highlights are shown meanwhile", { error: String(error) });
  }
  return turns.flatMap(({ turn, of }) => {
    const note = notes.get(turn);
    return note?.of === of ? note.sentences : [];
  });
}

/** Highlights that were shown and still hold, and those of people of whom nothing is shown. */
function excerptsOf(
  input: RunInput,
  highlights: readonly GroundedSentence[],
  noted: ReadonlySet<string>,
): GroundedSentence[] {
  const names = new Set(input.people.flatMap(({ name }) => contentStems(name)));
  const said = new Map(input.utterances.map(({ id, text }) => [id, text]));
  const known = excerptsIn(input.memory);
  const kept = known.filter(
    ({ sentence, of }) =>
      of === wordsOf(sentence, said) &&
      (!isFiller(sentence.text, names) || highlights.some(({ text }) => text === sentence.text)),
  );
  const heard = new Set([...noted, ...kept.map(({ sentence }) => speakerOf(sentence.from, input))]);
  const added = highlights.filter(({ from }) => !heard.has(speakerOf(from, input)));
  const all = [...kept, ...added.map((sentence) => ({ sentence, of: wordsOf(sentence, said) }))];
  input.memory?.set("excerpts", all);
  return all.map(({ sentence }) => sentence);
}

type Excerpt = { readonly sentence: GroundedSentence; readonly of: string };

function excerptsIn(memory: RunInput["memory"]): readonly Excerpt[] {
  return (memory?.get("excerpts") as readonly Excerpt[] | undefined) ?? [];
}

function wordsOf({ from }: GroundedSentence, said: ReadonlyMap<string, string>): string {
  return from.map((id) => said.get(id) ?? "").join("\n");
}

function speakerOf([id]: readonly string[], { utterances }: Pick<RunInput, "utterances">): string {
  return utterances.find((utterance) => utterance.id === id)?.speaker ?? "";
}

function noteOf(
  turn: number,
  input: RunInput,
  llm: Llm,
  lines: readonly TranscriptLine[],
): Promise<GroundedSentence[]> {
  const { circle, speaker } = input.utterances[0]!;
  return writeSummary(
    { ...input, about: { kind: "turn", circle, turn, participant: speaker } },
    llm,
    SENTENCES_A_TURN,
    lines,
  );
}

/** Lines to read, with notes in the place of the turns they sum up; null where there are no notes. */
export function prepared({ memory, utterances, people }: RunInput): TranscriptLine[] | null {
  const notes = memory && notesIn(memory);
  if (!notes || notes.size === 0) return null;
  return [...Map.groupBy(utterances, ({ turn }) => turn)].flatMap(([turn, said]): readonly TranscriptLine[] => {
    const [note, lines] = [notes.get(turn), linesOf(said, people)];
    const speaker = nameOf(said[0]!.speaker, people);
    return note?.of === shown(lines) ? note.sentences.map(({ text, from }) => ({ text, from, speaker })) : lines;
  });
}

function notesIn(memory: Map<string, unknown>): Notes {
  const notes = (memory.get("notes") as Notes | undefined) ?? new Map();
  memory.set("notes", notes);
  return notes;
}
