import { serviceReturned } from "./absence.ts";
import { answer, ask, seek } from "./agreement-rulings.ts";
import { dueByClock } from "./clock.ts";
import type { Command, KindCommand, PersonCommand } from "./command.ts";
import { EventRecorder, goneFor } from "./flow.ts";
import { isOfKind, KINDS, ownerOf } from "./kinds/kinds.ts";
import { type Meeting, runningCircle, takesPart, turnOf } from "./meeting.ts";
import { end, handOver, nextCircle, start } from "./meeting-moves.ts";
import { callBack, callLost, mayMoveOn, pause, resume } from "./pause.ts";
import { accept, type Ruling, refuse } from "./ruling.ts";
import { connected, dropped, join, leave, renamed } from "./seats.ts";
import { addTime, drawOrder, endThisCircle, giveTurn, reorder, setTheme, takeOut } from "./steer.ts";
import { askScribeBack, sendScribeAway } from "./scribe-rulings.ts";
import { allowed } from "./steering.ts";
import { maySend } from "../protocol/rights.ts";
import { extend, giveWord, pass, skip, take } from "./turn-moves.ts";
import { lowerHand, raiseHand } from "./voices.ts";

/** A word that has just moved is safe from a second hand that pressed at the same moment without seeing it. */
const JUST_MOVED_MS = 2_000;

type Of<T extends Command["type"]> = Extract<Command, { type: T }>;

/**
 * The rules of the circle: events that a command brings about, or the reason why it is refused. Pure; time comes in
 * with the command and never runs back, whatever the machine's clock does.
 */
export function decide(meeting: Meeting | null, command: Command): Ruling {
  if (command.type === "gather") return gather(meeting, command);
  if (!meeting) return refuse("no-meeting");
  const steady = steadied(meeting, command);
  if ("actor" in steady && !maySend(steady.actor, steady.type, isOfKind(steady))) return refuse("not-for-guests");
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
    case "send-scribe-away":
      return sendScribeAway(meeting, steady);
    case "ask-scribe-back":
      return askScribeBack(meeting, steady);
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
    case "service-returned":
      return serviceReturned(meeting, steady);
    case "clock":
      return accept(...dueByClock(meeting, steady.at));
  }
}

type Running = Exclude<Command, { type: "gather" }>;

/** The time of a meeting never runs back, whatever the machine's clock does. */
function steadied({ at: known }: Meeting, command: Running): Running {
  return command.at < known ? { ...command, at: known } : command;
}

function gather(meeting: Meeting | null, { id, roomId, language, asks, at }: Of<"gather">): Ruling {
  if (meeting) return refuse("meeting-running");
  const asked = asks ? ([{ type: "agreement-asked", asks, at }] as const) : [];
  return accept({ type: "meeting-gathered", id, roomId, language, at }, ...asked);
}

/** Decided by the kind of the running circle. */
function inKind(meeting: Meeting, command: KindCommand): Ruling {
  const circle = runningCircle(meeting);
  const owner = ownerOf(command);
  const rule = circle && KINDS[circle.kind].decide[command.type];
  if (!rule) return refuse(owner.elsewhere ?? "no-circle");
  const story = new EventRecorder(meeting, command.actor);
  const refusal = rule(story, circle, command);
  return refusal ? refuse(refusal.code, refusal.detail) : accept(...story.events);
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
  "send-scribe-away",
  "ask-scribe-back",
]);

function isStale(meeting: Meeting, command: PersonCommand): boolean {
  // Requests that concern oneself alone cannot come too late.
  if (UNSEEN.has(command.type) || isOfKind(command)) return false;
  if (command.expectedVersion !== null) return command.expectedVersion !== meeting.version;
  if (command.type !== "pass" && command.type !== "skip") return false;
  const turn = turnOf(meeting);
  const another = turn !== null && turn.speaker !== command.actor.id;
  return another && command.at - turn.offeredAt < JUST_MOVED_MS && allowed("steer", meeting, command);
}
