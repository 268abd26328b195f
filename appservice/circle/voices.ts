import type { Command, PersonCommand } from "./command.ts";
import { accept, type Ruling, refuse } from "./ruling.ts";
import { goOn, EventRecorder } from "./flow.ts";
import { handsRule } from "./kinds/kinds.ts";
import { handsOf, isRunning, type Meeting, takesPart } from "./meeting.ts";

type Of<T extends Command["type"]> = Extract<Command, { type: T }>;

/** Hands may go up at any time of a running meeting; they are heard where the floor is open. */
export function raiseHand(meeting: Meeting, { actor: { id: by }, hand, at }: Of<"raise-hand">): Ruling {
  if (!isRunning(meeting)) return refuse("no-meeting");
  if (!takesPart(meeting, by)) return refuse("not-in-circle");
  if (meeting.hands.some((up) => up.who === by && up.hand === hand)) return refuse("hand-up");
  const story = new EventRecorder(meeting);
  story.add({ type: "hand-raised", who: by, hand, at });
  if (handsRule(meeting)) goOn(story, at);
  return accept(...story.events);
}

export function lowerHand(meeting: Meeting, { actor: { id: by }, at }: PersonCommand): Ruling {
  if (!handsOf(meeting).some(({ who }) => who === by)) return refuse("no-hand");
  return accept({ type: "hand-lowered", who: by, reason: "self", at });
}
