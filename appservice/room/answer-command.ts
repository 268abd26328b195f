import type { PersonCommand } from "../circle/command.ts";
import type { Post } from "../journal/outbox.ts";
import { type Translate, translateTo } from "../language/translate.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { Refusal } from "../protocol/refusal.ts";
import type { CommandContext } from "./commands/command.ts";
import { COMMANDS, readCommand } from "./commands/registry.ts";
import type { FacilitatorOptions } from "./facilitator.ts";
import { answer, type Line, notice, reaction } from "./messages/message.ts";
import type { RoomEvent } from "./room-event.ts";

/** What was typed longer ago is no longer meant: the service was away, and the circle has moved on. */
const TOO_OLD_MS = 2 * 60_000;

type MessageEvent = Extract<RoomEvent, { type: "m.room.message" }>;

/** Answers a message if it is a command. What it changes, its answer and its being handled are written together or not at all. */
export async function answerCommand(event: MessageEvent, options: FacilitatorOptions): Promise<void> {
  const { homeserver, facts, meetings, inbox, outbox, poster, scenarios, languageOf, now, seed } = options;
  const { room_id: room, sender: by, content } = event;
  if (by === homeserver.botId || content.msgtype !== "m.text" || content["m.relates_to"]?.rel_type === "m.replace") return;
  const typed = readCommand(content.body);
  if (!typed || now() - event.origin_server_ts > TOO_OLD_MS) return;

  const [moderator, byName] = await Promise.all([facts.isModerator(room, by), facts.nameOf(room, by)]);
  const language = languageOf(room);
  const t = translateTo(language);

  inbox.handling(event.event_id, () => {
    const ask: CommandContext["ask"] = (what) => {
      const person = { by, moderator, at: now(), from: "chat", expectedVersion: null } as const;
      const decision = meetings.send(room, { ...what, ...person } as PersonCommand);
      return decision.accepted ? null : decision.refusal;
    };
    const personNamed = (id: ParticipantId) => meetings.of(room)?.meeting.people.find((person) => person.id === id)?.name ?? id;
    const context: CommandContext = {
      by, byName, t, language, scenarios, ask, now: now(), seed: seed(), live: meetings.of(room), commands: COMMANDS, nameOf: personNamed,
    };
    outbox.want([answerTo(event, typed, context)]);
  });
  poster.wake(room);
}

function answerTo(event: MessageEvent, typed: { name: string; words: string[] }, context: CommandContext): Post {
  const { t } = context;
  const found = COMMANDS.find(({ name }) => name === typed.name);
  const result = found?.execute(typed.words, context);
  if (result?.outcome === "done") return post(event, "m.reaction", reaction(event.event_id, "✅"));
  const say = (...lines: Line[]) => post(event, "m.room.message", answer(notice(lines), { eventId: event.event_id, threadRoot: threadOf(event) }));
  switch (result?.outcome) {
    case "say": return say(...result.lines);
    case "refused": return say(refusalText(result.refusal, t, context.nameOf));
    case "bad-argument": return say(t("command.bad-argument", { command: typed.name, problem: result.problem }));
    default: return say(t("command.unknown", { word: typed.name.slice(0, 40) }));
  }
}

/** A refusal as a sentence, with people by their names. */
export function refusalText({ code, detail }: Refusal, t: Translate, nameOf: (id: ParticipantId) => string): string {
  const named = Object.entries(detail).map(([key, value]) => [key, key === "speaker" ? nameOf(String(value)) : value]);
  return t(`refusal.${code}`, Object.fromEntries(named));
}

function threadOf({ content }: MessageEvent): string | null {
  const relation = content["m.relates_to"];
  return relation?.rel_type === "m.thread" ? (relation.event_id ?? null) : null;
}

function post(event: MessageEvent, type: Post["type"], content: Post["content"]): Post {
  return { scope: event.room_id, key: `answer:${event.event_id}`, room: event.room_id, thread: null, type, content };
}
