import type { Command, PersonCommand } from "./command.ts";
import { closeTurn, endTurn, EventRecorder, offerTo } from "./flow.ts";
import { handsRule } from "./kinds/kinds.ts";
import { nextInCircle } from "./circle.ts";
import { isRunning, type Meeting, pausedSince, planOfCircle, present, type RunningMeeting, turnOf } from "./meeting.ts";
import { votesForMore } from "./turn.ts";
import { accept, type Ruling, refuse } from "./ruling.ts";
import { allowed } from "./steering.ts";

type Of<T extends Command["type"]> = Extract<Command, { type: T }>;

export function take(meeting: Meeting, { actor: { id: by }, at }: PersonCommand): Ruling {
  const turn = turnOf(meeting);
  if (!turn) return refuse("no-turn");
  if (turn.speaker !== by) return refuse("not-your-turn", { speaker: turn.speaker });
  if (turn.status !== "offered") return refuse("not-offered");
  if (pausedSince(meeting) !== null) return refuse("paused");
  return accept({ type: "turn-started", turn: turn.id, at });
}

/** The speaker is done, or has nothing to say; the keeper may pass on for them. */
export function pass(meeting: Meeting, command: PersonCommand): Ruling {
  const turn = turnOf(meeting);
  if (!turn) return refuse("no-turn");
  if (!allowed("pass-word", meeting, command, { authors: [turn.speaker] }))
    return refuse("not-your-turn", { speaker: turn.speaker });
  const story = new EventRecorder(meeting, command.actor);
  endTurn(story, turn.speaker === command.actor.id ? "passed" : "forced", command.at);
  return accept(...story.events);
}

/** The word moves on; whose turn it was keeps one for the end of the circle. */
export function skip(meeting: Meeting, command: PersonCommand): Ruling {
  const turn = turnOf(meeting);
  if (!turn) return refuse("no-turn");
  const rule = planOfCircle(meeting)?.skip ?? "self";
  if (!allowed(`skip-by-${rule}`, meeting, command, { authors: [turn.speaker] }))
    return rule === "keeper" ? refuse("keeper-alone-skips") : refuse("not-your-turn", { speaker: turn.speaker });
  const story = new EventRecorder(meeting, command.actor);
  endTurn(story, "skipped", command.at);
  return accept(...story.events);
}

/**
 * The keeper gives more time, or, where the scenario says so, more than half of the listeners together do. The speaker
 * may ask for it, and everybody sees that they did.
 */
export function extend(meeting: Meeting, command: Of<"extend">): Ruling {
  const turn = turnOf(meeting);
  if (turn?.status !== "speaking") return refuse("no-turn");
  const {
    actor: { id: by },
    byMs,
    at,
  } = command;
  const rule = planOfCircle(meeting)?.extension ?? "keeper";
  if (rule === "nobody") return refuse("nobody-may-extend");
  const more = { type: "turn-extended", turn: turn.id, byMs, at } as const;
  if (allowed("give-time", meeting, command)) return accept({ ...more, by, door: command.actor.door });
  if (rule === "keeper" && by !== turn.speaker) return refuse("not-keeper");
  if (!allowed("ask-time", meeting, command, { authors: [turn.speaker] })) return refuse("not-in-circle");
  if (turn.extensionAsked.includes(by)) return refuse("already-asked");
  const asked = { type: "extension-asked", turn: turn.id, by, at } as const;
  if (by === turn.speaker) return accept(asked);
  const listeners = present(meeting).filter((id) => id !== turn.speaker).length;
  return votesForMore(turn).length + 1 > listeners / 2
    ? accept(asked, { ...more, by: null, door: null })
    : accept(asked);
}

/** “Word to Boris”: the speaker hands it to the next; where hands rule, the keeper chooses among those that are up. */
export function giveWord(meeting: Meeting, command: Of<"give-word">): Ruling {
  if (!isRunning(meeting)) return refuse("no-turn");
  if (handsRule(meeting) && allowed("steer", meeting, command)) return giveToHand(meeting, command);
  const { turn } = meeting;
  if (!turn) return refuse("no-turn");
  if (!allowed("pass-word", meeting, command, { authors: [turn.speaker] }))
    return refuse("not-your-turn", { speaker: turn.speaker });
  const next = meeting.phase === "circle" ? nextInCircle(meeting.circle)?.who : undefined;
  // Strictly round the ring: a name that is not next is heard as politeness, not as a change of order.
  if (!turn.hand && next !== command.to) return refuse("not-next", { next: next ?? "" });
  const story = new EventRecorder(meeting, command.actor);
  endTurn(story, turn.speaker === command.actor.id ? "passed" : "forced", command.at);
  return accept(...story.events);
}

function giveToHand(meeting: RunningMeeting, { actor, to, at }: Of<"give-word">): Ruling {
  if (pausedSince(meeting) !== null) return refuse("paused");
  const hand = meeting.hands.find(({ who }) => who === to);
  if (!hand || meeting.turn?.speaker === to) return refuse("no-hand-there");
  const story = new EventRecorder(meeting, actor);
  closeTurn(story, meeting.turn?.speaker === actor.id ? "passed" : "forced", at);
  offerTo(story, meeting, hand, at);
  return accept(...story.events);
}
