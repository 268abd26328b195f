import type { EndedTurn } from "../../circle/meeting.ts";
import { clockTime } from "../../language/translate.ts";
import type { Utterance } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../record-posts.ts";
import { type Line, notice, type RoomContent } from "./message.ts";

/**
 * Text of one message. An event holds 65,536 bytes (Client-Server API, "Size limits"); the text stands in it three times
 * (plain, HTML, data), in two bytes a letter for Russian.
 */
const MOST_LETTERS = 5_000;

/** A turn's transcript in the circle's thread: one message, or several where the turn was long. */
export function transcriptMessages(turn: EndedTurn, utterances: readonly Utterance[], complete: boolean, wording: Wording): RoomContent[] {
  const parts = inParts(utterances);
  return parts.map((part, index) => {
    const position = parts.length > 1 ? ` ${wording.t("turn.part", { part: index + 1, parts: parts.length })}` : "";
    const heading = `${wording.nameOf(turn.speaker)} · ${clockTime(turn.spentMs)}${position}`;
    const text = part.map((utterance) => utterance.text).join(" ");
    const line: Line = text || { small: wording.t(complete ? "turn.silent" : "turn.no-text") };
    return notice([{ heading }, line], { [CONTENT_KEY.turn]: turn, [CONTENT_KEY.utterances]: part.map(withoutText) });
  });
}

/** The segments hold the text; saying it twice would only fill the event. */
function withoutText({ text: _, ...utterance }: Utterance): Omit<Utterance, "text"> {
  return utterance;
}

function inParts(utterances: readonly Utterance[]): Utterance[][] {
  const parts: Utterance[][] = [[]];
  let letters = 0;
  for (const utterance of utterances) {
    letters += utterance.text.length;
    if (letters > MOST_LETTERS && parts.at(-1)?.length) {
      parts.push([]);
      letters = utterance.text.length;
    }
    parts.at(-1)?.push(utterance);
  }
  return parts;
}
