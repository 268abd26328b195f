import { z } from "zod";
import { meaningOf, wordFor } from "../../language/command-words.ts";
import { dateIn } from "../../language/translate.ts";
import type { MyPurpose } from "../../protocol/purposes.ts";
import { Purpose } from "../../protocol/purposes.ts";
import { type AtOnceCommand, command } from "./command.ts";
import type { Uses } from "./context.ts";
import { type CommandOutcome, outcomeOf, sayInThread } from "./outcome.ts";

type Asked = { readonly purpose: Purpose | null; readonly given: boolean | null };
type PurposePorts = Uses<"t" | "language" | "myPurposes" | "answerPurpose">;
type Executor<Ports> = AtOnceCommand<Ports>["execute"]["atOnce"];

/**
 * `consent`: to the proposal, where there is one; else what one's words may be used for. `of`: the kind's own command.
 */
export function consentWith<Ports>(of: AtOnceCommand<Ports>): AtOnceCommand<Ports & PurposePorts> {
  return { ...of, execute: { atOnce: (words, context) => proposalOrPurposes(of.execute.atOnce, words, context) } };
}

function proposalOrPurposes<Ports>(
  ofKind: Executor<Ports>,
  words: readonly string[],
  context: Ports & PurposePorts,
): CommandOutcome {
  if (words[0] !== undefined && purposeNamed(words[0])) return purposes.execute.atOnce(words, context);
  const outcome = ofKind(words, context);
  const noProposal = outcome.outcome === "refused" && NO_PROPOSAL.has(outcome.refusal.code);
  return noProposal && words.length === 0 ? purposes.execute.atOnce([], context) : outcome;
}

/** In a circle that asks for no consent, one who typed it is told so: they meant a proposal. */
const NO_PROPOSAL: ReadonlySet<string> = new Set(["no-meeting", "not-in-circle"]);

const purposes = command({
  name: "consent",
  group: "take-part",
  args: z.array(z.string()).max(2).transform(readAnswer),
  run: ({ purpose, given }, context: PurposePorts) => {
    const { t, myPurposes, answerPurpose } = context;
    const known = myPurposes();
    const one = known.find((each) => each.purpose === purpose);
    if (!one) return sayInThread(t("purposes.title"), ...known.filter(isShown).map((each) => lineOf(each, context)));
    const values = { text: one.text, word: wordFor(`word.purpose.${one.purpose}`, t) };
    if (given === null) return sayInThread(one.given ? lineOf(one, context) : t("purposes.ask", values));
    const refusal = answerPurpose({ purpose: one.purpose, given, hash: one.hash });
    if (refusal) return outcomeOf(refusal);
    if (given) return sayInThread(t("purposes.given", values));
    return sayInThread(t(one.purpose === "sound" ? "purposes.sound-gone" : "purposes.taken-back"));
  },
});

function readAnswer(words: readonly string[], context: z.RefinementCtx): Asked {
  const [named, said] = words;
  const purpose = named === undefined ? null : purposeNamed(named);
  const answer = said === undefined ? null : meaningOf(said, ["word.yes", "word.no"]);
  if ((named !== undefined && !purpose) || (said !== undefined && !answer))
    context.addIssue("neither a purpose nor an answer");
  return { purpose, given: answer && answer === "word.yes" };
}

function purposeNamed(typed: string): Purpose | null {
  return Purpose.options.find((each) => meaningOf(typed, [`word.purpose.${each}`]) !== null) ?? null;
}

function isShown({ offered, given }: MyPurpose): boolean {
  return offered || given === true;
}

function lineOf({ purpose, text, given, since }: MyPurpose, { t, language }: PurposePorts): string {
  const word = wordFor(`word.purpose.${purpose}`, t);
  const day = dateIn(language, new Date(since ?? 0).toISOString().slice(0, 10));
  return given ? t("purposes.yes", { text, word, day }) : t("purposes.no", { text, word });
}
