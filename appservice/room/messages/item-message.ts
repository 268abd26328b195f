import type { Decision, MinutesEntry, Question } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../wording.ts";
import { correctedData, correctedFacts, droppedText } from "./corrected-lines.ts";
import { notice, type RoomContent } from "./message.ts";

/** Decision on one line, in the meeting's thread. */
export function decisionMessage(decision: Decision, entry: MinutesEntry, wording: Wording): RoomContent {
  const sign = { suggested: "◇", confirmed: "◆", dropped: "☒" }[decision.status];
  return itemMessage(
    "decision",
    `${sign} ${decision.text}`,
    wording.t(`decision.${decision.status}`),
    decision,
    entry,
    wording,
  );
}

/** Question on one line, in the meeting's thread. */
export function questionMessage(question: Question, entry: MinutesEntry, wording: Wording): RoomContent {
  const sign = { suggested: "❔", open: "❓", answered: "☑", dropped: "☒" }[question.status];
  const answered = [...new Set(question.answeredIn.map(wording.speakerOf).filter((who) => who !== null))].map(
    wording.nameOf,
  );
  const how =
    question.status === "answered" && answered.length > 0
      ? wording.t("question.answered-by", { people: answered.join(", ") })
      : wording.t(`question.${question.status}`);
  return itemMessage("question", `${sign} ${question.text}`, how, question, entry, wording);
}

function itemMessage(
  of: "decision" | "question",
  words: string,
  how: string,
  item: Decision | Question,
  { madeBy }: MinutesEntry,
  wording: Wording,
): RoomContent {
  const made = wording.correctionsOf({ of, id: item.id });
  const said = wording.speakerOf(item.from[0] ?? "");
  const stands = item.status === "dropped" ? droppedText(made, `${of}.dropped`, wording.t) : how;
  const facts = [...(said === null ? [] : [wording.nameOf(said)]), stands, ...correctedFacts(made, wording)].filter(
    (fact) => fact !== "",
  );
  const line = [{ strong: words }, ...facts.flatMap((small) => [" · ", { small }])];
  return notice([line], { [CONTENT_KEY[of]]: { ...item, madeBy }, ...correctedData(made) });
}
