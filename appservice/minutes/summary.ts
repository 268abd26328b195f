import type { GroundedSentence } from "../protocol/meeting-record.ts";
import { filledUp } from "./llm/filled-up.ts";
import { promptsIn } from "./llm/prompts/prompts.ts";
import { prepared } from "./growing-summary.ts";
import { linesFor, writeSummary } from "./llm/write-summary.ts";
import type { Made, RunInput } from "./plugin.ts";
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
