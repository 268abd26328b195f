import type { Command, PersonCommand } from "./command.ts";
import { accept, type Ruling, refuse } from "./ruling.ts";
import { closeTurn, endCircle, goOn, goneFor, EventRecorder } from "./flow.ts";
import { stageOf } from "./kinds/kinds.ts";
import { stageWords } from "./kinds/words.ts";
import { isRunning, limitOf, type Meeting, orderOfNext, personOf, present, takesPart } from "./meeting.ts";
import { drawn, inOrder } from "./order.ts";
import { allowed } from "./steering.ts";
import type { ParticipantId } from "../protocol/identity.ts";

type Of<T extends Command["type"]> = Extract<Command, { type: T }>;

/** Letters of a theme, as in a scenario. */
const MOST_THEME = 500;

/** Ends the running circle here, also in mid-turn. People who have not spoken yet do not speak in it. */
export function endThisCircle(meeting: Meeting, command: PersonCommand): Ruling {
  if (meeting.phase !== "circle") return refuse("no-circle");
  if (!allowed("steer", meeting, command)) return refuse("not-keeper");
  if (meeting.pausedAt !== null) return refuse("paused");
  const { circle } = meeting;
  const {
    actor: { id: by },
    at,
  } = command;
  const story = new EventRecorder(meeting, command.actor);
  stageOf(circle).breakOff?.(story, at);
  const unheard =
    stageWords(circle.stage).word === "hands" ? [] : [...circle.waiting, ...circle.kept.map(({ who }) => who)];
  story.add({ type: "circle-cut-short", by, index: circle.index, unheard, at });
  closeTurn(story, meeting.turn?.speaker === by ? "passed" : "forced", at);
  endCircle(story, at);
  return accept(...story.events);
}

export function reorder(meeting: Meeting, command: Of<"reorder">): Ruling {
  const people = toArrange(meeting);
  const refused = whyNotArrange(meeting, command, people);
  if (refused) return refused;
  return accept({
    type: "order-set",
    by: command.actor.id,
    order: inOrder(people, command.order),
    drawn: false,
    at: command.at,
  });
}

export function drawOrder(meeting: Meeting, command: Of<"draw-order">): Ruling {
  const people = toArrange(meeting);
  const refused = whyNotArrange(meeting, command, people);
  if (refused) return refused;
  return accept({
    type: "order-set",
    by: command.actor.id,
    order: drawn(people, command.seed),
    drawn: true,
    at: command.at,
  });
}

function whyNotArrange(meeting: Meeting, command: PersonCommand, people: readonly string[]): Ruling | null {
  if (meeting.phase === "ended") return refuse("no-meeting");
  if (!allowed("arrange", meeting, command)) return refuse("not-keeper");
  return people.length < 2 ? refuse("nobody-waits") : null;
}

/** People who have not spoken yet in the running circle; else all who would sit in the next. */
function toArrange(meeting: Meeting): readonly ParticipantId[] {
  if (meeting.phase === "circle") return meeting.circle.waiting;
  return inOrder(present(meeting), orderOfNext(meeting) ?? []);
}

/** Takes somebody out. They stay in the room and in the call, and hear; they may take a seat again. */
export function takeOut(meeting: Meeting, command: Of<"take-out">): Ruling {
  if (meeting.phase === "ended") return refuse("no-meeting");
  if (!allowed("steer", meeting, command)) return refuse("not-keeper");
  if (!takesPart(meeting, command.who)) return refuse("no-such-person");
  return accept(...goneFor(meeting, command.who, command.at, command.actor));
}

/** Gives somebody who has spoken one more turn, at the end of the circle. */
export function giveTurn(meeting: Meeting, command: Of<"give-turn">): Ruling {
  if (meeting.phase !== "circle" || stageWords(meeting.circle.stage).word !== "ring") return refuse("no-circle");
  if (!allowed("steer", meeting, command)) return refuse("not-keeper");
  const { circle } = meeting;
  const {
    actor: { id: by },
    to,
    at,
  } = command;
  if (!takesPart(meeting, to)) return refuse("no-such-person");
  // People who wait for their turn are not done yet.
  const comes = circle.kept.some(({ who }) => who === to) || meeting.turn?.speaker === to;
  if (comes || !circle.done.includes(to)) return refuse("turn-to-come", { name: personOf(meeting, to)?.name ?? to });
  const story = new EventRecorder(meeting, command.actor);
  story.add({ type: "turn-given", by, to, limitMs: limitOf(meeting), at });
  goOn(story, at);
  return accept(...story.events);
}

/**
 * Adds time to the running turn and all that follow in this circle; where all write, or the floor is open, to the
 * circle itself.
 */
export function addTime(meeting: Meeting, command: Of<"more-time">): Ruling {
  if (meeting.phase !== "circle") return refuse("no-circle");
  const { circle, turn } = meeting;
  if (!allowed("give-time", meeting, command)) return refuse("not-keeper");
  const {
    actor: { id: by },
    byMs,
    at,
  } = command;
  const inTurns = stageWords(circle.stage).word === "ring";
  const turns = inTurns ? circle.waiting.length + circle.kept.length + (turn ? 1 : 0) : 1;
  const story = new EventRecorder(meeting, command.actor);
  story.add({ type: "time-added", by, byMs, endsAt: circle.endsAt === null ? null : circle.endsAt + byMs * turns, at });
  if (turn && inTurns) story.add({ type: "turn-extended", turn: turn.id, byMs, by, door: command.actor.door, at });
  return accept(...story.events);
}

/** Sets the theme of the circle that runs, or comes next; one text for all. */
export function setTheme(meeting: Meeting, command: Of<"set-theme">): Ruling {
  if (!isRunning(meeting)) return refuse("no-circle");
  if (!allowed("steer", meeting, command)) return refuse("not-keeper");
  if (meeting.phase === "between" && meeting.nextStep === null) return refuse("no-circle");
  const index = meeting.phase === "circle" ? meeting.circle.index : meeting.circle.index + 1;
  if (command.circle !== null && command.circle !== index) return refuse("stale");
  const theme = command.theme.trim();
  if (theme === "") return refuse("nothing-written");
  if (theme.length > MOST_THEME) return refuse("too-long", { most: MOST_THEME });
  return accept({
    type: "theme-set",
    by: command.actor.id,
    circle: index,
    theme,
    at: command.at,
    ...(command.message === undefined ? {} : { message: command.message }),
  });
}
