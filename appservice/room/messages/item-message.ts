import type { Decision, MinutesEntry, Question } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../record-posts.ts";
import { marksLine } from "../marks.ts";
import { correctedData, correctedLines } from "./corrected-lines.ts";
import { type Line, notice, type RoomContent } from "./message.ts";
import { madeByLine } from "./summary-message.ts";

/** One decision, in the meeting's thread. */
export function decisionMessage(decision: Decision, entry: MinutesEntry, wording: Wording): RoomContent {
  const sign = { suggested: "◇", confirmed: "◆", dropped: "☒" }[decision.status];
  return itemMessage("decision", `${sign} ${decision.text}`, [wording.t(`decision.${decision.status}`)], decision, entry, wording);
}

/** One question, in the meeting's thread. */
export function questionMessage(question: Question, entry: MinutesEntry, wording: Wording): RoomContent {
  const sign = { suggested: "❔", open: "❓", answered: "☑", dropped: "☒" }[question.status];
  const answered = [...new Set(question.answeredIn.map(wording.speakerOf).filter((who) => who !== null))].map(wording.nameOf);
  const how = question.status === "answered" && answered.length > 0 ? wording.t("question.answered-by", { people: answered.join(", ") }) : wording.t(`question.${question.status}`);
  return itemMessage("question", `${sign} ${question.text}`, [how], question, entry, wording);
}

function itemMessage(of: "decision" | "question", heading: string, how: readonly string[], item: Decision | Question, { madeBy }: MinutesEntry, wording: Wording): RoomContent {
  const made = wording.correctionsOf({ of, id: item.id });
  const said = wording.speakerOf(item.from[0] ?? "");
  const facts = [said && wording.nameOf(said), ...how, marksLine(of, item.status, wording.t)].filter((fact) => fact !== null && fact !== "").join(" · ");
  // Whoever called it out, or confirmed it, has said so; how it was found then matters to nobody.
  const maker: Line[] = item.confirmedBy === null ? [madeByLine(madeBy, wording)] : [];
  return notice([{ heading }, facts, ...maker, ...correctedLines(made, wording)], { [CONTENT_KEY[of]]: { ...item, madeBy }, ...correctedData(made) });
}
