import type { ParticipantId } from "../protocol/identity.ts";
import { onJoining } from "./agreement-rulings.ts";
import type { Command, PersonCommand } from "./command.ts";
import { EventRecorder, goneFor, goOn, HOLD_MS, keptAfter, opensAtOnce, startTurn } from "./flow.ts";
import { limitOf, type Meeting, pausedSince, personOf, planOfCircle, takesPart, turnOf } from "./meeting.ts";
import { accept, type Ruling, refuse } from "./ruling.ts";

type Of<T extends Command["type"]> = Extract<Command, { type: T }>;

export function join(meeting: Meeting, command: Of<"join">): Ruling {
  const {
    actor: { id: by },
    name,
    at,
  } = command;
  if (meeting.phase === "ended") return refuse("no-meeting");
  if (takesPart(meeting, by)) return refuse("already-joined");
  const agreed = onJoining(meeting, command);
  if (!agreed.accepted) return agreed;
  const story = new EventRecorder(meeting);
  for (const event of agreed.events) story.add(event);
  // A person in the widget is on the way into the call, and becomes `call` when they arrive there.
  story.add({ type: "person-joined", who: by, name, presence: "room", at });
  seatLateJoiner(story, by, at);
  return accept(...story.events);
}

/** A record keeps the names that people had. */
export function renamed(meeting: Meeting, { who, name, at }: Of<"renamed">): Ruling {
  const person = personOf(meeting, who);
  if (!person || person.name === name || meeting.phase === "ended") return accept();
  return accept({ type: "person-renamed", who, name, at });
}

export function leave(meeting: Meeting, { actor, at }: PersonCommand): Ruling {
  if (!takesPart(meeting, actor.id)) return refuse("not-in-circle");
  return accept(...goneFor(meeting, actor.id, at, actor));
}

export function connected(meeting: Meeting, { who, at }: Of<"connected">): Ruling {
  const person = personOf(meeting, who);
  if (!person || person.presence === "left" || person.presence === "call") return accept();
  const story = new EventRecorder(meeting);
  story.add({ type: "person-connected", who, at });
  seatLateJoiner(story, who, at);
  const turn = turnOf(story.meeting);
  if (turn?.speaker === who && pausedSince(meeting) === null) {
    if (turn.status === "offered" && opensAtOnce(story.meeting, who)) startTurn(story, at);
    else if (turn.status === "speaking" && turn.runningSince === null)
      story.add({ type: "turn-continued", turn: turn.id, at });
  }
  goOn(story, at);
  return accept(...story.events);
}

export function dropped(meeting: Meeting, { who, at }: Of<"dropped">): Ruling {
  if (personOf(meeting, who)?.presence !== "call") return accept();
  const story = new EventRecorder(meeting);
  story.add({ type: "person-dropped", who, at });
  const turn = turnOf(meeting);
  if (turn?.speaker === who && turn.status === "speaking" && pausedSince(meeting) === null) {
    story.add({ type: "turn-held", turn: turn.id, lapsesAt: at + HOLD_MS, at });
  }
  return accept(...story.events);
}

/**
 * Seats a person who comes while a circle runs at its end, once. Somebody who comes back takes up the turn that was
 * kept for them: who leaves and comes again does not speak longer by it.
 */
function seatLateJoiner(story: EventRecorder, who: ParticipantId, at: number): void {
  const { meeting } = story;
  if (meeting.phase !== "circle" || planOfCircle(meeting)?.speakers !== "all") return;
  const { circle, ended } = meeting;
  if (circle.ring.includes(who)) return;
  const had = ended.findLast((turn) => turn.circle === circle.index && turn.speaker === who && turn.hand === null);
  const keptMs = had ? keptAfter(had.reason, limitOf(meeting), had.spentMs) : null;
  story.add({ type: "ring-joined", who, keptMs, at });
}
