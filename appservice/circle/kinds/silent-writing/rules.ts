import { pausedSince, personOf, runningCircle } from "../../meeting.ts";
import type { Refusal } from "../../../protocol/refusal.ts";
import { mayBeWritten } from "../../agreement.ts";
import type { KindCommand } from "../../command.ts";
import type { Circle } from "../../circle.ts";
import type { Table } from "../contract.ts";
import type { EventOf } from "../words.ts";
import { MOST_TEXT, type WritingData } from "./words.ts";

type Write = Extract<KindCommand, { type: "write" }>;
type TextWritten = Extract<EventOf<"silent-writing">, { type: "text-written" }>;

/**
 * Keeps a text. When the last of those who are there has finished, all texts are shown. Silence is a right here, too:
 * one may finish with nothing written, and take back what one had.
 */
export function write(table: Table, circle: Circle<"silent-writing">, command: Write): Refusal | null {
  const { actor, text, finished, at, message } = command;
  const refusal = whyNotWrite(table, circle, command);
  if (refusal) return refusal;
  table.add({
    type: "text-written",
    who: actor.id,
    text: text.trim(),
    finished,
    at,
    ...(message === undefined ? {} : { message }),
  });
  if (allFinished(table) && pausedSince(table.meeting) === null) showTexts(table, at);
  return null;
}

function whyNotWrite(
  { meeting }: Table,
  { stage, ring, data }: Circle<"silent-writing">,
  { actor: { id: by }, text, finished }: Write,
): Refusal | null {
  if (stage !== "writing") return { code: "not-writing", detail: {} };
  if (!ring.includes(by)) return { code: "not-in-circle", detail: {} };
  if (text.trim() !== "" && !mayBeWritten(meeting, by)) return { code: "unwritten", detail: {} };
  if (text.trim() === "" && !finished && !data.written.some(({ who }) => who === by))
    return { code: "nothing-written", detail: {} };
  return text.length > MOST_TEXT ? { code: "too-long", detail: { most: MOST_TEXT } } : null;
}

function allFinished({ meeting }: Table): boolean {
  const circle = runningCircle(meeting);
  if (circle?.kind !== "silent-writing") return false;
  // A person who leaves while all write leaves the ring, too.
  const here = circle.ring.filter((id) => personOf(meeting, id)?.presence !== "away");
  return here.every((id) => circle.data.written.some((each) => each.who === id && each.finished));
}

/** Shows everybody's text at once; then the word goes round. */
export function showTexts(table: Table, at: number): void {
  table.add({ type: "texts-shown", at });
  table.goOn(at);
}

export function textWritten(
  circle: Circle<"silent-writing">,
  { who, text, finished, message }: TextWritten,
): Circle<"silent-writing"> {
  const mine = text === "" && !finished ? [] : [{ who, text, finished, ...(message === undefined ? {} : { message }) }];
  const others = circle.data.written.filter((each) => each.who !== who);
  return { ...circle, data: { ...circle.data, written: [...others, ...mine] } };
}

export function textsShown(circle: Circle<"silent-writing">): Circle<"silent-writing"> {
  return { ...circle, stage: "round", endsAt: null, data: { ...circle.data, textsShown: true } };
}

/** Stands where a text was that was taken back, up to the event by which that happened. */
const NO_TEXT = "—";

/** Leaves that there was a text: a vote that had begun on the texts by then counts them. */
export function withoutText(event: TextWritten): TextWritten {
  return event.text === "" ? event : { ...event, text: NO_TEXT };
}

/** Texts that there are to show; a person who had nothing to write has none. */
export function textsIn({ written }: WritingData): WritingData["written"] {
  return written.filter(({ text }) => text !== "");
}
