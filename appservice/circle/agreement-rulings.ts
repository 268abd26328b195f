import { covers } from "../protocol/agreement.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { answerOf } from "./agreement.ts";
import { agreementFrom } from "./agreement-changes.ts";
import type { Command } from "./command.ts";
import type { CircleEvent } from "./event.ts";
import { type Meeting, personOf, present } from "./meeting.ts";
import { accept, type Ruling, refuse } from "./ruling.ts";

type Of<T extends Command["type"]> = Extract<Command, { type: T }>;
type EventOf<T extends CircleEvent["type"]> = Extract<CircleEvent, { type: T }>;

/**
 * Begins to ask. No record breaks off because the service is a newer one now: in a meeting that began before, those who
 * sit there have agreed in their browsers.
 */
export function ask(meeting: Meeting, { asks, at }: Of<"ask-agreement">): Ruling {
  const { agreement } = meeting;
  const same = agreement !== null && covers(agreement.asks, asks) && covers(asks, agreement.asks);
  if (meeting.phase === "ended" || same) return accept();
  const before = agreement === null && meeting.phase !== "gathering" ? present(meeting) : [];
  const asked: EventOf<"agreement-asked"> = { type: "agreement-asked", asks, at, ...(before.length > 0 && { before }) };
  const after = { agreement: agreementFrom(meeting, asked) };
  // People who sit there already have nothing before them that asks.
  const unanswered = present(meeting).filter((who) => answerOf(after, who) === null);
  return accept(asked, ...unanswered.map((who) => soughtOf(who, personOf(meeting, who)?.name ?? who, at)));
}

export function soughtOf(
  who: ParticipantId,
  name: string,
  at: number,
  message: string | null = null,
): EventOf<"agreement-sought"> {
  return { type: "agreement-sought", who, name, message, at };
}

/**
 * Ruling on a person's agreement as they sit down: the answer that they brought with them, or the question in the room.
 */
export function onJoining(meeting: Meeting, { actor, name, agreement: said, message, at }: Of<"join">): Ruling {
  const by = actor.id;
  if (!meeting.agreement) return accept();
  if (said) return answer(meeting, { ...said, actor, at });
  const known = answerOf(meeting, by) !== null || meeting.agreement.sought.some(({ who }) => who === by);
  return known ? accept() : accept(soughtOf(by, name, at, message));
}

export function answer(
  meeting: Meeting,
  { actor: { id: by }, agreed, shown, at }: Pick<Of<"agree">, "actor" | "agreed" | "shown" | "at">,
): Ruling {
  const { agreement } = meeting;
  if (!agreement) return accept();
  if (agreed && !covers(shown, agreement.asks)) return refuse("shown-changed");
  const known = agreement.answers.find(({ who }) => who === by);
  const same = known?.agreed === agreed && (!agreed || covers(known.shown, agreement.asks));
  return same ? accept() : accept({ type: "agreement-answered", who: by, agreed, shown, at });
}

export function seek(meeting: Meeting, { actor: { id: by }, name, message, at }: Of<"seek-agreement">): Ruling {
  const { agreement } = meeting;
  if (!agreement || answerOf(meeting, by) !== null || agreement.sought.some(({ who }) => who === by)) return accept();
  return accept({ type: "agreement-sought", who: by, name, message, at });
}
