import { z } from "zod";
import type { GroundedSentence } from "../../protocol/meeting-record.ts";
import { nameOf } from "../person.ts";
import type { RunInput } from "../plugin.ts";
import { contentStems, normalise } from "../text/words.ts";
import { askForList } from "./ask-for-list.ts";
import { judgedElsewhere } from "./claim-check.ts";
import { claimed } from "./claimed.ts";
import { citingClaim, type Judged, lineFinder } from "./grounding.ts";
import type { Llm } from "./llm.ts";
import { LlmError } from "./llm-error.ts";
import { withoutDenied } from "./second-question.ts";
import { promptsIn } from "./prompts/prompts.ts";
import { chunked, linesOf, shown, tokensOf, type TranscriptLine } from "./transcript.ts";

const Plain = z.object({ text: claimed.text, from: claimed.from });
/** Sentence with the heading it is to stand below. */
const Sorted = Plain.extend({ section: claimed.name });

/** Shares of the window: a part is kept for the answer, and a little for errors in the guess of tokens. */
const ANSWER_SHARE = 0.25;
const MARGIN = 0.9;

/**
 * Writes a summary by a language model, every sentence checked against the transcript. `lines` may be the transcript or
 * sentences already made from it. Lines that do not fit the model's window are summed up in parts, and then the parts
 * together; `show` sees it grow.
 */
export async function writeSummary(
  input: RunInput,
  llm: Llm,
  sentences: number,
  lines: readonly TranscriptLine[],
  sections: readonly string[] = [],
  show?: (sentences: GroundedSentence[]) => void,
): Promise<GroundedSentence[]> {
  const prompts = promptsIn(input.language);
  const system = prompts.summary(subjectOf(input), sentences, sections);
  const Sentence: z.ZodType<z.infer<typeof Plain> & { section?: string | undefined }> =
    sections.length > 0 ? Sorted : Plain;
  const form = { key: "sentences", element: Sentence, most: sentences };
  const answerTokens = Math.min(100 + 150 * sentences, Math.floor(llm.contextTokens * ANSWER_SHARE));
  const room =
    Math.floor(llm.contextTokens * MARGIN) - answerTokens - tokensOf(system) - tokensOf(prompts.transcript(""));
  if (room < 100) throw new LlmError("too-long", "the window of the model is too small for the task itself");
  const utterances = new Map(input.utterances.map((utterance) => [utterance.id, utterance]));
  const sentenceOf = (found: Judged | undefined, heading: string | undefined): Doubted[] => {
    const section = sections.find((each) => normalise(each) === normalise(heading ?? ""));
    if (!found?.sentence) return [];
    return [{ ...found.sentence, doubtful: found.doubtful, ...(section === undefined ? {} : { section }) }];
  };

  /** Checks the sentences of an answer, also of one that grows: each once. */
  function checker(part: readonly TranscriptLine[]) {
    const known = new Map<string, Judged>();
    const keyOf = ({ text, from }: z.infer<typeof Sentence>) => JSON.stringify([text, from]);
    const isNew = (claim: z.infer<typeof Sentence>) => !known.has(keyOf(claim));
    const check = async (answer: readonly z.infer<typeof Sentence>[]): Promise<Doubted[]> => {
      const fresh = answer.filter(isNew);
      const found = await judgedElsewhere(
        input,
        fresh.map((claim) => citingClaim(claim, part)),
      );
      for (const [at, claim] of fresh.entries()) if (found[at]) known.set(keyOf(claim), found[at]);
      return answer.flatMap((claim) => sentenceOf(known.get(keyOf(claim)), claim.section));
    };
    return { isNew, check };
  }

  async function ask(part: readonly TranscriptLine[], isLast: boolean): Promise<GroundedSentence[]> {
    const { isNew, check } = checker(part);
    const growing = show && {
      everyMs: input.showEveryMs ?? 0,
      show,
      // Shows sentences that are whole and rest on something, as they come.
      read: async (soFar: readonly z.infer<typeof Sentence>[]) =>
        soFar.some(isNew) ? (await check(soFar)).map(withoutDoubt) : null,
    };
    const question = {
      system,
      user: prompts.transcript(shown(part)),
      form,
      answerTokens,
      ...(growing && isLast ? { growing } : {}),
    };
    const answer = await askForList(llm, question, input.signal);
    const kept = await check(answer);
    const dropped = answer.length - kept.length;
    if (dropped > 0)
      input.warn("sentences of the language model rest on nothing that was said and are dropped", { dropped });
    return (await withoutDenied(input, llm, kept, lineFinder(input.utterances))).map(withoutDoubt);
  }

  async function reduce(all: readonly TranscriptLine[]): Promise<GroundedSentence[]> {
    const parts = chunked(all, room);
    if (parts.length <= 1) return ask(all, true);
    const made: GroundedSentence[] = [];
    for (const part of parts) made.push(...(await ask(part, false)));
    const next = made.map(({ text, from }): TranscriptLine => ({ text, from, speaker: speakerOf(from[0]!) }));
    if (tokensOf(shown(next)) >= tokensOf(shown(all)))
      throw new LlmError("too-long", "the parts do not become shorter");
    return next.length === 0 ? [] : reduce(next);
  }

  function speakerOf(id: string): string {
    return nameOf(utterances.get(id)?.speaker, input.people);
  }

  const placeOf = ({ section }: GroundedSentence) =>
    section === undefined ? sections.length : sections.indexOf(section);
  const found = unrepeated(await reduce(lines)).sort((one, other) => placeOf(one) - placeOf(other));
  if (found.length === 0) throw new LlmError("ungrounded", "nothing of the answer rests on what was said");
  return found;
}

type Doubted = GroundedSentence & { readonly doubtful: boolean };

function withoutDoubt({ doubtful: _, ...sentence }: Doubted): GroundedSentence {
  return sentence;
}

/**
 * Lines a plugin starts from: the transcript, or where it is too long, the summaries it is given of the circles, or of
 * one person in them.
 */
export function linesFor(input: RunInput, llm: Llm): TranscriptLine[] {
  const transcript = linesOf(input.utterances, input.people);
  if (tokensOf(shown(transcript)) < llm.contextTokens * 0.5) return transcript;
  const made = new Map(
    input.results.flatMap((entry) =>
      "circle" in entry.about && entry.result.form === "summary"
        ? [[entry.about.circle, entry.result.sentences] as const]
        : [],
    ),
  );
  const circles = [...new Set(input.utterances.map((utterance) => utterance.circle))];
  const speakerOf = new Map(input.utterances.map((utterance) => [utterance.id, utterance.speaker]));
  const nameOf = new Map(input.people.map((person) => [person.id, person.name]));
  const nameIn = (utterance: string) => {
    const speaker = speakerOf.get(utterance);
    return (speaker && nameOf.get(speaker)) ?? "";
  };
  return circles.flatMap((circle): TranscriptLine[] => {
    const sentences = made.get(circle);
    if (!sentences)
      return linesOf(
        input.utterances.filter((utterance) => utterance.circle === circle),
        input.people,
      );
    return sentences.map(({ text, from }) => ({
      text,
      from,
      speaker: nameIn(from[0]!),
    }));
  });
}

function subjectOf({ about, meeting, people }: RunInput) {
  const circles = meeting.circles.filter((circle) => !("circle" in about) || circle.index === about.circle);
  const participant =
    "participant" in about ? (people.find((person) => person.id === about.participant)?.name ?? null) : null;
  return { topic: meeting.topic, themes: circles.map((circle) => circle.theme), participant };
}

/** Removes repetitions: small models say one thing twice. */
function unrepeated(sentences: readonly GroundedSentence[]): GroundedSentence[] {
  const seen = new Set<string>();
  return sentences.filter(({ text }) => {
    const key = contentStems(text).join(" ");
    return !seen.has(key) && seen.add(key);
  });
}
