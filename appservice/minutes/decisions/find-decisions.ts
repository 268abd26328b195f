import { asWritten } from "../../language/as-written.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { Comment, Decision, Utterance } from "../../protocol/meeting-record.ts";
import { calledOutDecisions } from "../../protocol/record-contents.ts";
import type { MinutesPerson } from "../person.ts";
import { movesOf } from "../talk/moves.ts";
import { isDecided } from "./decided.ts";
import { agreedIn } from "./agreed.ts";
import { itemId, unrepeatedItems, withoutCalledOut } from "../text/items.ts";
import { sentencesOf, type Sentence } from "../text/sentences.ts";

/**
 * Finds decisions by rule: those called one aloud ("Decision: …"), which need no confirmation, and sentences in which
 * people say that they have decided or agreed. Few and right rather than many: the latter are suggestions, in the words
 * in which they were said.
 */
export function findDecisions(
  utterances: readonly Utterance[],
  comments: readonly Comment[],
  people: readonly MinutesPerson[] = [],
): Decision[] {
  const sentences = sentencesOf(withoutCalledOut(utterances, "decision"));
  const said = [...sentences.flatMap(decisionIn), ...agreedIn(movesOf(sentences, people)).map(suggested)];
  const typed = comments.flatMap(({ id, who, text }) => {
    const matter = calledADecision(text);
    return matter === null ? [] : [confirmed(id, matter, [id], who)];
  });
  const place = new Map(utterances.map(({ id }, i) => [id, i]));
  const spoken = [...calledOutDecisions(utterances), ...said].sort(
    (one, other) => (place.get(one.from[0]!) ?? 0) - (place.get(other.from[0]!) ?? 0),
  );
  return unrepeatedItems([...spoken, ...typed], ({ status }) => status === "confirmed");
}

function decisionIn({ text, from, speaker }: Sentence): Decision[] {
  const matter = calledADecision(text);
  if (matter !== null) return [confirmed(from[0]!, matter, from, speaker)];
  return isDecided(text) ? [suggested({ text, from })] : [];
}

function suggested({ text, from }: Pick<Sentence, "text" | "from">): Decision {
  return {
    id: itemId("d", from[0]!, text),
    text: asWritten(text),
    from: [...from],
    confirmedBy: null,
    status: "suggested",
  };
}

function confirmed(source: string, text: string, from: readonly string[], by: ParticipantId): Decision {
  return { id: itemId("d", source, text), text, from: [...from], confirmedBy: by, status: "confirmed" };
}

const CALLED = /^\s*(?:(?:so|and|our|the|new|итак|наше|общее|новое)[ ,]+)*(?:decision|решение)\s*[:—–]\s*(?=\S)/iu;

/** Text behind "Decision: "; null where nothing was called one. */
function calledADecision(text: string): string | null {
  const matter = CALLED.test(text) ? text.replace(CALLED, "").trim() : "";
  return matter === "" || matter.endsWith("?") ? null : matter.charAt(0).toLocaleUpperCase() + matter.slice(1);
}
