import type { GroundedSentence } from "../protocol/meeting-record.ts";
import type { Llm } from "./llm/llm.ts";
import { filledUp } from "./llm/filled-up.ts";
import { promptsIn } from "./llm/prompts/prompts.ts";
import { linesOf, shown, tokensOf, type TranscriptLine } from "./llm/transcript.ts";
import { linesFor, writeSummary } from "./llm/write-summary.ts";
import type { Growth, Made, RunInput } from "./plugin.ts";
import { withoutModel } from "./with-model.ts";

/** Makes a summary: written by the language model where there is one and it does its work; otherwise highlights. */
export async function summary(
  input: RunInput,
  usual: number,
  highlights: (share: (count: number) => number) => Promise<GroundedSentence[]>,
): Promise<Made> {
  const { llm, template } = input;
  const share = lengthWanted(template);
  const sentences = share(usual);
  const sections = sectionsWanted(input);
  if (llm && input.utterances.length > 0) {
    try {
      const lines = prepared(input) ?? linesFor(input, llm);
      const written = await writeSummary(
        input,
        llm,
        sentences,
        lines,
        sections,
        input.show && ((soFar) => input.show?.({ sentences: soFar, method: "llm" })),
      );
      const prompt = [
        `${input.about.kind}-summary`,
        promptsIn(input.language).version,
        ...(template ? [template.kind] : []),
      ].join("/");
      const full = filledUp(written, await highlights(share), Math.ceil(sentences / 2), input);
      return { result: { form: "summary", sentences: full }, method: "llm", model: llm.model, prompt };
    } catch (error) {
      input.signal.throwIfAborted();
      input.warn("no summary by the language model; highlights are taken instead", { error: String(error) });
      return { ...byHighlights(await highlights(share)), ...withoutModel(error) };
    }
  }
  return byHighlights(await highlights(share));
}

function byHighlights(sentences: GroundedSentence[]): Made {
  return { result: { form: "summary", sentences }, method: "highlights", model: null, prompt: null };
}

/** Half of the usual length, or twice as much. */
function lengthWanted(template: RunInput["template"]): (count: number) => number {
  if (template?.kind === "short") return (count) => Math.max(1, Math.ceil(count / 2));
  if (template?.kind === "long") return (count) => count * 2;
  return (count) => count;
}

/** Lists the headings wanted, which are for summaries of several people; one person's few sentences need none. */
function sectionsWanted({ template, about, language }: RunInput): readonly string[] {
  if (about.kind !== "circle" && about.kind !== "meeting") return [];
  if (template?.kind === "outcome") return promptsIn(language).outcome;
  return template?.kind === "own" ? template.sections : [];
}

/** Length below which a turn is as quickly read as a note of it. */
const SHORT_TOKENS = 120;
const SENTENCES_A_TURN = 2;

/**
 * Notes by turn, each with the lines of the turn as they were then: once these are corrected, the note is worth
 * nothing.
 */
type Notes = Map<number, { readonly of: string; readonly sentences: readonly GroundedSentence[] }>;

/**
 * Sums up a circle as far as it has come: with a model by a note of each turn, made while the others speak, from which
 * the summary is then written quickly; without one by the highlights so far.
 */
export async function summarySoFar(input: RunInput, highlights: () => Promise<GroundedSentence[]>): Promise<Growth> {
  const { llm, memory } = input;
  if (!llm || !memory) return { sentences: await highlights(), method: "highlights" };
  try {
    const notes = notesIn(memory);
    for (const [turn, utterances] of Map.groupBy(input.utterances, (utterance) => utterance.turn)) {
      const lines = linesOf(utterances, input.people);
      const of = shown(lines);
      if (notes.get(turn)?.of === of || tokensOf(of) < SHORT_TOKENS) continue;
      notes.set(turn, { of, sentences: await noteOf(turn, { ...input, utterances }, llm, lines) });
    }
    const said = [...notes.values()].flatMap(({ sentences }) => sentences);
    return said.length > 0
      ? { sentences: said, method: "llm" }
      : { sentences: await highlights(), method: "highlights" };
  } catch (error) {
    input.signal.throwIfAborted();
    input.warn("no notes by the language model; highlights are shown meanwhile", { error: String(error) });
    return { sentences: await highlights(), method: "highlights" };
  }
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
function prepared({ memory, utterances, people }: RunInput): TranscriptLine[] | null {
  const notes = memory && notesIn(memory);
  if (!notes || notes.size === 0) return null;
  const name = new Map(people.map((person) => [person.id, person.name]));
  return [...Map.groupBy(utterances, ({ turn }) => turn)].flatMap(([turn, said]): readonly TranscriptLine[] => {
    const [note, lines] = [notes.get(turn), linesOf(said, people)];
    const speaker = name.get(said[0]!.speaker) ?? said[0]!.speaker;
    return note?.of === shown(lines) ? note.sentences.map(({ text, from }) => ({ text, from, speaker })) : lines;
  });
}

function notesIn(memory: Map<string, unknown>): Notes {
  const notes = (memory.get("notes") as Notes | undefined) ?? new Map();
  memory.set("notes", notes);
  return notes;
}
