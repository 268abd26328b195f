import type { EndedTurn } from "../../circle/turn.ts";
import { joinedAtPauses } from "../../language/as-written.ts";
import { clockTime } from "../../language/translate.ts";
import type { Utterance } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import { isCalledOut } from "../../protocol/spoken-command.ts";
import type { Wording } from "../wording.ts";
import { correctedData, correctedLines } from "./corrected-lines.ts";
import { inParts } from "./in-parts.ts";
import { type Line, notice, type RoomContent } from "./message.ts";
import { partOf } from "./part-of.ts";

/**
 * `complete`: all of its text could be had. `unheardSeconds`: so much was heard by nobody of ours. `withheld`: its
 * speaker chose who hears them. `typed`: they wrote something meanwhile.
 */
type Heard = {
  readonly complete: boolean;
  readonly unheardSeconds?: number;
  readonly withheld: boolean;
  readonly typed?: boolean;
};

/** A turn's transcript in the circle's thread: one message, or several where the turn was long. */
export function transcriptMessages(
  turn: EndedTurn,
  utterances: readonly Utterance[],
  { complete, unheardSeconds = 0, withheld, typed = false }: Heard,
  wording: Wording,
): RoomContent[] {
  const parts = inParts(utterances, wording.longest);
  return parts.map((part, index) => {
    const heading = `${wording.nameOf(turn.speaker)} · ${clockTime(turn.spentMs)}${partOf(index, parts.length, wording.t)}`;
    const text = joinedAtPauses(part.map((utterance) => utterance.text).filter(Boolean));
    const asked = part.flatMap(({ segments }) => segments.filter(({ command }) => command && isCalledOut(command)));
    const lines: Line[] = [...(text ? [text] : []), ...asked.map((segment) => ({ item: segment.text }))];
    const made = part.flatMap(({ id }) => wording.correctionsOf({ of: "utterance", id }));
    const ending = endingOf(turn);
    const nothing: Line = {
      small: turn.unwritten
        ? wording.t("turn.unwritten")
        : turn.withoutScribe
          ? wording.t("turn.without-scribe")
          : !complete
            ? wording.t("turn.no-text")
            : ending
              ? endedBy(ending, turn, wording)
              : wording.t(typed ? "turn.typed" : "turn.silent"),
    };
    if (lines.length > 0 && ending === "forced" && index === parts.length - 1)
      lines.push({ small: endedBy(ending, turn, wording) });
    if (unheardSeconds > 0 && index === parts.length - 1)
      lines.push({ small: wording.t("turn.unheard", { seconds: Math.round(unheardSeconds) }) });
    if (turn.unwritten && lines.length > 0 && index === parts.length - 1)
      lines.push({ small: wording.t("turn.partly-unwritten") });
    if (turn.withoutScribe && lines.length > 0 && index === parts.length - 1)
      lines.push({ small: wording.t("turn.partly-without-scribe") });
    if (withheld && index === parts.length - 1) lines.push({ small: wording.t("turn.withheld") });
    const data = { [CONTENT_KEY.turn]: turn, [CONTENT_KEY.utterances]: part.map(withoutText), ...correctedData(made) };
    return notice([{ heading }, ...(lines.length > 0 ? lines : [nothing]), ...correctedLines(made, wording)], data);
  });
}

/**
 * Reason why a turn ended, where its speaker did not choose to be silent; null where they passed the word on
 * themselves.
 */
function endingOf({ reason }: EndedTurn): Exclude<EndedTurn["reason"], "passed"> | null {
  return reason === "passed" ? null : reason;
}

/**
 * Ending of a turn that its speaker did not pass on: by name where somebody who takes part did, and it is known who.
 */
function endedBy(
  ending: Exclude<EndedTurn["reason"], "passed">,
  { passedBy }: EndedTurn,
  { t, nameOf }: Wording,
): string {
  const name = ending === "forced" && passedBy !== undefined ? nameOf(passedBy) : undefined;
  return name === undefined || name === passedBy ? t(`turn.ended.${ending}`) : t("turn.ended-by", { name });
}

/** The segments hold the text; saying it twice would only fill the event, and so would the times of its words. */
function withoutText({ text: _, places: __, ...utterance }: Utterance): Omit<Utterance, "text" | "places"> {
  return utterance;
}
