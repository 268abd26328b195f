import type { MatrixPerson } from "./matrix-person.ts";
import type { Mindminder } from "./mindminder.ts";

/** A room of these people, with the bot in it, as a moderator who has greeted. */
export async function roomWithBot(
  mindminder: Pick<Mindminder, "botId">,
  keeper: MatrixPerson,
  ...others: readonly MatrixPerson[]
): Promise<string> {
  const room = await keeper.createRoom({
    invite: others.map(({ userId }) => userId),
    power_level_content_override: { users: { [mindminder.botId]: 50 } },
  });
  for (const person of others) await person.join(room);
  await inviteBot(mindminder, keeper, room);
  return room;
}

/** Resolves when the bot has come in and said something. */
export async function inviteBot(
  { botId }: Pick<Mindminder, "botId">,
  keeper: MatrixPerson,
  room: string,
): Promise<void> {
  const greeted = keeper.next(room, ({ sender, type }) => sender === botId && type === "m.room.message", "a greeting");
  await keeper.ask("POST", `/rooms/${encodeURIComponent(room)}/invite`, { user_id: botId });
  await greeted;
}
