import type { ParticipantId } from "../protocol/identity.ts";
import { answer, ask, onJoining, seek } from "./agreement.ts";
import { dueByClock } from "./clock.ts";
import type { Command, KindCommand, PersonCommand, Steady } from "./command.ts";
import { accept, type Ruling, refuse } from "./ruling.ts";
import {
  beginCircle,
  closeTurn,
  endMeeting,
  endTurn,
  goneFor,
  goOn,
  HOLD_MS,
  offerTo,
  opensAtOnce,
  startTurn,
  EventRecorder,
} from "./flow.ts";
import { handsRule, isOfKind, KINDS, ownerOf, stageOf } from "./kinds/kinds.ts";
import { type Meeting, personOf, planOfCircle, present, takesPart, votesForMore } from "./meeting.ts";
import { callBack, callLost, mayMoveOn, pause, resume } from "./pause.ts";
import { addTime, drawOrder, endThisCircle, giveTurn, reorder, setTheme, takeOut } from "./steer.ts";
import { allowed, running } from "./steering.ts";
import { lowerHand, raiseHand } from "./voices.ts";

/** A word that has just moved is safe from a second hand that pressed at the same moment without seeing it. */
const JUST_MOVED_MS = 2_000;

type Of<T extends Command["type"]> = Extract<Steady, { type: T }>;

/**
 * The rules of the circle: events that a command brings about, or the reason why it is refused. Pure; time comes in
 * with the command and never runs back, whatever the machine's clock does.
 */
export function decide(meeting: Meeting | null, command: Command): Ruling {
  if (command.type === "gather") return gather(meeting, command);
  if (!meeting) return refuse("no-meeting");
  const steady = steadied(meeting, command);
  if ("expectedVersion" in steady && isStale(meeting, steady)) return refuse("stale");
  if (!mayMoveOn(meeting, steady)) return refuse("call-away");

  if (isOfKind(steady)) return inKind(meeting, steady);
  switch (steady.type) {
    case "join":
      return join(meeting, steady);
    case "leave":
      return leave(meeting, steady);
    case "start":
      return start(meeting, steady);
    case "accept":
      return take(meeting, steady);
    case "pass":
      return pass(meeting, steady);
    case "skip":
      return skip(meeting, steady);
    case "extend":
      return extend(meeting, steady);
    case "hand-over":
      return handOver(meeting, steady);
    case "give-word":
      return giveWord(meeting, steady);
    case "end-circle":
      return endThisCircle(meeting, steady);
    case "reorder":
      return reorder(meeting, steady);
    case "draw-order":
      return drawOrder(meeting, steady);
    case "take-out":
      return takeOut(meeting, steady);
    case "give-turn":
      return giveTurn(meeting, steady);
    case "more-time":
      return addTime(meeting, steady);
    case "set-theme":
      return setTheme(meeting, steady);
    case "raise-hand":
      return raiseHand(meeting, steady);
    case "lower-hand":
      return lowerHand(meeting, steady);
    case "pause":
      return pause(meeting, steady);
    case "resume":
      return resume(meeting, steady);
    case "next-circle":
      return nextCircle(meeting, steady);
    case "end":
      return end(meeting, steady);
    case "agree":
      return answer(meeting, steady);
    case "seek-agreement":
      return seek(meeting, steady);
    case "ask-agreement":
      return ask(meeting, steady);
    case "connected":
      return connected(meeting, steady);
    case "dropped":
      return dropped(meeting, steady);
    case "renamed":
      return renamed(meeting, steady);
    case "removed":
      return accept(...(takesPart(meeting, steady.who) ? goneFor(meeting, steady.who, steady.at) : []));
    case "call-lost":
      return callLost(meeting, steady);
    case "call-back":
      return callBack(meeting, steady);
    case "clock":
      return accept(...dueByClock(meeting, steady.at));
  }
}

type Running = Exclude<Command, { type: "gather" }>;

function steadied({ at: known }: Meeting, command: Running): Steady<Running> {
  const at = Math.max(command.at, known);
  return "actor" in command ? { ...command, by: command.actor.id, at } : { ...command, at };
}

function gather(meeting: Meeting | null, { id, roomId, language, asks, at }: Of<"gather">): Ruling {
  if (meeting) return refuse("meeting-running");
  const asked = asks ? ([{ type: "agreement-asked", asks, at }] as const) : [];
  return accept({ type: "meeting-gathered", id, roomId, language, at }, ...asked);
}

function join(meeting: Meeting, command: Of<"join">): Ruling {
  const { by, name, at } = command;
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
function renamed(meeting: Meeting, { who, name, at }: Of<"renamed">): Ruling {
  const person = personOf(meeting, who);
  if (!person || person.name === name || meeting.phase === "ended") return accept();
  return accept({ type: "person-renamed", who, name, at });
}

function leave(meeting: Meeting, { actor, by, at }: Steady<PersonCommand>): Ruling {
  if (!takesPart(meeting, by)) return refuse("not-in-circle");
  return accept(...goneFor(meeting, by, at, actor));
}

function start(meeting: Meeting, { by, plan, topic, seed, at, message }: Of<"start">): Ruling {
  if (meeting.phase !== "gathering") return refuse("meeting-running");
  if (present(meeting).length === 0) return refuse("nobody-joined");
  const story = new EventRecorder(meeting);
  story.add({ type: "meeting-started", by, plan, topic, seed, at, ...(message === undefined ? {} : { message }) });
  beginCircle(story, 0, at);
  return accept(...story.events);
}

function take(meeting: Meeting, { by, at }: Steady<PersonCommand>): Ruling {
  const { turn } = meeting;
  if (!turn) return refuse("no-turn");
  if (turn.speaker !== by) return refuse("not-your-turn", { speaker: turn.speaker });
  if (turn.status !== "offered") return refuse("not-offered");
  if (meeting.pausedAt !== null) return refuse("paused");
  return accept({ type: "turn-started", turn: turn.id, at });
}

/** The speaker is done, or has nothing to say; the keeper may pass on for them. */
function pass(meeting: Meeting, command: Steady<PersonCommand>): Ruling {
  const { turn } = meeting;
  if (!turn) return refuse("no-turn");
  if (!allowed("pass-word", meeting, command, { authors: [turn.speaker] }))
    return refuse("not-your-turn", { speaker: turn.speaker });
  const story = new EventRecorder(meeting, command.actor);
  endTurn(story, turn.speaker === command.by ? "passed" : "forced", command.at);
  return accept(...story.events);
}

/** The word moves on; whose turn it was keeps one for the end of the circle. */
function skip(meeting: Meeting, command: Steady<PersonCommand>): Ruling {
  const { turn } = meeting;
  if (!turn) return refuse("no-turn");
  const rule = planOfCircle(meeting)?.skip ?? "self";
  if (!allowed(`skip-by-${rule}`, meeting, command, { authors: [turn.speaker] }))
    return rule === "keeper" ? refuse("keeper-alone-skips") : refuse("not-your-turn", { speaker: turn.speaker });
  const story = new EventRecorder(meeting, command.actor);
  endTurn(story, "skipped", command.at);
  return accept(...story.events);
}

/**
 * The keeper gives more time, or, where the scenario says so, more than half of the listeners together do. The speaker may
 * ask for it, and everybody sees that they did.
 */
function extend(meeting: Meeting, command: Of<"extend">): Ruling {
  const { turn } = meeting;
  if (turn?.status !== "speaking") return refuse("no-turn");
  const { by, byMs, at } = command;
  const rule = planOfCircle(meeting)?.extension ?? "keeper";
  if (rule === "nobody") return refuse("nobody-may-extend");
  const more = { type: "turn-extended", turn: turn.id, byMs, at } as const;
  if (allowed("give-time", meeting, command)) return accept({ ...more, by, door: command.actor.door });
  if (rule === "keeper" && by !== turn.speaker) return refuse("not-keeper");
  if (!allowed("ask-time", meeting, command)) return refuse("not-in-circle");
  if (turn.extensionAsked.includes(by)) return refuse("already-asked");
  const asked = { type: "extension-asked", turn: turn.id, by, at } as const;
  if (by === turn.speaker) return accept(asked);
  const listeners = present(meeting).filter((id) => id !== turn.speaker).length;
  return votesForMore(turn).length + 1 > listeners / 2
    ? accept(asked, { ...more, by: null, door: null })
    : accept(asked);
}

function handOver(meeting: Meeting, command: Of<"hand-over">): Ruling {
  if (meeting.phase === "ended") return refuse("no-meeting");
  if (!allowed("steer", meeting, command)) return refuse("not-keeper");
  if (!takesPart(meeting, command.to)) return refuse("no-such-person");
  return accept({ type: "keeper-changed", to: command.to, at: command.at });
}

/** “Word to Boris”: the speaker hands it to the next; where hands rule, the keeper chooses among those that are up. */
function giveWord(meeting: Meeting, command: Of<"give-word">): Ruling {
  if (handsRule(meeting) && allowed("steer", meeting, command)) return giveToHand(meeting, command);
  const { turn, circle } = meeting;
  if (!turn || !circle) return refuse("no-turn");
  if (!allowed("pass-word", meeting, command, { authors: [turn.speaker] }))
    return refuse("not-your-turn", { speaker: turn.speaker });
  const next = circle.waiting[0] ?? circle.kept[0]?.who;
  // Strictly round the ring: a name that is not next is heard as politeness, not as a change of order.
  if (!turn.hand && next !== command.to) return refuse("not-next", { next: next ?? "" });
  const story = new EventRecorder(meeting, command.actor);
  endTurn(story, turn.speaker === command.by ? "passed" : "forced", command.at);
  return accept(...story.events);
}

function giveToHand(meeting: Meeting, { actor, by, to, at }: Of<"give-word">): Ruling {
  if (meeting.pausedAt !== null) return refuse("paused");
  const hand = meeting.hands.find(({ who }) => who === to);
  if (!hand || meeting.turn?.speaker === to) return refuse("no-hand-there");
  const story = new EventRecorder(meeting, actor);
  closeTurn(story, meeting.turn?.speaker === by ? "passed" : "forced", at);
  offerTo(story, hand, at);
  return accept(...story.events);
}

/** Decided by the kind of the running circle. */
function inKind(meeting: Meeting, command: Steady<KindCommand>): Ruling {
  const { circle, phase } = meeting;
  const owner = ownerOf(command);
  const rule = phase === "circle" && circle && KINDS[circle.kind].decide[command.type];
  if (!rule) return refuse(owner.elsewhere ?? "no-circle");
  const story = new EventRecorder(meeting, command.actor);
  const refusal = rule(story, circle, command);
  return refusal ? refuse(refusal.code, refusal.detail) : accept(...story.events);
}

/**
 * Goes on to what comes next, without waiting for time: the next circle, or what follows a stage of the running one.
 */
function nextCircle(meeting: Meeting, command: Steady<PersonCommand>): Ruling {
  const { phase, circle } = meeting;
  const stage = phase === "circle" && circle && circle.stage !== "round" ? stageOf(circle) : null;
  if (phase !== "between" && !stage) return refuse("not-between");
  if (!allowed("steer", meeting, command)) return refuse("not-keeper");
  if (meeting.pausedAt !== null) return refuse("paused");
  const story = new EventRecorder(meeting, command.actor);
  if (stage) stage.close(story, command.at);
  else beginCircle(story, meeting.nextStep ?? 0, command.at);
  return accept(...story.events);
}

function end(meeting: Meeting, command: Steady<PersonCommand>): Ruling {
  if (!running(meeting)) return refuse("no-meeting");
  if (!allowed("end-meeting", meeting, command)) return refuse("not-keeper");
  const story = new EventRecorder(meeting, command.actor);
  endMeeting(story, command.by, command.at);
  return accept(...story.events);
}

function connected(meeting: Meeting, { who, at }: Of<"connected">): Ruling {
  const person = personOf(meeting, who);
  if (!person || person.presence === "left" || person.presence === "call") return accept();
  const story = new EventRecorder(meeting);
  story.add({ type: "person-connected", who, at });
  seatLateJoiner(story, who, at);
  const { turn } = story.meeting;
  if (turn?.speaker === who && meeting.pausedAt === null) {
    if (turn.status === "offered" && opensAtOnce(story.meeting, who)) startTurn(story, at);
    else if (turn.status === "speaking" && turn.runningSince === null)
      story.add({ type: "turn-continued", turn: turn.id, at });
  }
  goOn(story, at);
  return accept(...story.events);
}

function dropped(meeting: Meeting, { who, at }: Of<"dropped">): Ruling {
  if (personOf(meeting, who)?.presence !== "call") return accept();
  const story = new EventRecorder(meeting);
  story.add({ type: "person-dropped", who, at });
  const { turn } = meeting;
  if (turn?.speaker === who && turn.status === "speaking" && meeting.pausedAt === null) {
    story.add({ type: "turn-held", turn: turn.id, lapsesAt: at + HOLD_MS, at });
  }
  return accept(...story.events);
}

/** Seats a person who comes while a circle runs at its end, once. */
function seatLateJoiner(story: EventRecorder, who: ParticipantId, at: number): void {
  const { phase, circle } = story.meeting;
  const open = planOfCircle(story.meeting)?.speakers === "all";
  if (phase === "circle" && circle && open && !circle.ring.includes(who)) story.add({ type: "ring-joined", who, at });
}

const UNSEEN = new Set<Command["type"]>([
  "agree",
  "seek-agreement",
  "join",
  "leave",
  "start",
  "raise-hand",
  "lower-hand",
  "hand-over",
  "take-out",
  "give-turn",
  "set-theme",
]);

function isStale(meeting: Meeting, command: Steady<PersonCommand>): boolean {
  // Requests that concern oneself alone cannot come too late.
  if (UNSEEN.has(command.type) || isOfKind(command)) return false;
  if (command.expectedVersion !== null) return command.expectedVersion !== meeting.version;
  const { turn } = meeting;
  const steers = (command.type === "pass" || command.type === "skip") && allowed("steer", meeting, command);
  return steers && turn !== null && turn.speaker !== command.by && command.at - turn.offeredAt < JUST_MOVED_MS;
}
