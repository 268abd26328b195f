import type { PersonRequest } from "../../circle/command.ts";
import { type Meeting, circleOf, handsOf, pausedSince, type Perhaps } from "../../circle/meeting.ts";
import type { Meetings } from "../../journal/meetings.ts";
import type { Outbox } from "../../journal/outbox.ts";
import { circleKey } from "../../journal/post-key.ts";
import { ofMeeting } from "../../journal/scope.ts";
import { translateTo } from "../../language/translate.ts";
import type { Language, ParticipantId, RoomId } from "../../protocol/identity.ts";
import type { Control } from "../controls.ts";
import { notice } from "../messages/message.ts";
import type { Poster } from "../poster.ts";
import { refusalText } from "../refusal-text.ts";
import type { Presser } from "./presser.ts";

export type CircleControlDeps = {
  readonly meetings: Pick<Meetings, "of" | "placeFor" | "send">;
  readonly outbox: Pick<Outbox, "want">;
  readonly poster: Pick<Poster, "wake">;
  readonly languageOf: (room: RoomId) => Language;
  readonly now: () => number;
};

/**
 * Does as a sign on the running circle's message asks, or undoes it; a refusal is told in the circle's thread, once.
 */
export function useControl(
  control: Control,
  pressed: boolean,
  { room, actor }: Presser,
  { meetings, now, outbox, poster, languageOf }: CircleControlDeps,
): void {
  const place = meetings.placeFor(room, actor.id);
  const meeting = meetings.of(place)?.meeting;
  const what = meeting && asked(control, pressed, meeting, actor.id);
  if (!what) return;
  const person = { actor, at: now(), expectedVersion: null };
  const decision = meetings.send(place, { ...what, ...person });
  if (decision.accepted) return;
  const t = translateTo(languageOf(room));
  const nameOf = (id: ParticipantId) => meeting.people.find((each) => each.id === id)?.name ?? id;
  const reason = refusalText(decision.refusal, t, nameOf);
  const circle = circleOf(meeting)?.index;
  if (circle === undefined) return;
  // The key makes it once: pressing again in vain is not answered again.
  const key = { kind: "control-refused", circle, by: actor.id, sign: control, code: decision.refusal.code } as const;
  const content = notice([t("reaction.refused", { name: actor.name, reaction: control, reason })]);
  outbox.want([
    { scope: ofMeeting(meeting.id), key, room, thread: circleKey(circle), type: "m.room.message", content },
  ]);
  poster.wake(room);
}

/**
 * Moment since which what comes of a sign stands: somebody's hand is up, or the meeting stands still. Null where it does
 * not, or nothing stays of the sign.
 */
export function standsSince(control: Control, meeting: Perhaps, by: ParticipantId): number | null {
  switch (control) {
    case "✋":
      return handsOf(meeting).find(({ who }) => who === by)?.raisedAt ?? null;
    case "⏸️":
      return pausedSince(meeting);
    case "➡️":
    case "⏭️":
      return null;
  }
}

/** Pressing ✋ or ⏸️ again takes the reaction back, and what it did. */
function asked(control: Control, pressed: boolean, meeting: Meeting, by: ParticipantId): PersonRequest | null {
  switch (control) {
    case "✋":
      if (pressed) return { type: "raise-hand", hand: "reply" };
      return handsOf(meeting).some(({ who }) => who === by) ? { type: "lower-hand" } : null;
    case "➡️":
      return pressed ? { type: "pass" } : null;
    case "⏭️":
      return pressed ? { type: "skip" } : null;
    case "⏸️":
      if (pressed) return { type: pausedSince(meeting) === null ? "pause" : "resume" };
      return pausedSince(meeting) === null ? null : { type: "resume" };
  }
}
