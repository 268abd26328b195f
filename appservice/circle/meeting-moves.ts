import type { Command, PersonCommand } from "./command.ts";
import { mayBeKeeper } from "../protocol/rights.ts";
import { beginCircle, endMeeting, EventRecorder } from "./flow.ts";
import { stageOf } from "./kinds/kinds.ts";
import { isRunning, type Meeting, pausedSince, present, runningCircle, takesPart } from "./meeting.ts";
import { accept, type Ruling, refuse } from "./ruling.ts";
import { allowed } from "./steering.ts";

type Of<T extends Command["type"]> = Extract<Command, { type: T }>;

export function start(meeting: Meeting, { actor, plan, topic, seed, at, message, quotes }: Of<"start">): Ruling {
  if (meeting.phase !== "gathering") return refuse("meeting-running");
  if (present(meeting).length === 0) return refuse("nobody-joined");
  const story = new EventRecorder(meeting);
  const from = { ...(message === undefined ? {} : { message }), ...(quotes && { quotes: [...quotes] }) };
  story.add({ type: "meeting-started", by: actor.id, plan, topic, seed, at, ...from });
  beginCircle(story, 0, at);
  return accept(...story.events);
}

/**
 * Goes on to what comes next, without waiting for time: the next circle, or what follows a stage of the running one.
 */
export function nextCircle(meeting: Meeting, command: PersonCommand): Ruling {
  const circle = runningCircle(meeting);
  const stage = circle && circle.stage !== "round" ? stageOf(circle) : null;
  if (meeting.phase !== "between" && !stage) return refuse("not-between");
  if (!allowed("steer", meeting, command)) return refuse("not-keeper");
  if (pausedSince(meeting) !== null) return refuse("paused");
  const story = new EventRecorder(meeting, command.actor);
  if (stage) stage.close(story, command.at);
  else if (meeting.phase === "between") beginCircle(story, meeting.nextStep ?? 0, command.at);
  return accept(...story.events);
}

export function end(meeting: Meeting, command: PersonCommand): Ruling {
  if (!isRunning(meeting)) return refuse("no-meeting");
  if (!allowed("end-meeting", meeting, command)) return refuse("not-keeper");
  const story = new EventRecorder(meeting, command.actor);
  endMeeting(story, command.actor.id, command.at);
  return accept(...story.events);
}

export function handOver(meeting: Meeting, command: Of<"hand-over">): Ruling {
  if (meeting.phase === "ended") return refuse("no-meeting");
  if (!allowed("steer", meeting, command)) return refuse("not-keeper");
  if (!takesPart(meeting, command.to)) return refuse("no-such-person");
  if (!mayBeKeeper(command.to)) return refuse("not-for-guests");
  return accept({ type: "keeper-changed", to: command.to, at: command.at });
}
