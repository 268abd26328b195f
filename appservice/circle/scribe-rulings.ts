import type { PersonCommand } from "./command.ts";
import type { Meeting } from "./meeting.ts";
import { accept, type Ruling, refuse } from "./ruling.ts";
import { scribeAway } from "./scribe-absence.ts";
import { allowed } from "./steering.ts";

/** Anybody may speak without being written down, with whoever is there. */
export function sendScribeAway(meeting: Meeting, command: PersonCommand): Ruling {
  if (meeting.phase === "ended") return refuse("no-meeting");
  if (!allowed("send-scribe-away", meeting, command)) return refuse("not-in-room");
  if (scribeAway(meeting)) return refuse("scribe-away");
  return accept({ type: "scribe-sent-away", by: command.actor.id, at: command.at });
}

export function askScribeBack(meeting: Meeting, command: PersonCommand): Ruling {
  if (meeting.phase === "ended") return refuse("no-meeting");
  const away = scribeAway(meeting);
  if (!away) return refuse("scribe-here");
  if (!allowed("ask-scribe-back", meeting, command, { authors: [away.by] })) return refuse("not-yours-to-ask-back");
  return accept({ type: "scribe-asked-back", by: command.actor.id, at: command.at });
}
