import type { MinutesPerson } from "../person.ts";
import type { MeetingRecord } from "../../protocol/meeting-record.ts";
import { groundOf, judged } from "../llm/grounding.ts";
import type { Llm } from "../llm/llm.ts";
import { withoutDenied } from "../llm/second-question.ts";
import { linesOf } from "../llm/transcript.ts";
import type { RunInput } from "../plugin.ts";
import type { WrittenClaim } from "./written-claims.ts";

export type ClaimCounts = { readonly all: number; readonly passed: number };
export type ClaimsCounts = {
  readonly true: ClaimCounts;
  readonly false: ClaimCounts;
  /** Of the false ones, by the thing that is false. */
  readonly faults: Readonly<Record<string, ClaimCounts>>;
};

type Said = {
  readonly record: MeetingRecord;
  readonly people: readonly MinutesPerson[];
  readonly lines: ReadonlyMap<number, string>;
};

/** Puts claims to the check of the minutes, and those that it leaves in doubt to the model where there is one. */
export async function claimCounts(
  claims: readonly WrittenClaim[],
  { record, people, lines }: Said,
  asking: { readonly llm: Llm; readonly input: Pick<RunInput, "language" | "people" | "signal" | "warn"> } | null,
): Promise<ClaimsCounts> {
  const ground = groundOf(record.utterances, people);
  const passing = claims.flatMap((claim) => {
    const from = claim.lines.flatMap((line) => lines.get(line) ?? []);
    const cited = linesOf(
      from.flatMap((id) => record.utterances.find((utterance) => utterance.id === id) ?? []),
      people,
    );
    const found = judged({ text: claim.text, from: cited.map((_, at) => at + 1) }, cited, ground);
    return found.sentence ? [{ ...found.sentence, doubtful: found.doubtful, claim }] : [];
  });
  const kept = asking ? await withoutDenied(asking.input, asking.llm, passing, (id) => ground.said.get(id)) : passing;
  const passed = new Set(kept.map(({ claim }) => claim));
  const counts = (some: readonly WrittenClaim[]): ClaimCounts => ({
    all: some.length,
    passed: some.filter((claim) => passed.has(claim)).length,
  });
  const wrong = claims.filter(({ fault }) => fault !== null);
  return {
    true: counts(claims.filter(({ fault }) => fault === null)),
    false: counts(wrong),
    faults: Object.fromEntries(
      [...Map.groupBy(wrong, ({ fault }) => fault ?? "")].map(([fault, own]) => [fault, counts(own)]),
    ),
  };
}
