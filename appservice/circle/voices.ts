import { mayBeWritten } from "./agreement.ts";
import type { Command, PersonCommand, Steady } from "./command.ts";
import { accept, type Ruling, refuse } from "./ruling.ts";
import { goOn, showTexts, Story } from "./flow.ts";
import { handsRule, type Meeting, takesPart } from "./meeting.ts";

type Of<T extends Command["type"]> = Extract<Steady, { type: T }>;

/** Letters: all of a circle's reasons and texts stand in its snapshot. */
const MOST_REASON = 500;
const MOST_TEXT = 2_000;

/** Hands may go up at any time of a running meeting; they are heard where the floor is open. */
export function raiseHand(meeting: Meeting, { by, hand, at }: Of<"raise-hand">): Ruling {
  if (meeting.phase !== "circle" && meeting.phase !== "between") return refuse("no-meeting");
  if (!takesPart(meeting, by)) return refuse("not-in-circle");
  if (meeting.hands.some((up) => up.who === by && up.hand === hand)) return refuse("hand-up");
  const story = new Story(meeting);
  story.add({ type: "hand-raised", who: by, hand, at });
  if (handsRule(meeting)) goOn(story, at);
  return accept(...story.events);
}

export function lowerHand(meeting: Meeting, { by, at }: Steady<PersonCommand>): Ruling {
  if (!meeting.hands.some(({ who }) => who === by)) return refuse("no-hand");
  return accept({ type: "hand-lowered", who: by, reason: "self", at });
}

/** An objection without a reason cannot be integrated, so it needs one. */
export function takePosition(meeting: Meeting, { by, position, reason, at, message }: Of<"take-position">): Ruling {
  const { circle, plan, phase } = meeting;
  if (phase !== "circle" || !circle || plan?.circles[circle.step]?.kind !== "consent") return refuse("not-consenting");
  if (!circle.ring.includes(by)) return refuse("not-in-circle");
  // Whoever is not written down objects aloud.
  const written = mayBeWritten(meeting, by);
  if (written && position === "object" && reason.trim() === "") return refuse("objection-needs-reason");
  if (reason.length > MOST_REASON) return refuse("too-long", { most: MOST_REASON });
  return accept({
    type: "position-taken",
    who: by,
    position,
    reason: written ? reason.trim() : "",
    at,
    ...(message === undefined ? {} : { message }),
  });
}

/**
 * When the last of those who are there has finished, all texts are shown. Silence is a right here, too: one may finish with
 * nothing written, and take back what one had.
 */
export function write(meeting: Meeting, { by, text, finished, at, message }: Of<"write">): Ruling {
  const { circle, phase } = meeting;
  if (phase !== "circle" || circle?.stage !== "writing") return refuse("not-writing");
  if (!circle.ring.includes(by)) return refuse("not-in-circle");
  if (text.trim() !== "" && !mayBeWritten(meeting, by)) return refuse("unwritten");
  if (text.trim() === "" && !finished && !circle.written.some(({ who }) => who === by))
    return refuse("nothing-written");
  if (text.length > MOST_TEXT) return refuse("too-long", { most: MOST_TEXT });
  const story = new Story(meeting);
  story.add({
    type: "text-written",
    who: by,
    text: text.trim(),
    finished,
    at,
    ...(message === undefined ? {} : { message }),
  });
  const written = story.meeting.circle?.written ?? [];
  const here = circle.ring.filter((id) =>
    story.meeting.people.some((person) => person.id === id && person.presence !== "away" && person.presence !== "left"),
  );
  const all = here.every((id) => written.some((each) => each.who === id && each.finished));
  if (all && meeting.pausedAt === null) showTexts(story, at);
  return accept(...story.events);
}
