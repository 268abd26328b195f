import type { EndedTurn } from "../../circle/meeting.ts";
import { clockTime } from "../../language/translate.ts";
import type { Segment, Utterance } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../record-posts.ts";
import { inParts } from "./in-parts.ts";
import { type Line, notice, type RoomContent } from "./message.ts";
import { partOf } from "./part-of.ts";

/** A turn's transcript in the circle's thread: one message, or several where the turn was long. */
export function transcriptMessages(turn: EndedTurn, utterances: readonly Utterance[], complete: boolean, wording: Wording): RoomContent[] {
  const parts = inParts(utterances, ({ segments }) => segments.reduce((letters, { text }) => letters + text.length, 0));
  return parts.map((part, index) => {
    const heading = `${wording.nameOf(turn.speaker)} · ${clockTime(turn.spentMs)}${partOf(index, parts.length, wording.t)}`;
    const text = part.map((utterance) => utterance.text).filter(Boolean).join(" ");
    const asked = part.flatMap(({ segments }) => segments.filter(forTheRecord));
    const lines: Line[] = [...(text ? [text] : []), ...asked.map((segment) => ({ item: segment.text }))];
    const nothing: Line = { small: wording.t(complete ? "turn.silent" : "turn.no-text") };
    return notice([{ heading }, ...(lines.length > 0 ? lines : [nothing])], { [CONTENT_KEY.turn]: turn, [CONTENT_KEY.utterances]: part.map(withoutText) });
  });
}

/** A task or a decision called out: no part of the speech, and worth reading all the same. */
function forTheRecord({ command }: Segment): boolean {
  return command?.type === "task" || command?.type === "decision";
}

/** The segments hold the text; saying it twice would only fill the event. */
function withoutText({ text: _, ...utterance }: Utterance): Omit<Utterance, "text"> {
  return utterance;
}
