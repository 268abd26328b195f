import type { Scenario } from "../circle/scenario.ts";
import { shortened } from "../language/shortened.ts";
import type { LinkMessage } from "../store/links.ts";
import { translateTo } from "../language/translate.ts";
import type { RoomId } from "../protocol/identity.ts";
import { Correction } from "../protocol/correction.ts";
import { SCENARIO_STATE } from "../protocol/namespace.ts";
import { type CommandContext, type AsyncPorts, done, type CommandOutcome, outcomeOf, say } from "./commands/command.ts";
import { usageOf } from "./commands/help.ts";
import { correct } from "./commands/record.ts";
import { changeByReply } from "./correct-by-reply.ts";
import { directRoomWith } from "./direct-room.ts";
import type { FacilitatorDeps } from "./facilitator.ts";
import { type Line, personalMessage } from "./messages/message.ts";
import type { RoomEventOf } from "./room-event.ts";
import { taskOfPost } from "./tasks/task-of-post.ts";
import { broughtScenario } from "./scenario-source.ts";

/** The ways out of the room that a command may need: to the homeserver's media, its state, and to one person alone. */
export function asyncPortsFor(
  event: RoomEventOf<"m.room.message">,
  context: CommandContext,
  options: FacilitatorDeps,
): AsyncPorts {
  return {
    broughtScenario: () => broughtScenario(event, options.homeserver),
    checkScenario: options.checkScenario.text,
    keepScenario: (id, scenario) => keepScenario(event.room_id, id, scenario, options),
    sendLink: () => sendLink(event, options),
    tellAlone: async (lines) => (await tellAlone(event, "help", lines, options)) !== null,
    correctRepliedTo: () => correctRepliedTo(event, context, options),
  };
}

/** Corrects the thing whose message was replied to; a thread's own relation to its latest message names none. */
function correctRepliedTo(
  { content, room_id: room }: RoomEventOf<"m.room.message">,
  context: CommandContext,
  { outbox, meetings }: FacilitatorDeps,
): CommandOutcome {
  const { t, rest, actor, now } = context;
  const relation = content["m.relates_to"];
  const target = relation?.is_falling_back ? undefined : relation?.["m.in_reply_to"]?.event_id;
  const post = target === undefined ? null : outbox.postOf(target);
  const named = post && taskOfPost(post);
  const meeting = named?.meeting ?? (post?.scope.kind === "meeting" ? post.scope.meeting : null);
  const live = meeting === null ? null : meetings.readNow(room, meeting);
  const asked =
    live && post
      ? changeByReply(named ? { kind: "task", id: named.task } : post.key, rest, live)
      : ({ problem: "reply-to" } as const);
  if ("problem" in asked) {
    return say(
      t(
        `correct.${asked.problem}`,
        "words" in asked ? { words: shortened(asked.words, 80) } : { usage: usageOf(correct, t) },
      ),
    );
  }
  const change = Correction.safeParse(asked.change);
  if (!live || !change.success) return { outcome: "bad-argument" };
  const decision = meetings.correct(live, change.data, null, { actor, at: now });
  if (!decision.accepted) return outcomeOf(decision.refusal);
  return decision.events.length > 0 ? done : say(t("correct.same"));
}

async function keepScenario(
  room: RoomId,
  id: string,
  scenario: Scenario | null,
  { homeserver, facts }: FacilitatorDeps,
): Promise<boolean> {
  if (!(await facts.maySetState(room, homeserver.botId, SCENARIO_STATE))) return false;
  const content = scenario ? { scenario } : {};
  await homeserver.setState(room, SCENARIO_STATE, id, content);
  facts.learnScenario(room, id, content);
  return true;
}

/** The link goes out at once and past the outbox: nothing of ours keeps its code but as a hash. */
async function sendLink(event: RoomEventOf<"m.room.message">, options: FacilitatorDeps): Promise<boolean> {
  const { links, facts, languageOf, publicUrl, now } = options;
  const { room_id: room, sender: participant } = event;
  const t = translateTo(languageOf(room));
  const code = links.make({ participant, room }, now(), event.event_id);
  const parameters = new URLSearchParams({ code, roomId: room, userId: participant });
  const url = `${publicUrl}/widget/#${parameters.toString()}`;
  const told = await tellAlone(
    event,
    "link",
    [t("link.message", { room: await facts.titleOf(room), url }), t("link.caution")],
    options,
  );
  if (told) links.told(code, told);
  return told !== null;
}

/**
 * Tells a person something in the room with them alone. Returns which message it is; null where there is no such room
 * and none can be made.
 */
export async function tellAlone(
  { event_id: id, sender }: Pick<RoomEventOf<"m.room.message">, "event_id" | "sender">,
  what: string,
  lines: readonly Line[],
  options: FacilitatorDeps,
): Promise<LinkMessage | null> {
  const direct = await directRoomWith(sender, options);
  if (direct === null) return null;
  return {
    room: direct,
    eventId: await options.homeserver.send(
      direct,
      "m.room.message",
      `mm-${what}-${id}`,
      personalMessage(lines, sender),
    ),
  };
}
