import type { Allowance } from "../../admission/allowance.ts";
import type { Inbox } from "../../journal/inbox.ts";
import type { Outbox } from "../../journal/outbox.ts";
import { translateTo } from "../../language/translate.ts";
import type { Language, RoomId } from "../../protocol/identity.ts";
import type { Poster } from "../poster.ts";
import { type RoomEventOf, wordsOf } from "../room-event.ts";
import { isTooOld } from "../too-old.ts";
import { type AsyncPortsDeps, asyncPortsFor } from "./async-ports.ts";
import { type CommandContextDeps, contextFor } from "./context-for.ts";
import { answerTo, tooManyAnswer } from "./command-answer.ts";
import { type CommandOutcome, refused } from "./outcome.ts";
import { readCommand, type Typed } from "./registry.ts";

type MessageEvent = RoomEventOf<"m.room.message">;

export type AnswerCommandDeps = TooManyDeps &
  CommandContextDeps &
  AsyncPortsDeps & {
    /** Number of commands that a person may type in a room. */
    readonly commandsOf: Pick<Allowance, "take">;
    readonly wallClock: () => number;
  };

/** Most commands of a person in a minute: one a second is more than anybody types. */
export const COMMANDS_A_MINUTE = 60;

/**
 * Answers a command. Its changes, its answer and its being handled are written together or not at all; an async
 * command sends the same when it sends again. `message`: the one in which the command stands; an edit stands in the
 * message that it changes.
 */
export async function answerCommand(
  event: MessageEvent,
  deps: AnswerCommandDeps,
  message = event.event_id,
): Promise<void> {
  const { inbox, outbox, poster, wallClock, commandsOf } = deps;
  const typed = readCommand(wordsOf(event.content));
  if (!typed || isTooOld(event, wallClock)) return;
  const granted = commandsOf.take(`${event.room_id} ${event.sender}`);
  if (granted !== "granted") return tooMany(event, granted, deps);
  const context = await contextFor(event, { rest: typed.rest, message }, deps);
  const keep = (outcome: () => CommandOutcome | null) =>
    inbox.handling(event.event_id, () => outbox.want([answerTo(event, message, typed, outcome(), context)]));
  const execute = isTooLong(typed) ? null : typed.command?.execute;
  if (execute === null) keep(() => refused("too-long", { most: typed.command?.longest ?? 0 }));
  else if (execute && "asyncRun" in execute) {
    const outcome = await execute.asyncRun(typed.words, { ...context, ...asyncPortsFor(event, context.actor, deps) });
    keep(() => outcome);
  } else keep(() => execute?.atOnce(typed.words, context) ?? null);
  poster.wake(event.room_id);
}

/** A message may hold 64 kB; a command that is read to its end is never that long. */
function isTooLong({ command, rest }: Typed): boolean {
  return command !== null && rest.length > command.longest;
}

type TooManyDeps = {
  readonly inbox: Pick<Inbox, "handling">;
  readonly outbox: Pick<Outbox, "want">;
  readonly poster: Pick<Poster, "wake">;
  readonly languageOf: (room: RoomId) => Language;
};

/** Tells a person who types without end so once in a minute; for the rest of it they are not heard. */
function tooMany(event: MessageEvent, granted: "just-over" | "over", deps: TooManyDeps): void {
  if (granted === "over") return;
  const { inbox, outbox, poster, languageOf } = deps;
  const answer = tooManyAnswer(event, translateTo(languageOf(event.room_id)));
  inbox.handling(event.event_id, () => void outbox.want([answer]));
  poster.wake(event.room_id);
}
