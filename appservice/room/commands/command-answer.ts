import type { EventId } from "../../protocol/identity.ts";
import type { Post } from "../../journal/post.ts";
import { ofRoom } from "../../journal/scope.ts";
import { shortened } from "../../language/shortened.ts";
import type { Translate } from "../../language/translate.ts";
import { answer, type Line, notice, reaction } from "../messages/message.ts";
import { refusalText } from "../refusal-text.ts";
import { threadOf } from "../relations.ts";
import type { RoomEventOf } from "../room-event.ts";
import type { Uses } from "./context.ts";
import type { CommandOutcome } from "./outcome.ts";
import type { Typed } from "./registry.ts";
import { answerKey, refusalKey } from "./typed-command.ts";
import { usageOf } from "./usage.ts";

type MessageEvent = RoomEventOf<"m.room.message">;

/** Message or ✅ that answers a command; null: there is no such command. */
export function answerTo(
  event: MessageEvent,
  message: EventId,
  { command, name }: Typed,
  outcome: CommandOutcome | null,
  { t, nameOf }: Uses<"t" | "nameOf">,
): Post {
  const place = { scope: ofRoom(event.room_id), room: event.room_id, thread: null };
  if (outcome?.outcome === "done")
    return { ...place, key: answerKey(message), type: "m.reaction", content: reaction(message, "✅") };
  const lines = outcome
    ? linesFor(outcome, command, { t, nameOf })
    : [t("command.unknown", { word: shortened(name, 40) })];
  const ownThread = outcome?.outcome === "say" && outcome.inThread ? message : null;
  const content = answer(notice(lines), { eventId: message, threadRoot: threadOf(event) ?? ownThread });
  // A command that was not carried out may be put right and tried again; each try has an answer of its own.
  const key = outcome?.outcome === "say" ? answerKey(message) : refusalKey(event.event_id);
  return { ...place, key, type: "m.room.message", content };
}

export function tooManyAnswer(event: MessageEvent, t: Translate): Post {
  const { room_id: room, event_id: eventId } = event;
  const content = answer(notice([t("command.too-many")]), { eventId, threadRoot: threadOf(event) });
  return { scope: ofRoom(room), key: refusalKey(eventId), room, thread: null, type: "m.room.message", content };
}

/** Answer to a command that was not simply done. */
export function linesFor(
  outcome: Exclude<CommandOutcome, { outcome: "done" }>,
  command: Typed["command"],
  { t, nameOf }: Uses<"t" | "nameOf">,
): readonly Line[] {
  switch (outcome.outcome) {
    case "say":
      return outcome.lines;
    case "refused":
      return [refusalText(outcome.refusal, t, nameOf)];
    case "bad-argument":
      return [t("command.bad-argument", { usage: command ? usageOf(command, t) : "" })];
  }
}
