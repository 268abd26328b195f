import type { PersonCommand } from "../circle/command.ts";
import { whyNotMuteAll } from "../circle/steering.ts";
import type { Post } from "../journal/outbox.ts";
import type { PostKey } from "../journal/post-key.ts";
import { ofRoom } from "../journal/scope.ts";
import { shortened } from "../language/shortened.ts";
import { type Translate, translateTo } from "../language/translate.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Refusal } from "../protocol/refusal.ts";
import { type AnyCommand, type CommandContext, type CommandOutcome, refused } from "./commands/command.ts";
import { usageOf } from "./commands/help.ts";
import { COMMANDS, readCommand, type Typed } from "./commands/registry.ts";
import { asyncPortsFor } from "./async-ports.ts";
import type { FacilitatorDeps } from "./facilitator.ts";
import { answer, type Line, notice, reaction } from "./messages/message.ts";
import { isTooOld } from "./too-old.ts";
import { type RoomEventOf, wordsOf } from "./room-event.ts";
import { refusedInReplaced } from "./room-replaced.ts";

type MessageEvent = RoomEventOf<"m.room.message">;

export function isCommand({ content }: MessageEvent): boolean {
  return content.msgtype === "m.text" && readCommand(wordsOf(content)) !== null;
}

/** Tells whether a message was a command, carried out or not. */
export function wasCommand(room: RoomId, eventId: string, options: FacilitatorDeps): boolean {
  return wasCarriedOut(room, eventId, options) || options.outbox.isKnown(ofRoom(room), refusalKey(eventId));
}

export function wasCarriedOut(room: RoomId, eventId: string, { outbox }: FacilitatorDeps): boolean {
  return outbox.isKnown(ofRoom(room), answerKey(eventId));
}

const answerKey = (event: string): PostKey => ({ kind: "answer", event });
const refusalKey = (event: string): PostKey => ({ kind: "refused", event });

/**
 * Answers a command. Its changes, its answer and its being handled are written together or not at all; an async
 * command sends the same when it sends again. `message`: the one in which the command stands; an edit stands in the message that it
 * changes.
 */
export async function answerCommand(
  event: MessageEvent,
  options: FacilitatorDeps,
  message = event.event_id,
): Promise<void> {
  const { inbox, outbox, poster, wallClock } = options;
  const typed = readCommand(wordsOf(event.content));
  if (!typed || isTooOld(event, wallClock)) return;
  const granted = options.commandsOf.take(`${event.room_id} ${event.sender}`);
  if (granted !== "granted") return tooMany(event, granted, options);
  const context = await contextFor(event, typed, message, options);
  const execute = isTooLong(typed)
    ? { atOnce: () => refused("too-long", { most: typed.command?.longest ?? 0 }) }
    : typed.command?.execute;
  if (execute && "asyncRun" in execute) {
    const back = await execute.asyncRun(typed.words, context, asyncPortsFor(event, context, options));
    inbox.handling(event.event_id, () => {
      const outcome = typeof back === "function" ? back() : back;
      outbox.want([answerTo(event, message, typed, outcome, context)]);
    });
  } else {
    inbox.handling(event.event_id, () => {
      const outcome = execute?.atOnce(typed.words, context) ?? null;
      outbox.want([answerTo(event, message, typed, outcome, context)]);
    });
  }
  poster.wake(event.room_id);
}

/** A message may hold 64 kB; a command that is read to its end is never that long. */
function isTooLong({ command, rest }: Typed): boolean {
  return command !== null && rest.length > command.longest;
}

/** Tells a person who types without end so once in a minute; for the rest of it they are not heard. */
function tooMany(
  event: MessageEvent,
  granted: "just-over" | "over",
  { inbox, outbox, poster, languageOf }: FacilitatorDeps,
): void {
  if (granted === "over") return;
  const content = answer(notice([translateTo(languageOf(event.room_id))("command.too-many")]), {
    eventId: event.event_id,
    threadRoot: threadOf(event),
  });
  inbox.handling(
    event.event_id,
    () => void outbox.want([post(event.room_id, refusalKey(event.event_id), "m.room.message", content)]),
  );
  poster.wake(event.room_id);
}

async function contextFor(
  event: MessageEvent,
  typed: Typed,
  message: string,
  options: FacilitatorDeps,
): Promise<CommandContext> {
  const { admissions, facts, meetings, knownRooms, scenarios, languageOf, now, seed } = options;
  const { room_id: room, sender: by } = event;
  const [actor, choice, replacedBy] = await Promise.all([
    admissions.here(room, by, "chat"),
    scenarios.of(room),
    facts.replacedBy(room),
  ]);
  const language = languageOf(room);
  return {
    actor,
    language,
    t: translateTo(language),
    now: now(),
    seed: seed(),
    live: meetings.of(room),
    scenarios: choice,
    commands: COMMANDS,
    rest: typed.rest,
    message: event.event_id,
    nameOf: (id) => meetings.of(room)?.meeting.people.find((person) => person.id === id)?.name ?? id,
    ask: (what) => {
      const closed = refusedInReplaced(what.type, meetings.of(room)?.meeting ?? null, replacedBy);
      if (closed) return closed;
      const person = { actor, at: now(), expectedVersion: null, message };
      const decision = meetings.send(room, { ...what, ...person } as PersonCommand);
      return decision.accepted ? null : decision.refusal;
    },
    signOut: () => options.signOut(by),
    muteAll: () => {
      const refusal = whyNotMuteAll(meetings.of(room)?.meeting ?? null, actor);
      if (!refusal) options.muteAll(room);
      return refusal;
    },
    redoMinutes: (forms) => {
      const live = meetings.of(room);
      if (!live) return { code: "nothing-to-remake", detail: {} };
      const decision = meetings.redo(live, forms, { actor, at: now() });
      return decision.accepted ? null : decision.refusal;
    },
    tasks: options.tasksOf(room),
    choose: {
      language: (chosen) => knownRooms.chooseLanguage(room, chosen),
      scenario: (id) => knownRooms.chooseScenario(room, id),
      summaryTemplate: (template) => knownRooms.chooseSummaryTemplate(room, template),
      vocabulary: (words) => knownRooms.chooseVocabulary(room, words),
      speechLanguage: (chosen) => knownRooms.chooseSpeechLanguage(room, chosen),
    },
    summaryTemplate: knownRooms.summaryTemplateOf(room),
    vocabulary: knownRooms.vocabularyOf(room),
  };
}

function answerTo(
  event: MessageEvent,
  message: string,
  { command, name }: Typed,
  outcome: CommandOutcome | null,
  { t, nameOf }: CommandContext,
): Post {
  const room = event.room_id;
  if (outcome?.outcome === "done") return post(room, answerKey(message), "m.reaction", reaction(message, "✅"));
  const lines = outcome ? linesFor(outcome, command, t, nameOf) : [t("command.unknown", { word: shortened(name, 40) })];
  const ownThread = outcome?.outcome === "say" && outcome.inThread ? message : null;
  // A command that was not carried out may be put right and tried again; each try has an answer of its own.
  const key = outcome?.outcome === "say" ? answerKey(message) : refusalKey(event.event_id);
  return post(
    room,
    key,
    "m.room.message",
    answer(notice(lines), { eventId: message, threadRoot: threadOf(event) ?? ownThread }),
  );
}

function linesFor(
  outcome: Exclude<CommandOutcome, { outcome: "done" }>,
  command: AnyCommand | null,
  t: Translate,
  nameOf: CommandContext["nameOf"],
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

/** Details of a refusal that are people. */
const PEOPLE: ReadonlySet<string> = new Set(["speaker", "next"]);

/** A refusal as a sentence, with people by their names. */
export function refusalText({ code, detail }: Refusal, t: Translate, nameOf: (id: ParticipantId) => string): string {
  const named = Object.entries(detail).map(([key, value]) => [
    key,
    PEOPLE.has(key) ? nameOf(value as ParticipantId) : value,
  ]);
  return t(`refusal.${code}`, Object.fromEntries(named));
}

function threadOf({ content }: MessageEvent): string | null {
  const relation = content["m.relates_to"];
  return relation?.rel_type === "m.thread" ? (relation.event_id ?? null) : null;
}

function post(room: RoomId, key: PostKey, type: Post["type"], content: Post["content"]): Post {
  return { scope: ofRoom(room), key, room, thread: null, type, content };
}
