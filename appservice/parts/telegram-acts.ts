import type { Allowance } from "../admission/allowance.ts";
import { handsOf } from "../circle/meeting.ts";
import type { CheckScenario } from "../circle/scenario-problem.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { Post } from "../journal/post.ts";
import { parsePostKey } from "../journal/parse-post-key.ts";
import type { PostKey } from "../journal/post-key.ts";
import { ofMeeting } from "../journal/scope.ts";
import { shortened } from "../language/shortened.ts";
import { translateTo } from "../language/translate.ts";
import type { Actor } from "../protocol/actor.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import { linesFor } from "../room/commands/command-answer.ts";
import type { AsyncPorts } from "../room/commands/context.ts";
import { contextOf, type ContextDeps } from "../room/commands/context-for.ts";
import { type CommandOutcome, refused } from "../room/commands/outcome.ts";
import { readCommand, type Typed } from "../room/commands/registry.ts";
import { controlOf } from "../room/controls.ts";
import { type CircleControlDeps, useControl } from "../room/handlers/circle-control.ts";
import { type MinutesMarkDeps, press } from "../room/handlers/minutes-mark.ts";
import { markOf } from "../room/marks.ts";
import { linesOf } from "../room/messages/message.ts";
import { taskOfPost } from "../room/tasks/task-of-post.ts";
import type { UnitOfWork } from "../store/unit-of-work.ts";
import type { PressedInTelegram, SaidInTelegram } from "../telegram/bot/bot.ts";
import type { CommandAnswer } from "../telegram/bot/chat-desk.ts";

export type TelegramActsDeps = ContextDeps & {
  readonly meetings: ContextDeps["meetings"] &
    Pick<Meetings, "roomOf"> &
    CircleControlDeps["meetings"] &
    MinutesMarkDeps["meetings"] &
    Pick<Meetings, "readByAndBy">;
  readonly actorOf: (room: RoomId, user: number) => Promise<Actor>;
  /** Message of the record that one in the chat is. */
  readonly messageOf: (room: RoomId, message: number) => { readonly meeting: MeetingId; readonly key: string } | null;
  /** Marks what Telegram told as taken. False: it was taken before. */
  readonly take: (update: number) => boolean;
  readonly unit: Pick<UnitOfWork, "run">;
  readonly commandsOf: Pick<Allowance, "take">;
  readonly checkScenario: Pick<CheckScenario, "text">;
};

/** Parts of the service that a press under a message of the record uses. */
export type TelegramPressDeps = Pick<
  TelegramActsDeps,
  "languageOf" | "actorOf" | "messageOf" | "take" | "unit" | "now"
> & {
  readonly meetings: Pick<Meetings, "roomOf" | "readByAndBy"> &
    CircleControlDeps["meetings"] &
    MinutesMarkDeps["meetings"];
};

/** Commands that tell something, to whomever asks. */
const FOR_STRANGERS: ReadonlySet<string> = new Set(["help", "status"]);

/** Answers a command that was typed in a room's chat; null: it is none of ours, or was answered. */
export async function commandInTelegram(
  room: RoomId,
  text: string,
  { chat, message, from, update }: SaidInTelegram,
  deps: TelegramActsDeps,
): Promise<CommandAnswer | null> {
  const { languageOf, actorOf, take, unit, commandsOf } = deps;
  const typed = readCommand(text);
  if (!typed || commandsOf.take(`${room} telegram:${from.id}`) !== "granted") return null;
  const t = translateTo(languageOf(room));
  const { command, name, words, rest } = typed;
  if (!command) return { lines: [t("telegram.chat.unknown", { word: shortened(name, 40) })] };
  const actor = await actorOf(room, from.id);
  if (!actor.rights.admitted && !FOR_STRANGERS.has(command.name)) return { lines: [t("telegram.chat.stranger")] };
  const event = `telegram:${chat}:${message}`;
  const context = await contextOf({ room, actor, rest, event, message: event }, () => ({ problem: "reply-to" }), deps);
  const answer = (outcome: CommandOutcome) => answerOf(outcome, typed, context);
  if (rest.length > command.longest) return answer(refused("too-long", { most: command.longest }));
  if ("asyncRun" in command.execute) {
    if (!take(update)) return null;
    if (command.name !== "help") return { lines: [t("telegram.chat.in-room")] };
    return answer(await command.execute.asyncRun(words, { ...context, ...noWaysOut(deps) }));
  }
  const { atOnce } = command.execute;
  // Both or neither: what is told twice is done once.
  return unit.run(() => (take(update) ? answer(atOnce(words, context)) : null));
}

function answerOf(outcome: CommandOutcome, { command }: Typed, context: Parameters<typeof linesFor>[2]): CommandAnswer {
  return outcome.outcome === "done" ? "done" : { lines: linesFor(outcome, command, context) };
}

/** From a chat in Telegram nothing is reached that Matrix alone has. */
function noWaysOut({ checkScenario }: Pick<TelegramActsDeps, "checkScenario">): AsyncPorts {
  return {
    broughtScenario: async () => ({ lacking: "nothing" }),
    checkScenario: checkScenario.text,
    keepScenario: async () => false,
    sendOwnData: async () => false,
    ownAccount: () => Promise.reject(new Error("accounts are told in Matrix alone")),
    showPot: async () => ({ code: "not-keeper", detail: {} }),
    objectToPot: async () => ({ code: "not-keeper", detail: {} }),
    roomTitle: async () => "",
    sendLink: async () => false,
    sendGuestLink: async () => "refused",
    closeGuestLinks: () => 0,
    telegramChat: null,
    telegramAccounts: null,
    tellAlone: async () => false,
  };
}

/** Does as a button under a message of the record says. Returns what whoever pressed it is told. */
export async function pressInTelegram(
  room: RoomId,
  { message, from, tells, update }: PressedInTelegram,
  deps: TelegramPressDeps,
): Promise<string> {
  const { languageOf, actorOf, messageOf, take, unit } = deps;
  const t = translateTo(languageOf(room));
  const named = messageOf(room, message);
  if (!named) return "";
  // A room that was replaced has meetings of its own in the same chat.
  const home = deps.meetings.roomOf(named.meeting) ?? room;
  const actor = await actorOf(home, from.id);
  if (!actor.rights.admitted) return t("telegram.chat.stranger");
  // A meeting that is long over is read bit by bit; it is at hand then.
  await deps.meetings.readByAndBy(home, named.meeting);
  const refusals: Post[] = [];
  const work = actOf(named, tells, { room: home, actor }, refusals, deps);
  if (work === "elsewhere") return t("telegram.chat.elsewhere");
  if (!work) return "";
  unit.run(() => (take(update) ? work() : undefined));
  const [refusal] = refusals.flatMap(({ content }) => linesOf(content) ?? []);
  return typeof refusal === "string" ? refusal : t("telegram.pressed");
}

type Named = { readonly meeting: MeetingId; readonly key: string };

/**
 * Work that a button asks for; null: none. `elsewhere`: it is for those who are in that circle. A refusal is told to
 * whoever pressed, and to nobody else: in the room it would stand for all.
 */
function actOf(
  { meeting, key: text }: Named,
  tells: string,
  who: { readonly room: RoomId; readonly actor: Actor },
  refusals: Post[],
  deps: TelegramPressDeps,
): (() => void) | "elsewhere" | null {
  const key: PostKey = parsePostKey(text);
  const quiet = { wake: () => {} };
  const caught = {
    want: (posts: readonly Post[]) => {
      refusals.push(...posts);
      return [];
    },
  };
  const [mark, control] = [markOf(tells), controlOf(tells)];
  if (key.kind === "circle" && control) {
    const current = deps.meetings.of(deps.meetings.placeFor(who.room, who.actor.id))?.meeting;
    if (current?.id !== meeting) return "elsewhere";
    const isUp = control === "✋" && handsOf(current).some(({ who: hand }) => hand === who.actor.id);
    return () => useControl(control, !isUp, who, { ...deps, outbox: caught, poster: quiet });
  }
  const task = taskOfPost({ scope: ofMeeting(meeting), key });
  const item = task
    ? ({ meeting: task.meeting, of: "task", id: task.task } as const)
    : key.kind === "decision" || key.kind === "question"
      ? { meeting, of: key.kind, id: key.id }
      : null;
  if (!mark || !item) return null;
  return () => void press(mark, item, who, { ...deps, outbox: { ...caught, postOf: () => null }, poster: quiet });
}
